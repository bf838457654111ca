import type { BridgeEvent } from "../../shared/bridge.ts";
import type { ConnectionState } from "../../shared/connection.ts";
import type { HostGate, HostPause } from "../net/host-gate.ts";
import { createAgentSide } from "./agent-side.ts";
import { createBacklog } from "./backlog.ts";
import type { Bridge, BridgeOptions } from "./bridge.ts";
import { createConversations } from "./conversations.ts";
import type { AskBot } from "./dialog-api.ts";
import type { GenesysStream, StreamEvent } from "./genesys-stream.ts";
import type { Inbox, InboxItem } from "./inbox.ts";
import { createLanes } from "./lanes.ts";
import { tellOpening } from "./opening.ts";
import { createOwnReplies } from "./own-replies.ts";
import { createReception } from "./reception.ts";
import type { Replies } from "./replies.ts";
import { createStorageWatch } from "./storage-watch.ts";
import { SETTLE_MS, stageOf } from "./work-item.ts";
import { createJob, type Job } from "./work-job.ts";
import { createWorkRunner } from "./work-runner.ts";

/** So long what is in hand may take to come to an end, ms. */
export const FINISH_MS = 15_000;

/** What the bridge stands on. */
export interface BridgeParts {
  readonly inbox: Inbox;
  readonly ask: AskBot;
  readonly replies: Replies;
  /** The platform's host, as its gate tells it. */
  readonly replyHost: string;
  /** The gates of the bot's host and of the platform's; `onChange` hears of each pause and of its end (null). */
  readonly openGates: (onChange: (host: string, pause: HostPause | null) => void) => { readonly bot: HostGate; readonly reply: HostGate };
  readonly openStream: (from: {
    readonly resumePoint: number | null;
    readonly onState: (state: ConnectionState) => void;
    readonly onEvent: (event: StreamEvent) => void;
  }) => GenesysStream;
}

export type CoreOptions = Pick<BridgeOptions, "agentId" | "rules" | "concurrency" | "elevatedMs" | "criticalMs" | "settleMs" | "work" | "clock" | "random" | "newId" | "onState" | "onEvent">;

/** Sets the bridge to work (contract 3): what it holds from before is told first. Owns the inbox from now on. */
export async function startBridge(parts: BridgeParts, options: CoreOptions): Promise<Bridge> {
  const { inbox } = parts;
  const { clock } = options;
  const { opening } = inbox;
  let rules = options.rules;
  let closing: Promise<void> | null = null;
  const giveUp = new AbortController();
  const pauses = new Map<string, HostPause>();
  const tell = (event: BridgeEvent): void => {
    options.onEvent(event);
  };

  const storage = createStorageWatch(clock, (detail) => {
    tell({ kind: "storage", detail });
  });
  const conversations = createConversations(opening.withAgents.map(({ conversationId }) => conversationId));
  const own = createOwnReplies(opening.replyIds, clock);
  const gates = parts.openGates((host, pause) => {
    if (pause === null) pauses.delete(host);
    else pauses.set(host, pause);
    tell({ kind: "paused", host, until: pause?.until ?? null, why: pause?.why ?? null });
    if (pause === null) lanes.wakeAll();
  });

  const waiters = new Set<() => void>();
  const isIdle = (): boolean => {
    const { memory, beyond } = backlog.size();
    return memory + beyond + agents.held() + reception.waiting() === 0;
  };
  const changed = (): void => {
    if (!isIdle()) return;
    for (const resolve of waiters) resolve();
    waiters.clear();
  };

  const admit = (item: InboxItem): Job | null => {
    if (item.step.kind === "held") {
      if (!agents.isHeld(item.id)) agents.fail(item);
      return null;
    }
    const stage = stageOf(item.step, { wall: clock.now(), mono: clock.monotonic(), chance: 0, settleMs });
    if (stage === null) return null;
    conversations.note(item.conversationId, item.communicationId);
    const doubt = item.author === "customer" && stage.kind === "ask" ? { byWords: item.unsaid === true, tell: null } : null;
    return createJob({ item, author: item.author, stage, doubt, madeAt: item.receivedAt });
  };

  const settleMs = options.settleMs ?? SETTLE_MS;
  const backlog = createBacklog({
    inbox,
    storage,
    clock,
    push: (job) => {
      lanes.push(job.item.conversationId, job);
    },
    admit,
    refusable: () => agents.held(),
    changed,
  });
  const agents = createAgentSide({
    inbox,
    storage,
    clock,
    newId: options.newId,
    conversations,
    own,
    backlog,
    wake: (conversationId) => {
      lanes.wake(conversationId);
    },
    tell,
    changed,
    signal: giveUp.signal,
  });
  const lanes = createLanes<Job>({
    concurrency: options.concurrency,
    clock,
    work: createWorkRunner({
      inbox,
      storage,
      ask: parts.ask,
      replies: parts.replies,
      gates,
      platformPauses: () => pauses.has(parts.replyHost),
      own,
      rules: () => rules,
      answererOf: (conversationId) => conversations.answererOf(conversationId),
      async giveToAgent(conversationId, signal) {
        const kept = await storage.persist(() => inbox.answerer(conversationId, "agent", clock.now()), signal);
        if (kept) conversations.change(conversationId, "agent");
        return kept;
      },
      arrived: (uncertain, messageId) => {
        agents.arrived(uncertain, messageId);
      },
      tell,
      clock,
      random: options.random,
      settleMs,
      thresholds: options,
      ended: (job) => {
        backlog.remove(job);
      },
    }),
  });
  const reception = createReception({ inbox, clock, storage, conversations, own, backlog, agents, tell, changed, agentId: options.agentId, wake: (id) => {
    lanes.wake(id);
  }, openStream: parts.openStream, onState: options.onState });

  await tellOpening({ inbox, storage, own, conversations, tell });
  await backlog.load(opening.counts.unfinished);
  if (options.work === "serve") reception.open();
  else await agents.replay(null);

  const close = async (): Promise<void> => {
    const cancel = clock.after(FINISH_MS, () => {
      giveUp.abort();
    });
    const given = new Promise<void>((resolve) => {
      giveUp.signal.addEventListener("abort", () => {
        resolve();
      });
    });
    await reception.close();
    const finished = (async (): Promise<void> => {
      await lanes.drain(await agents.close());
    })();
    await Promise.race([finished, given]);
    cancel();
    giveUp.abort();
    await lanes[Symbol.asyncDispose]();
    backlog[Symbol.dispose]();
    await inbox[Symbol.asyncDispose]();
    for (const resolve of waiters) resolve();
  };

  return {
    retryNow: () => reception.retryNow(),
    lastHeardAt: () => reception.lastHeardAt(),
    resumePoint: () => reception.resumePoint(),
    load() {
      const { memory, beyond } = backlog.size();
      // One that is done still has its turn for a moment.
      const working = Math.min(memory, lanes.working());
      let oldestAt: number | null = null;
      for (const { item } of backlog.jobs()) oldestAt = Math.min(oldestAt ?? Infinity, item.receivedAt);
      return { waiting: memory + beyond + reception.waiting() - working, working, oldestAt };
    },
    apply(next) {
      rules = next;
    },
    idle: () =>
      isIdle()
        ? Promise.resolve()
        : new Promise((resolve) => {
            waiters.add(resolve);
          }),
    answerer: agents.answerer,
    send: agents.send,
    undo: agents.undo,
    sendAgain: agents.sendAgain,
    settle: agents.settle,
    replay: agents.replay,
    discard: agents.discard,
    [Symbol.asyncDispose]: () => (closing ??= close()),
  };
}
