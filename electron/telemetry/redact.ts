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
  [/([a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/@:]{1,256}:[^\s/@]{1,256}@/giu, `$1${STRUCK}@`],
  [NAMED, `$1${STRUCK}`],
];

/**
 * Strikes out of a text what looks like a secret (contract 0, "a token ... never reaches a log"): bearer and basic
 * credentials, JSON Web Tokens, `client_secret=...` and the like in forms, headers and JSON, passwords in addresses,
 * and, wherever they stand, the secrets in `known` that are long enough not to be ordinary words.
 */
export function redactText(text: string, known: readonly string[] = []): string {
  let out = text;
  for (const secret of known) if (secret.length >= 6) out = out.replaceAll(secret, STRUCK);
  for (const [form, kept] of FORMS) out = out.replace(form, kept);
  return out;
}

/** Whether a field of this name holds a secret, whatever its value looks like. */
export function isSecretName(name: string): boolean {
  const words = name.replaceAll(/([a-z\d])([A-Z])/gu, "$1 $2").toLowerCase().split(/[^a-z\d]+/u).filter((word) => word !== "");
  const last = words.at(-1) ?? "";
  return SECRET_WORDS.has(last) || (last === "key" && words.at(-2) === "api");
}

/** {@link redactText} for all strings in a JSON value, and the values of fields with a secret's name struck altogether. */
export function redactValue(value: unknown, known: readonly string[] = []): unknown {
  if (typeof value === "string") return redactText(value, known);
  if (Array.isArray(value)) return value.map((item) => redactValue(item, known));
  if (value instanceof Error) return redactText(`${value.name}: ${value.message}`, known);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [
      name,
      isSecretName(name) && field !== null && field !== undefined && typeof field !== "boolean" ? STRUCK : redactValue(field, known),
    ]),
  );
}
