import { z } from "zod";
import { questionSchema, type Bot, type Recommendation } from "./bot.ts";
import type { FaultBoard } from "./faults.ts";
import type { TokenCheck } from "./oauth-platform.ts";
import { json, readJson, refusal, type Route, type SandboxReply } from "./routes.ts";
import { pause, type SandboxClock } from "./sandbox-clock.ts";

const HUGE_TEXT_BYTES = 10_500_000;

export interface SuggestOptions {
  readonly path: string;
  readonly bot: Bot;
  readonly faults: FaultBoard;
  readonly clock: SandboxClock;
  readonly check: (authorization: string) => TokenCheck;
}

/** The suggest endpoint (contract 2.3) and how many requests it had. */
export interface SuggestEndpoint {
  readonly route: Route;
  requests(): number;
}

/** Answers from the bot; faults come before it (refusals, silence) and after it (what the reply looks like). */
export function createSuggestRoute(options: SuggestOptions): SuggestEndpoint {
  const { faults, clock } = options;
  let requests = 0;
  return {
    requests: () => requests,
    route: {
      method: "POST",
      path: options.path,
      async handle(request) {
        requests += 1;
        const late = requests % 2 === 1 ? (faults.values["late-reply"] ?? 0) : 0;
        const allowed = options.check(request.authorization);
        if (!allowed.ok) return refusal(allowed.status, allowed.message);
        const struck = refusalOf(faults, clock);
        if (struck !== null) return struck;
        const body = readJson(request);
        if (!body.ok) return refusal(400, body.error);
        const question = questionSchema.safeParse(body.value);
        if (!question.success) return refusal(400, z.prettifyError(question.error));
        await pause(clock, (faults.values.latency ?? 0) + late, request.signal);
        const reply = { suggestions: dressed(options.bot.suggest(question.data), faults) };
        return faults.strikes(faults.values.cut) ? { kind: "cut", body: reply } : json(200, reply);
      },
    },
  };
}

function refusalOf(faults: FaultBoard, clock: SandboxClock): SandboxReply | null {
  const limited = faults.values["429"];
  if (limited !== undefined) {
    const after = limited.asDate
      ? new Date(clock.now() + limited.seconds * 1000).toUTCString()
      : String(limited.seconds);
    return refusal(429, "rate limit reached", { "retry-after": after });
  }
  if (faults.strikes(faults.values["500"])) return refusal(500, "internal error");
  return faults.strikes(faults.values.timeout) ? { kind: "silence" } : null;
}

/** The reply's list as the faults that are set want it; without them, what the bot said. */
function dressed(found: readonly Recommendation[], faults: FaultBoard): readonly object[] {
  const { values } = faults;
  if (values.empty === "on") return [];
  const list: object[] = [...found];
  if (values.html === "on") {
    list.unshift({ text: `<b onmouseover="document.title='broken'">Bold</b> <script>document.title='broken'</script>`, confidence: 0.95, source: "<i>Markup</i>" });
  }
  if (values["bad-suggestions"] === "on") {
    list.splice(1, 0, { confidence: 0.9, source: "Without text" }, { text: "This one is too sure of itself.", confidence: 7, source: "Out of range" });
  }
  if (values["huge-reply"] === "on") list.push({ text: "x".repeat(HUGE_TEXT_BYTES), confidence: 0.9, source: "Huge" });
  return list;
}
