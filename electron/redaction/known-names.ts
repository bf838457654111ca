import { knownWords, letters, MIN_CHARS, type KnownWords } from "./known-words.ts";

/** A part of a name that is shorter may be a word like every other. */
const MIN_PART = 3;

/** Where a word begins: behind nothing, behind a sign, and behind an escaped one, which may end in a letter (`\n`, `%20`, `\u0022`). */
const BEGIN = String.raw`(?<=^|[^\p{L}\p{N}\p{M}]|\\[bfnrt]|%[\dA-Fa-f]{2}|\\u[\dA-Fa-f]{4})`;
const END = String.raw`(?![\p{L}\p{N}\p{M}])`;

/**
 * The names of people, as they are shown, and each part of them, those of a double name among them. Longer ones are found
 * as {@link knownWords} finds them. Of three letters (Kim, Ana) they may stand in other words or be one, so they are
 * found as whole words only, as they are written, capitalised or in capitals; of two letters (Li) as a whole name, alone
 * or with its other parts, and never as a part by itself.
 */
export function knownNames(names: Iterable<string>): Pick<KnownWords, "strike"> {
  const all = [...names].map((name) => name.trim());
  const parts = all.flatMap(partsOf);
  const long = knownWords([...all, ...parts]);
  const short = new Set([
    ...[...all, ...parts].flatMap(shortForms),
    ...all.filter((name) => name.length === MIN_PART - 1).map(capitalised),
  ]);
  if (short.size === 0) return long;
  const words = new RegExp(`${BEGIN}(?:${[...short].map(letters).join("|")})${END}`, "gu");
  return { strike: (text, mask) => long.strike(text, mask).replace(words, () => mask) };
}

/** Without the small words between names (von, bin), which are words of texts and paths. */
function partsOf(name: string): readonly string[] {
  const isSmall = (part: string): boolean => part.length < MIN_CHARS && part === part.toLowerCase() && name !== name.toLowerCase();
  return [...name.split(/[\s,]+/u), ...name.split(/[\s,-]+/u)].filter((part) => !isSmall(part));
}

function shortForms(name: string): readonly string[] {
  return name.length >= MIN_PART && name.length < MIN_CHARS ? [name, capitalised(name), name.toUpperCase()] : [];
}

function capitalised(name: string): string {
  const [first = "", ...rest] = name;
  return `${first.toUpperCase()}${rest.join("").toLowerCase()}`;
}
