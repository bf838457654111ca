import { withholdTokens } from "../net/withhold-tokens.ts";
import { knownWords } from "../redaction/known-words.ts";
import type { HealthSources } from "./health-sources.ts";

const STRUCK = "[redacted]";
const SECRET_NAME = /(?:SECRET|KEY|TOKEN|PASSWORD|PASSWD)$/iu;

/**
 * Makes what takes out of a line's text every secret that is known, in any spelling, and what looks like a token; the
 * home folder becomes `~`. The last of several guards: the checks take no secret into their words to begin with.
 */
export function lineCleaner({ env, machine, knownSecrets, wanted }: Pick<HealthSources, "env" | "machine" | "knownSecrets" | "wanted">): (text: string) => string {
  const named = new Set(wanted.tunnel?.webhooks.flatMap((webhook) => (typeof webhook === "string" ? [] : [webhook.secret])));
  const given = Object.entries(env).flatMap(([name, value]) => (value !== undefined && (SECRET_NAME.test(name) || named.has(name)) ? [value.trim()] : []));
  let listed: readonly string[] = [];
  let words = knownWords([]);
  return (text) => {
    const all = [...given, ...knownSecrets()];
    // Secrets become known as they are read, so the list is looked at again; it is compiled only where it grew.
    if (all.length !== listed.length || all.some((one, at) => one !== listed[at])) {
      listed = all;
      words = knownWords(all);
    }
    return withoutHome(withholdTokens(words.strike(text, STRUCK)), machine.home);
  };
}

/** A path below the home folder begins with `~`; another folder whose name only begins alike stays. */
function withoutHome(text: string, home: string): string {
  // Where the home folder is the root, every path would become one of home.
  if (home.length < 3) return text;
  return text
    .split(home)
    .reduce((out, rest) => `${out}${/^[\p{L}\p{N}_-]/u.test(rest) ? home : "~"}${rest}`);
}
