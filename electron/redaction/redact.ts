import { maskText } from "./mask.ts";

const STRUCK = "[redacted]";

/** Field names whose last word says that the value is a secret: `clientSecret`, `access_token`; not `tokenUrl`. */
const SECRET_WORDS: ReadonlySet<string> = new Set([
  "secret",
  "token",
  "password",
  "passwd",
  "passphrase",
  "authorization",
  "credential",
  "credentials",
  "cookie",
  "apikey",
  "jwt",
]);

const NAMED =
  /((?:client[_-]?secret|(?:access|refresh|id|auth)?[_-]?token|api[_-]?key|x-api-key|password|passwd|secret|assertion)["']?\s*[=:]\s*["']?)(?!\[redacted\])[^\s"'&,;}\])]+/giu;

/** What gives a secret away by its form, with what stays of it. Order matters: the schemes before the bare tokens. */
const FORMS: readonly (readonly [RegExp, string])[] = [
  [/\b(Bearer|Basic|Digest)\s+(?!\[redacted\])[\w.~+/=-]{6,}/giu, `$1 ${STRUCK}`],
  [/\beyJ[\w-]{4,}(?:\.[\w-]*){0,4}/gu, STRUCK],
  [/([a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/@:]{1,256}(?::[^\s/@]{1,256})?@/giu, `$1${STRUCK}@`],
  [NAMED, `$1${STRUCK}`],
];

/** The query and fragment of an address: the names in it tell what was asked, the values may be of a person. */
const QUERY = /([a-z][a-z0-9+.-]{0,20}:\/\/[^\s"'<>?#]{1,2048})([?#][^\s"'<>]{0,8192})/giu;
const VALUE = /([?&#;][^=&#;\s]{0,200}=)(?!\[redacted\])[^&#;\s]+/gu;

/**
 * Strikes out of a text what looks like a secret (contract 0, "a token ... never reaches a log"): bearer and basic
 * credentials, JSON Web Tokens, `client_secret=...` and the like in forms, headers and JSON, names and passwords in
 * addresses, the values of their queries, and, wherever they stand, the secrets in `known` that are long enough not to
 * be ordinary words. Personal data that has a form of its own is masked (contract 0, "personal data").
 */
export function redactText(text: string, known: readonly string[] = []): string {
  let out = text;
  for (const secret of known) if (secret.length >= 6) out = out.replaceAll(secret, STRUCK);
  for (const [form, kept] of FORMS) out = out.replace(form, kept);
  out = out.replace(QUERY, (_whole, address: string, query: string) => address + query.replace(VALUE, `$1${STRUCK}`));
  return maskText(out);
}

/** Whether a field of this name holds a secret, whatever its value looks like. */
export function isSecretName(name: string): boolean {
  const words = name.replaceAll(/([a-z\d])([A-Z])/gu, "$1 $2").toLowerCase().split(/[^a-z\d]+/u).filter((word) => word !== "");
  const last = words.at(-1) ?? "";
  return SECRET_WORDS.has(last) || (last === "key" && words.at(-2) === "api");
}

/** {@link redactText}, or what `redact` is given as, for all strings in a JSON value; the values of fields with a secret's name are struck altogether. */
export function redactValue(value: unknown, redact: (text: string) => string = redactText): unknown {
  if (typeof value === "string") return redact(value);
  if (Array.isArray(value)) return value.map((item) => redactValue(item, redact));
  if (value instanceof Error) return redact(`${value.name}: ${value.message}`);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [
      name,
      isSecretName(name) && field !== null && field !== undefined && typeof field !== "boolean" ? STRUCK : redactValue(field, redact),
    ]),
  );
}
