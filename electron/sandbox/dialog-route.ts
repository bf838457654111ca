import { z } from "zod";
import type { ChatBot } from "./chat-bot.ts";
import type { FaultBoard } from "./faults.ts";
import { json, readJson, refusal, type Route, type SandboxReply } from "./routes.ts";
import { pause, type SandboxClock } from "./sandbox-clock.ts";

/** The body of a request to the dialog endpoint (contract 3.4), as the platform insists on it. */
const questionSchema = z.object({
  userId: z.string().min(1),
  message: z.string().min(1),
  context: z.object({ source: z.string().min(1), timestamp: z.iso.datetime() }),
});

/** More answers than this are not remembered by their key; the oldest go first. */
const MAX_KEYS = 20_000;
const LONG_ANSWER = "One moment please, I am still looking. ".repeat(530).slice(0, 20_000);
const MARKUP = ` <b onmouseover="document.title='broken'">Bold</b>\u0007\u0000 <script>document.title='broken'</script>`;

/** What was seen of the dialog endpoint: requests, those included that were refused, and turns of a dialogue. */
export interface DialogStats {
  readonly dialogRequests: number;
  readonly dialogTurns: number;
}

export interface DialogOptions {
  readonly path: string;
  readonly apiKey: string;
  readonly bot: ChatBot;
  readonly faults: FaultBoard;
  readonly clock: SandboxClock;
}

/** The bot's dialog endpoint. Asked twice with the same `Idempotency-Key` it says the same, and the dialogue does not go on. */
export function createDialogRoute(options: DialogOptions): { readonly route: Route; stats(): DialogStats } {
  const { faults, clock } = options;
  const answers = new Map<string, ReturnType<ChatBot["answer"]>>();
  let requests = 0;
  let turns = 0;

  const answerOnce = (key: string, userId: string, message: string): ReturnType<ChatBot["answer"]> => {
    const before = key === "" ? undefined : answers.get(key);
    if (before !== undefined) return before;
    turns += 1;
    const answer = options.bot.answer(userId, message);
    if (key !== "") answers.set(key, answer);
    const oldest = answers.keys().next();
    if (answers.size > MAX_KEYS && oldest.done !== true) answers.delete(oldest.value);
    return answer;
  };

  return {
    route: {
      method: "POST",
      path: options.path,
      async handle(request) {
        requests += 1;
        const keyRefused = faults.values["dialog-key"];
        if (keyRefused !== undefined) return refusal(keyRefused, "API key refused for practice");
        if (request.authorization !== `Bearer ${options.apiKey}`) return refusal(401, "API key missing or wrong");
        const struck = refusalOf(faults);
        if (struck !== null) return struck;
        const body = readJson(request);
        if (!body.ok) return refusal(400, body.error);
        const question = questionSchema.safeParse(body.value);
        if (!question.success) return refusal(400, z.prettifyError(question.error));
        const { userId, message } = question.data;
        const answer = answerOnce(request.idempotencyKey, userId, message);
        if (faults.strikes(faults.values["dialog-lost"])) return { kind: "hang-up" };
        await pause(clock, answer.thinksMs + (faults.values["dialog-latency"] ?? 0), request.signal);
        return json(200, replyOf(answer.text, faults));
      },
    },
    stats: () => ({ dialogRequests: requests, dialogTurns: turns }),
  };
}

function refusalOf(faults: FaultBoard): SandboxReply | null {
  const { values } = faults;
  if (values["dialog-429"] !== undefined) return refusal(429, "too many dialogues", { "retry-after": String(values["dialog-429"]) });
  if (faults.strikes(values["dialog-500"])) return refusal(500, "internal error");
  return faults.strikes(values["dialog-timeout"]) ? { kind: "silence" } : null;
}

function replyOf(text: string, { values }: FaultBoard): { readonly response?: unknown } {
  const kind = values["dialog-answer"];
  switch (kind) {
    case undefined:
      return { response: values["dialog-html"] === "on" ? `${text}${MARKUP}` : text };
    case "missing":
      return {};
    case "empty":
      return { response: "" };
    case "array":
      return { response: [text] };
    case "object":
      return { response: { text } };
    case "number":
      return { response: 42 };
    case "null":
      return { response: null };
    case "long":
      return { response: LONG_ANSWER };
    default:
      return kind satisfies never;
  }
}
