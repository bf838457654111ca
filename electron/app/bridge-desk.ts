import type { BridgeEvent } from "../../shared/bridge.ts";
import type { BridgedConversation, BridgeView } from "../../shared/bridge-view.ts";
import type { Clock } from "../../shared/clock.ts";
import type { ConnectionState } from "../../shared/connection.ts";
import type { Fault } from "../../shared/fault.ts";
import { err, type Result } from "../../shared/result.ts";
import { watchBridge, type BridgeWatch } from "../bridge/bridge-watch.ts";
import type { Bridge, BridgeLoad, BridgeOptions, OpenBridge } from "../bridge/bridge.ts";
import type { Config } from "../config/complete-config.ts";
import { bridgeCredentials } from "../config/credentials.ts";
import type { BridgeCommands } from "../host/bridge-commands.ts";
import { createBridgeHealth } from "./bridge-health.ts";
import { createBridgeRules } from "./bridge-rules.ts";
import { openDeskNetwork } from "./desk-network.ts";
import type { Notices } from "./notices.ts";
import { createSlot } from "./slot.ts";

type BridgeConfig = NonNullable<Config["bridge"]>;

export interface BridgeDeskOptions {
  readonly open: OpenBridge;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly random: () => number;
  readonly newId: () => string;
  readonly readFile: (path: string) => Promise<string>;
  /** Whether an agent at a panel can answer what policy takes from the bot; else the hand-over text is sent. */
  readonly attended: boolean;
  readonly work: BridgeOptions["work"];
  readonly notices: Notices;
  readonly onConnection: (state: ConnectionState) => void;
  readonly onEvent: (event: BridgeEvent) => void;
}

/** The Genesys bridge as the configuration wants it at the moment. */
export interface BridgeDesk extends AsyncDisposable {
  /** `config.bridge` is what is wanted here: it runs where a scope is set. `config.phrases` stand between bot and customer. */
  apply(config: Pick<Config, "bridge" | "phrases" | "network">): Promise<void>;
  retryNow(): void;
  lastHeardAt(): number | null;
  /** What a supervisor sees; null while the bridge is off. */
  view(): BridgeView | null;
  /** What the panel shows beside a conversation's transcript; null where it is none of the bridge's. */
  conversation(id: string): BridgedConversation | null;
  /** Null while the bridge is off; where it could not be opened they answer with the reason. */
  commands(): BridgeCommands | null;
  /** The agent whose conversations are answered; null where they are all answered. */
  agentId(): string | null;
  /** The port of the health endpoint, where it is served. */
  healthPort(): number | null;
  /** Resolves when nothing is left to do. */
  idle(): Promise<void>;
}

/** What a bridge is made from; a change of the rules reaches the running one. */
interface Made {
  readonly section: Omit<BridgeConfig, "prohibitedPhrases" | "handOverText" | "healthPort"> | null;
  /** Part of it, so that a secret that is put or replaced opens it anew. */
  readonly secrets: ReturnType<typeof bridgeCredentials>;
  readonly network: Config["network"];
}

const NO_LOAD: BridgeLoad = { waiting: 0, working: 0, oldestAt: null };

