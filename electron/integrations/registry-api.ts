import { z } from "zod";
import type { Clock } from "../../shared/clock.ts";
import type { Fault } from "../../shared/fault.ts";
import type { IntegrationDefinition, Registration } from "../../shared/integration.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { SendJson } from "../net/http.ts";

/** What integrations ask for (contract 0). */
export const INTEGRATION_SCOPES = ["cognigy:platform:read", "cognigy:integrations:write", "cognigy:webhooks:manage"] as const;

const WRITE_SCOPE = "cognigy:integrations:write";
/** Contract 0, "Timeouts": register. */
const TIMEOUT_MS = 15_000;
const MAX_WORDS = 150;
const MAX_ID = 100;
const MAX_FIELDS = 3;

/** The platform's registry of integrations (contract 4.2). */
export interface RegistryApi {
  /**
   * Registers a definition, or registers it again. The fault carries the platform's words and what they mean: a 400 the
   * fields, a 403 the scope by name and the bot. A cancelled call gives `aborted`. It never throws.
   */
  register(definition: IntegrationDefinition, signal: AbortSignal): Promise<Result<Registration, Fault>>;
}

/**
 * `{id, name, status, created_at, config}`. Without its id a registration is of no use to anyone; for the rest, an odd
 * field is not worth losing an id for that the platform has given out already.
 */
const replySchema = z.object({
  id: z.string().min(1).max(200),
  status: z.string().min(1).max(200).optional().catch(undefined),
  created_at: z.string().optional().catch(undefined),
});

const wordsSchema = z.object({
  message: z.unknown().optional(),
  error: z.unknown().optional(),
  error_description: z.unknown().optional(),
  detail: z.unknown().optional(),
  reason: z.unknown().optional(),
  errors: z.unknown().optional(),
});

/**
 * The platform at `apiUrl`, asked through `send`, which signs, renews the token on a 401, times out and repeats with the same
 * `Idempotency-Key`. The whole definition is sent, `config.secret` too: it is the name under which the value is looked up
 * wherever the integration runs, and says nothing of it.
 */
export function createRegistryApi({ send, apiUrl, clock }: { readonly send: SendJson; readonly apiUrl: string; readonly clock: Clock }): RegistryApi {
  const url = `${apiUrl.replace(/\/+$/u, "")}/integrations`;
  return {
    async register(definition, signal) {
      const reply = await send({
        method: "POST",
        url,
        body: { kind: "json", value: definition },
        schema: replySchema,
        timeoutMs: TIMEOUT_MS,
        explain: (_status, body) => platformWords(body),
        signal,
      });
      if (!reply.ok) return err(explained(reply.error, definition));
      const { id, status, created_at: createdAt } = reply.value.value;
      const at = Date.parse(createdAt ?? "");
      return ok({ id, at: Number.isNaN(at) ? clock.now() : at, status: status ?? definition.status, definition });
    },
  };
}

/** The platform's words on what it refused: its message, and the fields that it names; undefined where it has none. */
function platformWords(body: unknown): string | undefined {
  const parsed = wordsSchema.safeParse(body);
  if (!parsed.success) return undefined;
  const { message, error, error_description, detail, reason, errors } = parsed.data;
  const said = [message, error_description, detail, reason, error].map(allWords).find((words) => words.length > 0) ?? [];
  const words = [...said, ...allWords(errors)];
  return words.length === 0 ? undefined : cut(words.join("; "), MAX_WORDS);
}

/** The words of one, or of the first of a list. */
function allWords(said: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(said) ? said.slice(0, MAX_FIELDS) : [said];
  return list.map(wordsOf).filter((words) => words !== undefined);
}

/** A text, or what is said of a field: `config.url: must be https`. */
function wordsOf(said: unknown): string | undefined {
  if (typeof said === "string") return said.trim() === "" ? undefined : said.trim();
  const parsed = fieldSchema.safeParse(said);
  if (!parsed.success) return undefined;
  const { path, field, loc, message, msg } = parsed.data;
  const place = [path, field, loc].find((one) => one !== undefined);
  const words = [place, message ?? msg].filter((one) => one !== undefined);
  return words.length === 0 ? undefined : words.join(": ");
}

const text = z.string().optional().catch(undefined);
const place = z.union([z.string(), z.array(z.union([z.string(), z.number()])).transform((steps) => steps.join("."))]).optional().catch(undefined);
const fieldSchema = z.object({ path: place, field: place, loc: place, message: text, msg: text });

function explained(fault: Fault, { bot_id: botId }: IntegrationDefinition): Fault {
  if (fault.status === 403) {
    const bot = JSON.stringify(cut(botId, MAX_ID));
    return { ...fault, detail: `${fault.detail}; the client lacks the scope ${WRITE_SCOPE}, or the bot ${bot} belongs to another workspace` };
  }
  if (fault.code === "bad-request") return { ...fault, detail: `${fault.detail}; the platform does not take this definition: correct the field that it names and register again` };
  return fault;
}

function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}
