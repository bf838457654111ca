import type { FaultBoard } from "./faults.ts";
import type { TokenCheck } from "./oauth-platform.ts";
import { json, refusal, type Route, type SandboxReply, type SandboxRequest } from "./routes.ts";
import type { RuntimeSession } from "./runtime-conversation.ts";
import type { SandboxClock } from "./sandbox-clock.ts";
import { findBot, type TenantBot } from "./tenant-bots.ts";

export interface BotRoutesOptions {
  /** The base of both paths. */
  readonly path: string;
  readonly faults: FaultBoard;
  readonly clock: SandboxClock;
  readonly check: (authorization: string) => TokenCheck;
  readonly sessions: () => Iterable<RuntimeSession>;
}

/** The bots' pages and how many requests they had. */
export interface BotRoutes {
  readonly routes: readonly Route[];
  requests(): number;
}

/** A bot, and its sessions that are really open (contract 1.1). Unknown bots are 404, those of another tenant 403. */
export function createBotRoutes(options: BotRoutesOptions): BotRoutes {
  const { path, faults, clock } = options;
  let requests = 0;

  const about = (request: SandboxRequest, tell: (bot: TenantBot) => unknown): SandboxReply => {
    requests += 1;
    const struck = faults.values["bot-check"];
    if (struck === "timeout") return { kind: "silence" };
    if (struck !== undefined) return refusal(struck, "refused for practice", struck === 429 ? { "retry-after": "1" } : {});
    const allowed = options.check(request.authorization);
    if (!allowed.ok) return refusal(allowed.status, allowed.message);
    const found = findBot(request.ids[0] ?? "", faults);
    if (found.kind === "unknown") return refusal(404, "no bot has this id");
    if (found.kind === "foreign") return refusal(403, "this bot belongs to another tenant");
    return json(200, tell(found.bot));
  };

  const sessionsOf = (bot: TenantBot): readonly object[] => [
    ...Array.from(options.sessions())
      .filter((session) => session.botId === bot.id)
      .map(({ id, channel, startedAt }) => ({ id, channel, startedAt: new Date(startedAt).toISOString() })),
    ...Array.from({ length: faults.values["tunnel-sessions"] ?? 0 }, (_, at) => ({
      id: `session-elsewhere-${String(at + 1)}`,
      channel: bot.channels[0],
      startedAt: new Date(clock.now()).toISOString(),
    })),
  ];

  return {
    requests: () => requests,
    routes: [
      { method: "GET", path: `${path}/{botId}`, handle: (request) => about(request, (bot) => bot) },
      { method: "GET", path: `${path}/{botId}/sessions`, handle: (request) => about(request, (bot) => ({ items: sessionsOf(bot) })) },
    ],
  };
}
