import { z } from "zod";
import type { FaultBoard, FaultName } from "./faults.ts";
import type { BotTurn, FlowBot } from "./flow-bot.ts";
import type { OauthPlatform } from "./oauth-platform.ts";
import { json, readJson, refusal, type Route, type SandboxReply, type SandboxRequest } from "./routes.ts";
import type { SandboxClock } from "./sandbox-clock.ts";
import { type Beginning, createSimulationRuns } from "./simulation-runs.ts";
import { PRACTICE_BOT } from "./tenant-bots.ts";

/** Every scope that a client of simulations asks for (contract 0). */
export const simulateScopes = ["bot:read", "simulation:execute", "bot:write"] as const;

const PATH = "/api/bot";
/** A registry that nobody can read: names under another key, and things that are no entity at all. */
const MALFORMED_ENTITIES: readonly unknown[] = [{ label: "order_id" }, 7, null];

/** The body of a request to simulate (contract 5.3), as the platform insists on it. */
const simulateSchema = z.object({
  userId: z.string().min(1),
  platform: z.string().min(1),
  input: z.object({ text: z.string().trim().min(1) }),
  context: z.record(z.string(), z.unknown()).default({}),
  testId: z.string().min(1),
});

/** What was seen of simulations. */
export interface SimulateStats {
  readonly infoRequests: number;
  readonly entitiesRequests: number;
  /** Requests to begin a simulation and for results, those included that were refused. */
  readonly simulateRequests: number;
  readonly pollRequests: number;
  readonly simulationsBegun: number;
  /** Begun, and their end not told to anyone yet; and how many that were at most. */
  readonly openSimulations: number;
  readonly mostOpenSimulations: number;
}

/** Bot simulations from the platform's side (contract 5.2 to 5.4). */
export interface SimulatePlatform {
  readonly routes: readonly Route[];
  /** The base of the paths. */
  readonly path: string;
  /** A fault that means a moment. */
  strike(name: FaultName): void;
  stats(): SimulateStats;
}

export interface SimulatePlatformOptions {
  readonly bot: FlowBot;
  readonly faults: FaultBoard;
  readonly oauth: OauthPlatform;
  readonly clock: SandboxClock;
}

/** Builds the platform: the token endpoint, the bot and its entities, and simulations that take their time. */
export function createSimulatePlatform({ bot, faults, oauth, clock }: SimulatePlatformOptions): SimulatePlatform {
  const runs = createSimulationRuns(clock);
  const requests = { info: 0, entities: 0, simulate: 0, poll: 0 };

  /** Counts, and lets `answer` speak where neither fault nor token stands against it. */
  const guarded = (
    kind: keyof typeof requests,
    scope: (typeof simulateScopes)[number],
    answer: (request: SandboxRequest) => SandboxReply,
  ): Route["handle"] => (request) => {
    requests[kind] += 1;
    const struck = refusalOf(kind, faults);
    if (struck !== null) return struck;
    const allowed = oauth.check(request.authorization, scope);
    return allowed.ok ? answer(request) : refusal(allowed.status, allowed.message);
  };

  const simulate = (request: SandboxRequest): SandboxReply => {
    const body = readJson(request);
    if (!body.ok) return refusal(400, body.error);
    const asked = simulateSchema.safeParse(body.value);
    if (!asked.success) return refusal(400, z.prettifyError(asked.error));
    const { input, context } = asked.data;
    const simulationId = runs.begin(request.idempotencyKey, () => ({
      conversation: bot.converse({ text: input.text, context, mistaken: faults.strikes(faults.values["sim-random"]) }),
      extraMs: faults.values["sim-latency"] ?? 0,
      fate: fateOf(faults),
    }));
    return json(200, { simulationId });
  };

  const result = (request: SandboxRequest): SandboxReply => {
    const simulationId = request.ids[0] ?? "";
    const state = runs.look(simulationId);
    if (state === null) return refusal(404, "no simulation has this id");
    if (!("turns" in state)) return json(200, { simulationId, status: state.status });
    return json(200, { simulationId, status: state.status, ...reportedTurns(state.turns, faults) });
  };

  const routes: readonly Route[] = [
    oauth.route,
    {
      method: "GET",
      path: `${PATH}/info`,
      handle: guarded("info", "bot:read", () => json(200, { id: PRACTICE_BOT, name: "Practice bot", status: "active", language: "en" })),
    },
    { method: "GET", path: `${PATH}/entities`, handle: guarded("entities", "bot:read", () => json(200, registryOf(bot, faults))) },
    { method: "POST", path: `${PATH}/simulate`, handle: guarded("simulate", "simulation:execute", simulate) },
    { method: "GET", path: `${PATH}/simulation/{id}`, handle: guarded("poll", "simulation:execute", result) },
  ];

  return {
    path: PATH,
    routes: routes.map((route) => ({
      ...route,
      handle: (request) => (faults.values["sim-down"] === "on" ? { kind: "hang-up" } : route.handle(request)),
    })),
    strike(name) {
      if (name === "expired-tokens") oauth.expireAll();
    },
    stats: () => ({
      infoRequests: requests.info,
      entitiesRequests: requests.entities,
      simulateRequests: requests.simulate,
      pollRequests: requests.poll,
      simulationsBegun: runs.begun(),
      openSimulations: runs.open(),
      mostOpenSimulations: runs.mostOpen(),
    }),
  };
}

function refusalOf(kind: "info" | "entities" | "simulate" | "poll", faults: FaultBoard): SandboxReply | null {
  const { values } = faults;
  if (kind === "info") return values["sim-info"] === undefined ? null : refusal(values["sim-info"], "refused for practice");
  if (kind === "entities") return null;
  if (kind === "simulate" && values["sim-simulate"] !== undefined) return refusal(values["sim-simulate"], "refused for practice");
  if (values["sim-429"] !== undefined) return refusal(429, "too many simulations", { "retry-after": String(values["sim-429"]) });
  if (faults.strikes(values["sim-500"])) return refusal(500, "internal error");
  return faults.strikes(values["sim-503"]) ? refusal(503, "the simulation engine is overloaded") : null;
}

function fateOf(faults: FaultBoard): Beginning["fate"] {
  if (faults.strikes(faults.values["sim-lost"])) return "lost";
  return faults.strikes(faults.values["sim-endless"]) ? "endless" : "ends";
}

function registryOf(bot: FlowBot, faults: FaultBoard): readonly unknown[] {
  const fault = faults.values["sim-entities"];
  if (fault === undefined) return bot.entities;
  return fault === "empty" ? [] : MALFORMED_ENTITIES;
}

/** The turns as the faults that are set let them be reported. */
function reportedTurns(turns: readonly BotTurn[], { values }: FaultBoard): { readonly turns?: readonly object[] } {
  if (values["sim-no-turns"] === "on") return {};
  return {
    turns: turns.map(({ intent, intentScore, entities, ...turn }) => ({
      ...turn,
      ...(intent === undefined || values["sim-no-intent"] === "on" ? {} : { intent, intentScore }),
      ...(entities === undefined || values["sim-no-entities"] === "on" ? {} : { entities }),
    })),
  };
}
