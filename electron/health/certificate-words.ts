import type { PeerCertificate } from "node:tls";

/** What is taken of names that a stranger chose. */
const MAX_NAME = 80;
const MAX_NAMES = 3;

/** What OpenSSL says where the chain leads to nobody who is known. */
const UNKNOWN_AUTHORITY = /^(?:DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT(?:_LOCALLY)?)$/u;

/** Why a certificate is not accepted, in words: `code` as Node gives it. Pure. */
export function certificateWords(code: string, found: PeerCertificate, host: string): string {
  if (code === "CERT_HAS_EXPIRED") return `expired on ${dayOf(found.valid_to)}`;
  if (code === "CERT_NOT_YET_VALID") return `valid only from ${dayOf(found.valid_from)}`;
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID") return `it is for ${namesOf(found)}, not for ${host}`;
  if (UNKNOWN_AUTHORITY.test(code)) return `issued by ${issuerOf(found) ?? "nobody who is named"}, an authority that is not known here`;
  return code;
}

/** Who signed a certificate, by its common name or its organisation; null where nobody is named. */
export function issuerOf({ issuer }: PeerCertificate): string | null {
  // Without a certificate there is no issuer, whatever the type says.
  const name: string | readonly string[] | undefined = issuer?.CN ?? issuer?.O;
  return name === undefined ? null : `"${plain([name].flat().join(" "))}"`;
}

function namesOf({ subject, subjectaltname }: PeerCertificate): string {
  const named = subjectaltname?.split(", ").map((one) => one.replace(/^(?:DNS|IP Address):/u, "")) ?? [subject?.CN ?? []].flat();
  if (named.length === 0) return "no name at all";
  const shown = named.slice(0, MAX_NAMES).map(plain).join(", ");
  return named.length > MAX_NAMES ? `${shown} and ${named.length - MAX_NAMES} more` : shown;
}

function dayOf(text: string): string {
  const at = Date.parse(text);
  return Number.isNaN(at) ? "a day that cannot be read" : new Date(at).toISOString().slice(0, 10);
}

function plain(text: string): string {
  const clean = text.replaceAll(/\p{C}/gu, "");
  return clean.length > MAX_NAME ? `${clean.slice(0, MAX_NAME)}…` : clean;
}
