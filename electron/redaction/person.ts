import { homedir, hostname, userInfo } from "node:os";
import { escapePattern } from "./escape-pattern.ts";

/** Who works at this machine, as far as paths and messages of the system give it away. */
export interface Person {
  /** The home folder; empty: none. */
  readonly home: string;
  readonly user: string;
  readonly host: string;
}

/** Accounts that name nobody, so that striking them out would only spoil words. */
const NOBODY: ReadonlySet<string> = new Set(["root", "user", "users", "admin", "administrator", "guest", "test", "node", "runner", "default", "localhost"]);
const MIN_NAME = 3;

/** The person at this machine, as the system tells. */
export function systemPerson(): Person {
  return { home: homedir(), user: userName(), host: hostname() };
}

/** An account may have no entry in the system's list (containers). */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return "";
  }
}

/**
 * A text with the home folder as `~`, the user's name as `[user]` and the machine's as `[host]`, in upper and lower case
 * alike, as words of their own. Accounts that are nobody's name (root, admin) stay.
 */
export function redactPerson(text: string, { home, user, host }: Person): string {
  let out = text;
  if (home.length > 1) for (const form of homeForms(home)) out = out.replaceAll(new RegExp(`${escapePattern(form)}(?![\\p{L}\\d_-])`, "giu"), "~");
  for (const [name, mask] of [[user, "[user]"], [host, "[host]"], [host.split(".")[0] ?? "", "[host]"]] as const) {
    if (name.length < MIN_NAME || NOBODY.has(name.toLowerCase())) continue;
    out = out.replaceAll(new RegExp(`(?<![\\p{L}\\d])${escapePattern(name)}(?![\\p{L}\\d])`, "giu"), mask);
  }
  return out;
}

/** As the system writes it, as `file:` addresses and stacks do, and with its separators escaped. */
function homeForms(home: string): readonly string[] {
  const forward = home.replaceAll("\\", "/");
  return [...new Set([home, forward, encodeURI(forward), home.replaceAll("\\", "\\\\")])].toSorted((a, b) => b.length - a.length);
}
