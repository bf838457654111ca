import { z } from "zod";
import type { Fault } from "../../shared/fault.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { hostOf } from "./attempt.ts";
import { statusFault } from "./status-fault.ts";

/** A token and how long it may be used, in milliseconds from the moment it was received. */
export interface IssuedToken {
  readonly token: string;
  readonly lifetimeMs: number;
}

const replySchema = z.object({
  // What cannot stand in a header would make every later request fail, with the token in the exception's text.
  access_token: z.string().regex(/^[\u0021-\u007e]+$/, "must be printable text without spaces"),
  // Some servers write the seconds as text.
  expires_in: z.union([z.number(), z.string().regex(/^\d{1,12}$/).transform(Number)]).pipe(z.number().positive()),
  token_type: z.string().exactOptional(),
  scope: z.union([z.string().transform((text) => text.split(/[\s,]+/).filter((name) => name !== "")), z.array(z.string())]).exactOptional(),
});

const claimsSchema = z.object({ exp: z.number() });

/** The error words of RFC 6749, 5.2, and what to mend; any other word of the server stays unread, it may echo the secret. */
const grantErrors: Readonly<Record<string, { readonly code: Fault["code"]; readonly advice: string }>> = {
  invalid_client: { code: "credentials", advice: "client id and secret do not match a client" },
  invalid_grant: { code: "credentials", advice: "the credentials have expired or were withdrawn" },
  unauthorized_client: { code: "forbidden", advice: "this client may not use the client credentials grant" },
  unsupported_grant_type: { code: "bad-request", advice: "this endpoint has no client credentials grant; check tokenUrl" },
  invalid_scope: { code: "missing-scope", advice: "the client is not allowed these scopes" },
  invalid_request: { code: "bad-request", advice: "a parameter is missing or wrong; check client id, audience and scope" },
};

const grantErrorSchema = z.object({ error: z.string() });

/**
 * Reads the reply of a token endpoint (contract 0, "OAuth"). The lifetime is the shorter of `expires_in` and what a
 * JWT's `exp` claim leaves at `nowMs` (wall clock). `serverDateMs` is the reply's own `Date`, if it had one: where this
 * machine's clock says that a fresh token is over already, the server's is asked.
 * Errors: `malformed-reply` (by field, never with its value), `missing-scope` (by name).
 */
export function readToken(
  text: string,
  from: { readonly tokenUrl: string; readonly scopes: readonly string[]; readonly nowMs: number; readonly serverDateMs: number | undefined },
): Result<IssuedToken, Fault> {
  const host = hostOf(from.tokenUrl);
  const parsed = replySchema.safeParse(parseJson(text));
  if (!parsed.success) {
    const fields = parsed.error.issues.map((issue) => issue.path.join(".") || "the reply").join(", ");
    return err({ kind: "contract", code: "malformed-reply", detail: `token endpoint ${host}: missing or malformed: ${fields}` });
  }
  const { access_token: token, expires_in: seconds, scope } = parsed.data;
  if (scope !== undefined && scope.length > 0) {
    const missing = from.scopes.filter((name) => !scope.includes(name));
    if (missing.length > 0) {
      return err({ kind: "refused", code: "missing-scope", detail: `${host} granted no ${missing.join(", ")}` });
    }
  }
  const endsAtMs = jwtEndMs(token);
  const lifetimeMs = Math.min(seconds * 1_000, endsAtMs === undefined ? Infinity : leftUntil(endsAtMs, from));
  if (lifetimeMs <= 0) {
    return err({ kind: "contract", code: "malformed-reply", detail: `${host} issued a token that has expired already; check this machine's clock` });
  }
  return ok({ token, lifetimeMs });
}

/**
 * The fault of a token endpoint that answered with an error status. Of the body only the standard error word is used.
 */
export function tokenRefusal(
  reply: { readonly status: number; readonly text: string; readonly retryAfterMs: number | undefined },
  from: { readonly tokenUrl: string; readonly scopes: readonly string[] },
): Fault {
  const answered = `token endpoint ${hostOf(from.tokenUrl)} answered ${reply.status}`;
  const word = grantErrorSchema.safeParse(parseJson(reply.text)).data?.error ?? "";
  const known = reply.status < 500 && Object.hasOwn(grantErrors, word) ? grantErrors[word] : undefined;
  const scopes = from.scopes.length === 0 ? "" : `; asked for ${from.scopes.join(" ")}`;
  if (known !== undefined && reply.status !== 429) {
    const fault = statusFault(reply.status, `${answered} (${word}): ${known.advice}${known.code === "missing-scope" ? scopes : ""}`);
    return { ...fault, kind: "refused", code: known.code };
  }
  return statusFault(reply.status, `${answered}${reply.status === 403 ? scopes : ""}`, reply.retryAfterMs);
}

function leftUntil(endsAtMs: number, from: { readonly nowMs: number; readonly serverDateMs: number | undefined }): number {
  const left = endsAtMs - from.nowMs;
  return left > 0 || from.serverDateMs === undefined ? left : endsAtMs - from.serverDateMs;
}

/** When a JWT ends, in milliseconds since the epoch; undefined for other tokens. The signature is the server's business. */
function jwtEndMs(token: string): number | undefined {
  const segments = token.split(".");
  const payload = segments[1];
  if (segments.length !== 3 || payload === undefined) return undefined;
  const claims = claimsSchema.safeParse(parseJson(Buffer.from(payload, "base64url").toString("utf8")));
  return claims.success ? claims.data.exp * 1_000 : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
