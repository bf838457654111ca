import { z } from "zod";
import type { Fault } from "../../shared/fault.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { SendJson } from "../net/http.ts";
import { withholdTokens } from "../net/withhold-tokens.ts";
import { platformWords } from "./platform-words.ts";

/** Which bot, and what it must offer. */
export interface BotCheck {
  readonly apiUrl: string;
  readonly botId: string;
  readonly channel: string;
  /** With as many sessions as this, or more, the bot is full. */
  readonly maxConcurrent: number;
}

const TIMEOUT_MS = 10_000;
/** A session list is small; one of a busy tenant may be a few thousand entries. */
const MAX_REPLY_BYTES = 10_000_000;

const botSchema = z.object({ status: z.string(), channels: z.array(z.string()) });
const sessionsSchema = z.object({ items: z.array(z.unknown()) });

/**
 * Asks the platform whether the bot will have us (contract 1.1), both questions at once; gives the number of its
 * sessions. Each refusal has its own fault: `bot-inactive`, `channel-missing`, `session-limit`, `credentials`,
 * `forbidden` or `missing-scope`, `not-found`. The bot's own answer counts before that about its sessions.
 */
export async function checkBot(
  { apiUrl, botId, channel, maxConcurrent }: BotCheck,
  { send, signal }: { readonly send: SendJson; readonly signal: AbortSignal },
): Promise<Result<number, Fault>> {
  const base = `${apiUrl.replace(/\/+$/u, "")}/bots/${encodeURIComponent(botId)}`;
  const ask = <T>(url: string, schema: z.ZodType<T>) =>
    send({ method: "GET", url, schema, timeoutMs: TIMEOUT_MS, maxBytes: MAX_REPLY_BYTES, signal, explain: (_status, body) => platformWords(body) });
  const [bot, sessions] = await Promise.all([ask(base, botSchema), ask(`${base}/sessions`, sessionsSchema)]);

  const name = quoted(botId);
  if (!bot.ok) return err(explained(bot.error, name));
  const { status, channels } = bot.value.value;
  if (status !== "active") return refuse("bot-inactive", `bot ${name} has the status ${quoted(status)}`);
  if (!channels.includes(channel)) {
    const offered = channels.length === 0 ? "none" : channels.slice(0, 10).map(quoted).join(", ");
    return refuse("channel-missing", `bot ${name} does not serve ${quoted(channel)}; its channels: ${offered}`);
  }
  if (!sessions.ok) {
    // The bot has just been seen: what is missing is another thing.
    if (sessions.error.code !== "not-found") return err(explained(sessions.error, name));
    return err({ ...sessions.error, detail: `${sessions.error.detail}; bot ${name} is there, its list of sessions is not` });
  }
  const open = sessions.value.value.items.length;
  if (open >= maxConcurrent) return refuse("session-limit", `bot ${name} has ${open} sessions open, allowed: ${maxConcurrent}`);
  return ok(open);
}

/** The refusals of this check in the words of its own subject. */
function explained(fault: Fault, name: string): Fault {
  if (fault.status === 403) {
    const code = /\bscope\b/iu.test(fault.detail) ? "missing-scope" : "forbidden";
    return { ...fault, code, detail: `${fault.detail}; it takes the scope bot:read, and bot ${name} must belong to the client's tenant` };
  }
  if (fault.code === "not-found") return { ...fault, detail: `${fault.detail}; there is no bot ${name}` };
  return fault;
}

function refuse(code: Fault["code"], detail: string): Result<never, Fault> {
  return err({ kind: "refused", code, detail });
}

function quoted(text: string): string {
  const words = withholdTokens(text);
  return JSON.stringify(words.length > 80 ? `${words.slice(0, 80)}…` : words);
}
