import { withholdTokens } from "./withhold-tokens.ts";

const MAX_REASON = 123;

/**
 * The other side's words on closing, fit for an error text: without control characters, at most as long as the
 * protocol allows, and without any of `secrets` or what looks like a token (a server may quote the one that it refuses).
 */
export function cleanReason(reason: string, secrets: readonly string[]): string {
  return withholdTokens(reason, secrets).replaceAll(/\p{C}+/gu, " ").trim().slice(0, MAX_REASON);
}

/** What of a connection's headers must never be shown: the values, and in `Bearer x` the `x` on its own. */
export function secretsOf(headers: Readonly<Record<string, string>>): readonly string[] {
  return Object.values(headers)
    .flatMap((value) => [value, value.slice(value.lastIndexOf(" ") + 1)])
    .filter((value) => value.length >= 8);
}
