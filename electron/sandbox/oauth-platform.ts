import { createHmac } from "node:crypto";
import type { FaultBoard } from "./faults.ts";
import { json, refusal, type Route } from "./routes.ts";
import type { SandboxClock } from "./sandbox-clock.ts";

const TOKEN_LIFE_SECONDS = 3_600;
/** More tokens than this are never alive at once; the oldest go first. */
const MAX_TOKENS = 1_000;

/** The outcome of looking at a token: fine until `expiresAt` (ms since the Unix epoch), or the status and words to refuse with. */
export type TokenCheck =
  | { readonly ok: true; readonly expiresAt: number }
  | { readonly ok: false; readonly status: 401 | 403; readonly message: string };

/** The token endpoint and the memory of what it issued. */
export interface OauthPlatform {
  readonly route: Route;
  /** Judges an `Authorization` header for a call that needs `scope`. */
  check(authorization: string, scope: string): TokenCheck;
  /** The same for a bare token, as it stands in a frame. */
  checkToken(token: string, scope: string): TokenCheck;
  /** Ends every token issued so far. */
  expireAll(): void;
  /** How many tokens were asked for. */
  requests(): number;
}

export interface OauthOptions {
  readonly path: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The scopes that this client may have. */
  readonly scopes: readonly string[];
  /** What the form has to name as `audience`, where the platform asks for one. */
  readonly audience?: string;
  readonly faults: FaultBoard;
  readonly clock: SandboxClock;
  /** Signs the tokens. */
  readonly signingKey: string;
}

interface Issued {
  readonly expiresAt: number;
  readonly scopes: ReadonlySet<string>;
}

/**
 * Client credentials as in contract 0: form body in, JWT-shaped token out; refusals in OAuth's own words. Id and secret
 * stand in the form, or in HTTP Basic as RFC 6749 2.3.1 has it.
 */
export function createOauthPlatform(options: OauthOptions): OauthPlatform {
  const { faults, clock } = options;
  const tokens = new Map<string, Issued>();
  let requests = 0;

  const issue = (scopes: readonly string[], lifeSeconds: number): string => {
    const issuedAt = Math.floor(clock.now() / 1000);
    const claims = {
      iss: "practice",
      sub: options.clientId,
      scope: scopes.join(" "),
      iat: issuedAt,
      exp: issuedAt + lifeSeconds,
      jti: String(requests),
    };
    const token = faults.values["token-form"] === "opaque" ? opaqueToken(options.signingKey, claims) : signedToken(options.signingKey, claims);
    tokens.set(token, { expiresAt: (issuedAt + lifeSeconds) * 1000, scopes: new Set(scopes) });
    const oldest = tokens.keys().next();
    if (tokens.size > MAX_TOKENS && oldest.done !== true) tokens.delete(oldest.value);
    return token;
  };

  const checkToken: OauthPlatform["checkToken"] = (token, scope) => {
    const issued = tokens.get(token);
    if (issued === undefined || issued.expiresAt <= clock.now() || faults.values["expired-tokens"] === "on") {
      return { ok: false, status: 401, message: "token unknown or expired" };
    }
    if (!issued.scopes.has(scope)) return { ok: false, status: 403, message: `token lacks scope ${scope}` };
    return { ok: true, expiresAt: issued.expiresAt };
  };

  return {
    requests: () => requests,
    expireAll: () => {
      tokens.clear();
    },
    check(authorization, scope) {
      const token = /^Bearer (\S+)$/i.exec(authorization)?.[1];
      return token === undefined ? { ok: false, status: 401, message: "bearer token missing" } : checkToken(token, scope);
    },
    checkToken,
    route: {
      method: "POST",
      path: options.path,
      handle(request) {
        requests += 1;
        const refused = faults.values["refuse-token"];
        if (refused === 429) return refusal(429, "too many token requests", { "retry-after": "1" });
        if (refused !== undefined) return json(refused, { error: refusalName(refused), error_description: "refused for practice" });
        if (!/^application\/x-www-form-urlencoded\b/i.test(request.contentType)) {
          return oauthError("invalid_request", "content-type must be application/x-www-form-urlencoded");
        }
        const form = new URLSearchParams(request.body);
        if (form.get("grant_type") !== "client_credentials") {
          return oauthError("unsupported_grant_type", "grant_type must be client_credentials");
        }
        const client = basicCredentials(request.authorization) ?? { id: form.get("client_id"), secret: form.get("client_secret") };
        if (client.id !== options.clientId || client.secret !== options.clientSecret) {
          return json(401, { error: "invalid_client", error_description: "client id or secret is wrong" });
        }
        const audience = form.get("audience");
        if (options.audience !== undefined && audience !== options.audience) {
          const found = audience === null ? "found none" : `found "${audience.slice(0, 200)}"`;
          return oauthError("invalid_request", `audience: ${found}, allowed: ${options.audience}`);
        }
        const asked = (form.get("scope") ?? "").split(/\s+/).filter((scope) => scope !== "");
        const unknown = asked.filter((scope) => !options.scopes.includes(scope));
        if (unknown.length > 0) return oauthError("invalid_scope", `unknown scope: ${unknown.join(" ")}`);
        const missing = faults.values["missing-scope"];
        const granted = (asked.length === 0 ? options.scopes : asked).filter((scope) => scope !== missing);
        const life = faults.values["expired-tokens"];
        const lifeSeconds = typeof life === "number" ? life : TOKEN_LIFE_SECONDS;
        return json(200, {
          access_token: issue(granted, lifeSeconds),
          token_type: "Bearer",
          expires_in: lifeSeconds,
          scope: granted.join(" "),
        });
      },
    },
  };
}

/** Id and secret of an `Authorization: Basic` header, which are form-encoded in it; null where there is none. */
function basicCredentials(authorization: string): { readonly id: string; readonly secret: string } | null {
  const encoded = /^Basic ([A-Za-z0-9+/]+={0,2})$/i.exec(authorization)?.[1];
  if (encoded === undefined) return null;
  const [id = "", ...rest] = Buffer.from(encoded, "base64").toString("utf8").split(":");
  const decode = (text: string): string => new URLSearchParams(`t=${text}`).get("t") ?? "";
  return { id: decode(id), secret: decode(rest.join(":")) };
}

function oauthError(error: string, description: string): ReturnType<typeof json> {
  return json(400, { error, error_description: description });
}

function refusalName(status: number): string {
  if (status === 401) return "invalid_client";
  if (status === 403) return "unauthorized_client";
  return status === 400 ? "invalid_scope" : "server_error";
}

type Claims = Readonly<Record<string, string | number>>;

/** To its issuer as good as the others, and nothing that a client could read. */
function opaqueToken(key: string, claims: Claims): string {
  return `opaque-${createHmac("sha256", key).update(JSON.stringify(claims)).digest("hex")}`;
}

/** Three base64url segments that begin with `eyJ`, as every JWT does. */
function signedToken(key: string, claims: Claims): string {
  const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const unsigned = `${encode({ alg: "HS256", typ: "JWT" })}.${encode(claims)}`;
  return `${unsigned}.${createHmac("sha256", key).update(unsigned).digest("base64url")}`;
}