/** Follows the configuration with {@link OpenBridge}. */
export function createBridgeDesk(options: BridgeDeskOptions): BridgeDesk {
  const { env, clock, random, newId, attended } = options;
  const rulesOf = createBridgeRules({ attended });
  let rules = rulesOf(undefined, []);
  let watch: BridgeWatch | null = null;
  let refusal: Fault | null = null;
  let agentId: string | null = null;
  let state: ConnectionState = { kind: "idle" };
  /** Also while it is being closed, when it finishes what is in hand. */
  let running: Bridge | null = null;
  /** What the last one left for the next start. */
  let left = NO_LOAD;

  const onConnection = (next: ConnectionState): void => {
    state = next;
    options.onConnection(next);
  };

  const tellEvent = (event: BridgeEvent): void => {
    watch?.event(event);
    options.onEvent(event);
  };

  const open = async ({ section, secrets, network: wanted }: Made): Promise<Bridge | null> => {
    refusal = null;
    left = NO_LOAD;
    if (section?.scope === undefined) {
      watch = null;
      agentId = null;
      onConnection({ kind: "idle" });
      return null;
    }
    const { scope, elevatedMs, criticalMs } = section;
    agentId = scope === "agent" ? (section.agentId ?? null) : null;
    watch = watchBridge({ scope, elevatedMs, criticalMs, clock, onLevel: options.onEvent });
    const opened = await openWith(section, secrets, wanted);
    if (opened.ok) return opened.value;
    refusal = opened.error;
    onConnection({ kind: "rejected", since: clock.now(), fault: refusal });
    return null;
  };

  const openWith = async (section: NonNullable<Made["section"]>, secrets: Made["secrets"], wanted: Config["network"]): Promise<Result<Bridge, Fault>> => {
    if (!secrets.ok) return secrets;
    const network = await openDeskNetwork(wanted, options);
    if (!network.ok) return network;
    const { tokenUrl, socketUrl, apiUrl, dialogUrl, region, orgId, stateDirectory, concurrency, heartbeatSeconds, elevatedMs, criticalMs } = section;
    const opened = await options.open({
      platform: { tokenUrl, socketUrl, apiUrl, dialogUrl, audience: `https://api.${region}/${orgId}`, ...secrets.value },
      agentId,
      stateDirectory,
      rules,
      concurrency,
      heartbeatMs: heartbeatSeconds * 1_000,
      elevatedMs,
      criticalMs,
      work: options.work,
      network: network.value,
      clock,
      random,
      newId,
      onState: onConnection,
      onEvent: tellEvent,
    });
    if (!opened.ok) {
      await network.value[Symbol.asyncDispose]();
      return opened;
    }
    const bridge = opened.value;
    if (bridge.setAside !== undefined && bridge.setAside !== null) tellSetAside(options.notices, bridge.setAside);
    running = bridge;
    return {
      ok: true,
      value: {
        ...bridge,
        async [Symbol.asyncDispose]() {
          await bridge[Symbol.asyncDispose]();
          running = null;
          left = bridge.load();
          await network.value[Symbol.asyncDispose]();
        },
      },
    };
  };

  const view = (): BridgeView | null => watch?.view(running?.load() ?? left, running?.resumePoint() ?? null) ?? null;

  const bridge = createSlot(open);
  const health = createBridgeHealth({ notices: options.notices, view, connection: () => state });

  return {
    async apply({ bridge: section, phrases, network }) {
      rules = rulesOf(section, phrases.prohibited);
      bridge.current()?.apply(rules);
      await bridge.make({ section: section === undefined ? null : madeFrom(section), secrets: bridgeCredentials(env), network });
      // Once more: it may have been opened meanwhile, with the rules that held when that began.
      bridge.current()?.apply(rules);
      // A service's: beside a panel, the panel shows it.
      await health.make(attended || options.work === "replay" ? null : (section?.healthPort ?? null));
    },
    retryNow() {
      const current = bridge.current();
      // Nothing runs where it could not be opened: what was in the way may have been mended since.
      if (current === null) void bridge.retry();
      else current.retryNow();
    },
    lastHeardAt: () => bridge.current()?.lastHeardAt() ?? null,
    view,
    conversation: (id) => watch?.conversation(id) ?? null,
    commands: () => bridge.current() ?? (refusal === null ? null : refusing(refusal)),
    agentId: () => agentId,
    idle: async () => {
      await bridge.current()?.idle();
    },
    healthPort: () => health.current()?.port ?? null,
    async [Symbol.asyncDispose]() {
      // Its health is told for as long as it finishes what is in hand.
      await bridge[Symbol.asyncDispose]();
      await health[Symbol.asyncDispose]();
    },
  };
}

/** What reaches a running bridge is not part of it. */
function madeFrom({ prohibitedPhrases: _phrases, handOverText: _text, healthPort: _port, ...section }: BridgeConfig): Made["section"] {
  return section;
}

/** Stands until the program ends: what was unfinished there needs a person. */
function tellSetAside(notices: Notices, path: string): void {
  notices.raise({
    id: "bridge-set-aside",
    level: "error",
    say: ({ bridge }) => bridge.setAside(path),
  });
}

function refusing(fault: Fault): BridgeCommands {
  const refuse = (): Promise<Result<never, Fault>> => Promise.resolve(err(fault));
  return { answerer: refuse, send: refuse, undo: refuse, sendAgain: refuse, settle: refuse, replay: refuse, discard: refuse };
}
