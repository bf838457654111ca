import { expect } from "vitest";
import type { BridgeCommands } from "../../electron/host/bridge-commands.ts";
import { createCommands, type Commands } from "../../electron/host/commands.ts";
import type { HealthCommands } from "../../electron/host/health-commands.ts";
import type { HistoryCommands } from "../../electron/host/history-commands.ts";
import type { IntegrationCommands } from "../../electron/host/integration-commands.ts";
import type { PracticeCommands, SetupCommands } from "../../electron/host/practice-commands.ts";
import { createPublisher, type Publisher } from "../../electron/host/publisher.ts";
import type { SimulationCommands } from "../../electron/host/simulation-commands.ts";
import type { UpdateCommands } from "../../electron/host/update-commands.ts";
import type { WorkshopCommands } from "../../electron/host/workshop-commands.ts";
import { commandNames } from "../../shared/command-names.ts";
import { commandTable, replySchema } from "../../shared/panel.ts";
import { ok } from "../../shared/result.ts";
import type { Role } from "../../shared/settings.ts";
import { sampleDesktopSettings } from "./desktop-parts.ts";
import { createFakeClock } from "./fake-clock.ts";
import { PLANTED } from "./fuzz-inputs.ts";
import { openInteraction, sampleSet, sampleSettings, showSet } from "./sample-panel.ts";

/** All commands over capabilities that only write down what they are asked. */
export interface FuzzProgram {
  readonly publisher: Publisher;
  readonly commands: Commands;
  /** What was done outside the panel's state. */
  readonly acts: readonly string[];
  /** What has to hold of every call, told after it: what was sent and what came back. */
  holds(call: { readonly name: unknown; readonly input: unknown; readonly before: Standing }, reply: unknown): void;
  standing(): Standing;
}

/** How things stand: whatever changed shows in it. */
export interface Standing {
  readonly state: unknown;
  readonly acts: number;
}

/** A message of ours is never longer than the violations that it lists. */
const MAX_REFUSAL = 2_000;
/** A path of the machine or a place in the program. */
const INNER = /node_modules|\.ts:\d|\bat \w+ \(|\/home\/|\/work\/|\/tmp\/|[A-Z]:\\/u;
const builtIns = [Object.prototype, Array.prototype, Function.prototype, String.prototype] as const;

export function createFuzzProgram(role: Role = "supervisor"): FuzzProgram {
  const publisher = createPublisher({ settings: { ...sampleSettings, role }, clock: createFakeClock() });
  const acts: string[] = [];
  /** A capability of which every member writes down that it was called. */
  const acting = <T extends object>(capability: string, members: Partial<T> = {}): T =>
    new Proxy(members as T, {
      get: (target, member) =>
        (Object.hasOwn(target, member)
          ? Reflect.get(target, member)
          : () => {
              acts.push(`${capability}.${String(member)}`);
              return ok(null);
            }) as unknown,
    });
  const simulations = acting<SimulationCommands>("simulations");
  const bridge = acting<BridgeCommands>("bridge");
  const integrations = acting<IntegrationCommands>("integrations", { secrets: acting<IntegrationCommands["secrets"]>("secrets") });
  const health = acting<HealthCommands>("health");
  const updates = acting<UpdateCommands>("updates");
  const history = acting<HistoryCommands>("history");
  const workshop = acting<WorkshopCommands>("workshop");
  const practice = acting<PracticeCommands>("practice");
  const setup = acting<SetupCommands>("setup");
  const commands = createCommands({
    publisher,
    record: () => acts.push("record"),
    retryConnection: () => acts.push("retry"),
    simulations: () => simulations,
    bridge: () => bridge,
    integrations: () => integrations,
    health: () => health,
    updates: () => updates,
    history: () => history,
    workshop,
    practice: () => practice,
    setup: () => setup,
    viewing: () => acts.push("viewing"),
    recordKeys: () => acts.push("keys"),
    changeSettings: async () => {
      acts.push("settings");
      return ok(null);
    },
  });
  publisher.publish({
    kind: "desktop",
    view: { platform: "linux", version: "1.0.0", settings: sampleDesktopSettings, shortcuts: { show: "off", copyFirst: "off", quiet: "off" }, loginHindrance: null, update: { kind: "idle", checkedAt: null } },
  });
  publisher.publish({ kind: "connection", name: "stream", state: { kind: "connected", since: 0 }, lastHeardAt: null });
  publisher.publish(openInteraction("live"));
  publisher.publish(openInteraction("done", "ended"));
  publisher.publish(showSet(sampleSet("live", "s1", ["x", "y"])));
  const known = builtIns.map((one) => Reflect.ownKeys(one).length);

  return {
    publisher,
    commands,
    acts,
    standing: () => ({ state: publisher.state(), acts: acts.length }),
    holds({ name, input, before }, reply) {
      const parsed = replySchema.parse(reply);
      expect(builtIns.map((one) => Reflect.ownKeys(one).length)).toEqual(known);
      expect(Reflect.has({}, "polluted")).toBe(false);
      if (parsed.ok) {
        // Nothing is done that the table does not know, or with what its schema does not take.
        const row = commandTable[commandNames.find((one) => one === name) ?? expect.unreachable(`${String(name)} was carried out`)];
        expect(row.input.safeParse(input).success).toBe(true);
        expect(acts.length - before.acts).toBeLessThanOrEqual(2);
        return;
      }
      expect(publisher.state()).toBe(before.state);
      expect(acts.length).toBe(before.acts);
      expect(parsed.error.detail).not.toMatch(INNER);
      // A name, a key and an id that nothing has are told as they came, cut; another value never.
      if (parsed.error.code !== "not-found-here" && name !== PLANTED && !JSON.stringify(keysOf(input)).includes(PLANTED)) expect(parsed.error.detail).not.toContain(PLANTED);
      expect(JSON.stringify(parsed).length).toBeLessThanOrEqual(MAX_REFUSAL);
    },
  };
}

/** The outermost keys of an input, which a refusal may name. */
function keysOf(input: unknown): readonly string[] {
  return typeof input === "object" && input !== null ? Object.keys(input) : [];
}
