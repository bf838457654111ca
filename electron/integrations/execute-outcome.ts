import type { Clock } from "../../shared/clock.ts";
import type { Fault } from "../../shared/fault.ts";
import type { JsonValue } from "../../shared/integration.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { retryAfterMs } from "../net/retry-after.ts";
import { statusFault } from "../net/status-fault.ts";
import type { RawReply } from "./execute-attempt.ts";
import { decodeBody, decodeText, readJson, type ReplyForm, tooLarge } from "./execute-reply.ts";
import type { Execution, ExecutionFailure, OutgoingRequest } from "./execution.ts";
import { holdsSecret, type Mask, maskSecret, MIN_SECRET_IN_DATA } from "./request-masking.ts";

/** How much of a reply that is no use a person gets to see. */
const MAX_FAILED_BODY = 2_000;

/**
 * What a reply is to an execution: JSON with a 2xx, or a fault with its status and the beginning of its body. A service
 * that repeats the secret, in whatever form, does not get it shown: headers, bodies and data are masked.
 */
export async function judgeReply(
  reply: RawReply,
  request: OutgoingRequest,
  clock: Clock,
): Promise<Result<Omit<Execution, "latencyMs" | "attempts">, Omit<ExecutionFailure, "latencyMs" | "attempts">>> {
  const { status } = reply;
  const mask = maskSecret(request.secret);
  const form = formOf(reply, request.secret === null || request.secret.length < MIN_SECRET_IN_DATA ? (text) => text : mask);
  const succeeded = status >= 200 && status <= 299;
  const fail = (fault: Fault, body: string | null) => err({ fault, statusCode: status, body });
  const refusal = (body: string | null) =>
    fail(statusFault(status, `${request.method} ${reply.host} answered ${status}`, retryAfterMs(valueOf(reply, "retry-after"), clock.now())), body);

  if (reply.bytes === null) return succeeded ? fail(tooLarge(reply.host), null) : refusal(null);
  const decoded = await decodeBody(reply.bytes, form);
  if (!decoded.ok) return succeeded ? fail(decoded.error, null) : refusal(null);
  const text = decodeText(decoded.value, form);
  if (!text.ok) return succeeded ? fail(text.error, null) : refusal(null);
  if (!succeeded) return refusal(beginning(text.value, mask));
  const body = readJson(text.value, form);
  if (!body.ok) return fail(body.error, beginning(text.value, mask));
  return ok({
    statusCode: status,
    headers: request.secret === null ? reply.headers : reply.headers.map(({ name, value }) => ({ name, value: mask(value) })),
    body: withoutSecret(body.value, text.value, request.secret, mask),
    bytes: decoded.value.length,
  });
}

/** Masked before it is read: what is quoted of it later is cut. */
function formOf(reply: RawReply, mask: Mask): ReplyForm {
  const shown = (name: string): string | undefined => {
    const value = valueOf(reply, name);
    return value === undefined ? undefined : mask(value);
  };
  return { host: reply.host, contentType: shown("content-type"), contentEncoding: shown("content-encoding") };
}

function valueOf(reply: RawReply, name: string): string | undefined {
  return reply.headers.find((header) => header.name === name)?.value;
}

/** Masked before it is cut, else the first part of a secret would stay; not all of a large body is looked through. */
function beginning(text: string, mask: Mask): string {
  const masked = mask(text.slice(0, MAX_FAILED_BODY * 50));
  return masked.length > MAX_FAILED_BODY ? `${masked.slice(0, MAX_FAILED_BODY)}…` : masked;
}

/** Only strings and keys, so that it stays JSON. Escapes that need not be in the text may hide the secret from a mere search. */
function withoutSecret(body: JsonValue, text: string, secret: string | null, mask: Mask): JsonValue {
  if (secret === null || secret.length < MIN_SECRET_IN_DATA) return body;
  return /\\[/u]/.test(text) || holdsSecret(secret)(text) ? masked(body, mask) : body;
}

function masked(value: JsonValue, mask: Mask): JsonValue {
  if (typeof value === "string") return mask(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => masked(one, mask));
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [mask(key), masked(one, mask)]));
}
