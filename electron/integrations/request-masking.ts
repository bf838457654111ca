import type { Fault } from "../../shared/fault.ts";
import type { TryResult } from "../../shared/integration-view.ts";
import type { OutgoingRequest } from "./execution.ts";

/** What stands where a secret stood. */
export const MASK = "••••••";
/** In the data of a reply, and in words of ours, a shorter secret would be found in ordinary words. */
export const MIN_SECRET_IN_DATA = 6;
/** Base64 of fewer characters than this is too common to be taken for a part of a secret. */
const MIN_INNER = 8;
/** A password that is shorter is masked only as part of the whole `user:password`. */
const MIN_PASSWORD = 4;

/** Text with every form of a secret in it masked. */
export type Mask = (text: string) => string;

/**
 * Masks a secret wherever it turns up: as it is, as it stands in JSON, in an address, in base64 (also in the middle of
 * something longer), in hex; of a `user:password` the password too. Longest forms first, so that none leaves a rest of another.
 * `gi`: also where capitals were lost.
 */
export function maskSecret(secret: string | null, flags: "g" | "gi" = "g"): Mask {
  const forms = formsOf(secret);
  if (forms.length === 0) return (text) => text;
  // One pass over the text instead of one per form: the data of a reply may be many thousand strings.
  const all = new RegExp(forms.map((form) => form.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)).join("|"), flags);
  return (text) => text.replace(all, MASK);
}

/**
 * What is told of a failed attempt, without the secret: a service may repeat it in what is quoted of its answer, such as
 * the host that it redirects to. Hosts lose their capitals on the way.
 */
export function maskFault(fault: Fault, secret: string | null): Fault {
  if (secret === null || secret.length < MIN_SECRET_IN_DATA) return fault;
  return { ...fault, detail: maskSecret(secret, "gi")(fault.detail) };
}

/** Whether `text` holds the secret in any form. */
export function holdsSecret(secret: string | null): (text: string) => boolean {
  const forms = formsOf(secret);
  return (text) => forms.some((form) => text.includes(form));
}

/** A request as a person may see it: its secret masked in address, headers and body. */
export function maskRequest(request: OutgoingRequest): TryResult["request"] {
  const mask = maskSecret(request.secret);
  return {
    method: request.method,
    url: mask(request.url),
    headers: Object.entries(request.headers).map(([name, value]) => ({ name, value: mask(value) })),
    body: request.body === null ? null : mask(request.body),
  };
}

function formsOf(secret: string | null): readonly string[] {
  if (secret === null || secret === "") return [];
  const password = secret.slice(secret.indexOf(":") + 1);
  const secrets = password !== secret && password.length >= MIN_PASSWORD ? [secret, password] : [secret];
  return Array.from(new Set(secrets.flatMap(spellings))).toSorted((a, b) => b.length - a.length);
}

function spellings(secret: string): readonly string[] {
  const bytes = Buffer.from(secret, "utf8");
  const whole = bytes.toString("base64");
  const codes = [whole, ...innerBase64(bytes)];
  const hex = bytes.length >= MIN_INNER / 2 ? bytes.toString("hex") : "";
  const quoted = JSON.stringify(secret).slice(1, -1);
  // `toWellFormed`: half a surrogate pair is no text that an address could hold.
  const encoded = encodeURIComponent(secret.toWellFormed());
  const form = new URLSearchParams({ s: secret }).toString().slice(2);
  return [secret, quoted, encoded, encoded.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()), form, hex, hex.toUpperCase(), ...codes, ...codes.map(urlSafe), ...codes.map((code) => encodeURIComponent(code))].filter((text) => text !== "");
}

/** The characters of base64 that follow from these bytes alone, at each of the three places in which they may begin. */
function innerBase64(bytes: Buffer): readonly string[] {
  return [0, 1, 2]
    .map((shift) => {
      const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString("base64");
      return text.slice(Math.ceil((shift * 8) / 6), Math.floor(((shift + bytes.length) * 8) / 6));
    })
    .filter((text) => text.length >= MIN_INNER);
}

function urlSafe(text: string): string {
  return text.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}
