import { err, ok, type Result } from "../../shared/result.ts";
import { didYouMean } from "../documents/found-words.ts";
import type { CommandFault, CommandWord } from "./command-words.ts";

/** What an option of curl is to a definition. */
export type CurlPart = "url" | "method" | "header" | "data" | "data-raw" | "json" | "user" | "max-time" | "cookie";

/** An option that was given, with its value; `name` as it was written, `at` where it stands. */
export interface CurlArgument {
  readonly part: CurlPart;
  readonly name: string;
  readonly value: string;
  readonly at: number;
}

export interface CurlCommand {
  readonly arguments: readonly CurlArgument[];
  /** Whether it was told to follow redirects. */
  readonly follows: boolean;
}

const VALUED: ReadonlyMap<string, CurlPart> = new Map([
  ["-X", "method"],
  ["--request", "method"],
  ["-H", "header"],
  ["--header", "header"],
  ["-d", "data"],
  ["--data", "data"],
  ["--data-binary", "data"],
  ["--data-raw", "data-raw"],
  ["--json", "json"],
  ["-u", "user"],
  ["--user", "user"],
  ["-m", "max-time"],
  ["--max-time", "max-time"],
  ["--url", "url"],
  ["-b", "cookie"],
  ["--cookie", "cookie"],
]);
/** What changes only how curl itself behaves. */
const IGNORED: ReadonlySet<string> = new Set(["-s", "--silent", "-S", "--show-error", "-L", "--location", "-i", "--include", "-v", "--verbose", "--compressed"]);

const UNDERSTOOD = "one address, -X/--request, -H/--header, -d/--data/--data-raw/--data-binary/--json, -u/--user, -m/--max-time, --url, and -L, -s, -S, -i, -v, -b/--cookie, --compressed without effect";

/** Sorts the words of a curl command. Every option that is not understood is told, with its place. */
export function readCurl(words: readonly CommandWord[]): Result<CurlCommand, readonly CommandFault[]> {
  const [first, ...rest] = words;
  if (first === undefined || !/^curl(?:\.exe)?$/i.test(first.text)) {
    return err([{ at: first?.at ?? 0, message: `found ${first === undefined ? "nothing" : "a text that does not begin with curl"}; allowed: one curl command` }]);
  }
  const args: CurlArgument[] = [];
  const faults: CommandFault[] = [];
  let follows = false;
  for (let index = 0; index < rest.length; index += 1) {
    const word = rest[index] ?? { text: "", at: 0 };
    const option = readOption(word);
    if (option.kind === "unknown") faults.push({ at: word.at, message: `found ${option.name}; allowed: ${UNDERSTOOD}${didYouMean(option.name, option.name.startsWith("--") ? [...VALUED.keys(), ...IGNORED].filter((one) => one.startsWith("--")) : [])}` });
    if (option.kind === "unknown") continue;
    follows ||= option.follows;
    if (option.kind === "flags") continue;
    let { value } = option;
    if (value === null) {
      index += 1;
      value = rest[index]?.text ?? null;
    }
    if (value === null) faults.push({ at: word.at, message: `found ${option.name} at the end; allowed: ${option.name} and what belongs to it` });
    else if (readsFile(option.part, value)) faults.push({ at: word.at, message: `found ${option.name} with a file${option.part === "cookie" ? "" : " (@…)"}; allowed: ${option.name} and the text itself` });
    else args.push({ part: option.part, name: option.name, value, at: word.at });
  }
  // What belongs to an option that is not understood looks like an address: only the options are told.
  const wrong = faults.length > 0 ? faults : [...missingOrTwice(args, first.at)];
  return wrong.length > 0 ? err(wrong) : ok({ arguments: args, follows });
}

type Option =
  | { readonly kind: "unknown"; readonly name: string }
  | { readonly kind: "flags"; readonly follows: boolean }
  /** `value` is null where it is the next word. */
  | { readonly kind: "valued"; readonly part: CurlPart; readonly name: string; readonly value: string | null; readonly follows: boolean };

function readOption({ text }: CommandWord): Option {
  if (!text.startsWith("-") || text === "-") return text === "-" ? { kind: "unknown", name: "-" } : { kind: "valued", part: "url", name: "the address", value: text, follows: false };
  if (text.startsWith("--")) {
    const part = VALUED.get(text);
    if (part !== undefined) return { kind: "valued", part, name: text, value: null, follows: false };
    return IGNORED.has(text) ? { kind: "flags", follows: text === "--location" } : { kind: "unknown", name: text.replace(/=.*$/s, "=").slice(0, 40) };
  }
  let follows = false;
  for (let index = 1; index < text.length; index += 1) {
    const name = `-${text[index] ?? ""}`;
    const part = VALUED.get(name);
    if (part !== undefined) return { kind: "valued", part, name, value: index + 1 < text.length ? text.slice(index + 1) : null, follows };
    if (!IGNORED.has(name)) return { kind: "unknown", name };
    follows ||= name === "-L";
  }
  return { kind: "flags", follows };
}

/** `--data-raw` takes an @ as it stands; cookies without a = are the name of a file. */
function readsFile(part: CurlPart, value: string): boolean {
  if (part === "cookie") return !value.includes("=");
  return value.startsWith("@") && (part === "data" || part === "json" || part === "header");
}

function missingOrTwice(args: readonly CurlArgument[], start: number): readonly CommandFault[] {
  const faults: CommandFault[] = [];
  if (!args.some(({ part }) => part === "url")) faults.push({ at: start, message: "found no address; allowed: curl and one address" });
  const seen = new Set<string>();
  for (const { part, name, at } of args) {
    if (part === "header" || part === "cookie") continue;
    const group = part === "data-raw" || part === "json" ? "data" : part;
    if (seen.has(group)) faults.push({ at, message: group === "url" ? "found a second address; allowed: one" : `found ${name} a second time; allowed: once${group === "data" ? ", since what is sent is one JSON text" : ""}` });
    seen.add(group);
  }
  return faults;
}
