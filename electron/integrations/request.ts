import { assertNever } from "../../shared/assert-never.ts";
import type { Fault } from "../../shared/fault.ts";
import type { IntegrationDefinition, JsonValue } from "../../shared/integration.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { whyOurHeader } from "./definition-headers.ts";
import { ACCEPTED_CODINGS } from "./execute-reply.ts";
import type { OutgoingRequest } from "./execution.ts";

/** What the value of a header may be made of (RFC 9110, 5.5): one line, within latin-1. */
const FIELD_VALUE = /^[\x21-\x7e\x80-\xff](?:[\t\x20-\x7e\x80-\xff]*[\x21-\x7e\x80-\xff])?$/;
const CONTROL = /\p{Cc}/u;

/**
 * The request that a definition stands for (contract 4.1), with `body` as JSON and the secret in place. `secret`: the
 * value that goes by `config.secret`, null where there is none; with `auth_type: none` it is not used.
 * Faults: `no-secret`; `invalid-input` for a secret that no header takes, an address that is none, a body on GET.
 * They name the secret and never hold its value.
 */
export function buildRequest(definition: IntegrationDefinition, body: JsonValue | null, secret: string | null): Result<OutgoingRequest, Fault> {
  const { config } = definition;
  const url = URL.parse(config.url);
  if (url === null) return err(invalid("config.url: found a text that is no whole address; allowed: https://…"));
  if (url.username !== "" || url.password !== "") return err(invalid("config.url: found a user name or password; allowed: a secret with auth_type basic"));
  if (body !== null && config.method === "GET") return err(invalid("config.request_mapping: found a body; allowed: none with GET"));
  const headers = new Map<string, readonly [string, string]>();
  const set = (name: string, value: string): void => {
    headers.set(name.toLowerCase(), [name, value]);
  };
  set("Accept", "application/json");
  set("User-Agent", "callside");
  if (body !== null) set("Content-Type", "application/json");
  for (const [name, value] of Object.entries(config.headers)) {
    const ours = whyOurHeader(name);
    if (ours !== null) return err(invalid(`config.headers.${name}: ${ours}; allowed: every other header`));
    if (value !== "" && !FIELD_VALUE.test(value.trim())) return err(invalid(`config.headers.${name}: found a character that no header takes; allowed: one line of text`));
    set(name, value.trim());
  }
  set("Accept-Encoding", ACCEPTED_CODINGS);
  const credential = credentialOf(config, secret);
  if (!credential.ok) return credential;
  if (credential.value !== null) set(config.auth_header_name, credential.value);
  url.hash = "";
  return ok({
    method: config.method,
    url: url.href,
    headers: Object.fromEntries(headers.values()),
    body: body === null ? null : JSON.stringify(body),
    timeoutMs: config.timeout_seconds * 1_000,
    secret: credential.value === null ? null : secret,
  });
}

/** The value of the authentication's header; null where there is none. */
function credentialOf(config: IntegrationDefinition["config"], secret: string | null): Result<string | null, Fault> {
  const { auth_type: type, secret: name } = config;
  if (type === "none") return ok(null);
  if (secret === null || secret === "") return err({ kind: "refused", code: "no-secret", detail: `${name} (auth_type ${type})` });
  switch (type) {
    case "bearer":
    case "api_key":
      if (!FIELD_VALUE.test(secret)) return err(invalid(`secret ${name}: found a line break, a space at an end or a character that no header takes; allowed: one line of plain text`));
      return ok(type === "bearer" ? `Bearer ${secret}` : secret);
    case "basic":
      if (!secret.includes(":")) return err(invalid(`secret ${name}: found a value without a colon; allowed with auth_type basic: user:password`));
      if (CONTROL.test(secret)) return err(invalid(`secret ${name}: found a line break or another control character; allowed: one line, user:password`));
      return ok(`Basic ${Buffer.from(secret, "utf8").toString("base64")}`);
    default:
      return assertNever(type);
  }
}

function invalid(detail: string): Fault {
  return { kind: "policy", code: "invalid-input", detail };
}
