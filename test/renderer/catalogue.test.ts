import { parseAst } from "vite";
import { describe, expect, it } from "vitest";
import { type Entry, entriesOf, sayings, type Source, sourcesOfPanel } from "../support/catalogues.ts";

const english = await entriesOf("en");
const german = await entriesOf("de");
const sources = await sourcesOfPanel();

const nameOf = ({ file, path }: Entry): string => `${file} ${path.join(".")}`;

/** These say nothing in some cases, on purpose. */
const SILENT = /worth(?:Hints)?\.(?:mixed|few)$|channelReason$|problems\.listed$|bridge\.scope\.example$/u;

describe.each([
  ["English", english],
  ["German", german],
])("the catalogue in %s", (_language, entries) => {
  it("says something in each of its texts, and no value is lost on the way", () => {
    const wrong = entries.filter((entry) => {
      const said = sayings(entry.value);
      return (!SILENT.test(nameOf(entry)) && said.some((text) => text.trim() === "")) || said.some((text) => /undefined|\[object/u.test(text));
    });
    expect(wrong.map(nameOf)).toEqual([]);
  });

  it("holds no piece that begins or ends with a space, as words that are glued together would", () => {
    const glued = entries.filter(({ value, path }) => typeof value === "string" && value !== value.trim() && !GLUED.has(path.join(".")));
    expect(glued.map(nameOf)).toEqual([]);
  });
});

/** A sentence with which a parser's own words go on. */
const GLUED = new Set(["define.wrong", "try.wrong"]);

it("has the same texts in both languages", () => {
  expect(german.map(nameOf).sort()).toEqual(english.map(nameOf).sort());
  for (const entry of english) {
    const twin = german.find((one) => nameOf(one) === nameOf(entry));
    expect([nameOf(entry), typeof twin?.value]).toEqual([nameOf(entry), typeof entry.value]);
  }
});

/** What is called the same in both languages: names, signs, and words that German took over. */
const SAME = new RegExp(
  [
    String.raw`^[^\p{L}]*$`,
    String.raw`^Suite…$`,
    String.raw`\b(?:Callside|Live|Tunnel|Bridge|Bot|Chat|Chats|Version|Host|Hosts|JSON|Headers?|Status|Simulation|Flows?|Intent|Name|Agent|Normal|Region|System|Code|Team)\b`,
    String.raw`^(?:p50|p95|p99|ms|English|Deutsch|live|in 1|in 7|in Wort)`,
    String.raw`^(?:1|7|Wort|\+|“|„)(?:\b|$)`,
    String.raw`^(?:Genesys → Callside|Callside → Genesys)$`,
  ].join("|"),
  "u",
);

it("leaves no English in German", () => {
  const left = english.filter((entry) => {
    const twin = german.find((one) => nameOf(one) === nameOf(entry));
    const [saidHere, saidThere] = [sayings(entry.value), sayings(twin?.value)];
    if (entry.path.at(-1) === "example") return false;
    return saidHere.every((text, index) => text === saidThere[index] && !SAME.test(text));
  });
  expect(left.map((entry) => `${nameOf(entry)}: ${sayings(entry.value)[0]}`)).toEqual([]);
  const foreign = german.filter((entry) => entry.path.at(-1) !== "example" && sayings(entry.value).some((text) => /\b(?:the|and|with|not|your|from|this|is|of|has|are)\b|[“][^„]*[”]|"/u.test(text)));
  expect(foreign.map((entry) => `${nameOf(entry)}: ${sayings(entry.value)[0]}`)).toEqual([]);
});

it("speaks to a person as „Sie“, quotes as German does, and lets no line break before a unit", () => {
  const wrong = german.filter((entry) =>
    sayings(entry.value).some((text) => /\b(?:[Dd]u|[Dd]ein\w*|[Dd]ir|[Dd]ich)\b|[”«»]|(?<!„[^“]*)“|\d (?:%|ms|s|min|h|kB|MB)(?!\p{L})/u.test(text)),
  );
  expect(wrong.map((entry) => `${nameOf(entry)}: ${sayings(entry.value)[0]}`)).toEqual([]);
});

/** The name under which a file's texts are had: `texts` of those that are loaded at once. */
const AT_ONCE = new Set(["bridge", "common", "connection", "frame", "setup-link", "suggestion", "talk"]);

function readersOf(file: string): readonly Source[] {
  const area = file.replace("-texts.ts", "");
  const from = AT_ONCE.has(area) ? "/texts.ts" : `/${file}`;
  return sources.filter(({ text }) => text.includes(`${from}"`));
}

const escaped = (key: string): string => key.replaceAll(".", String.raw`\.`);

/** Whether somebody reads a text: by its name, or one of its groups by a name that is worked out or as a whole. */
function isRead({ file, path }: Entry): boolean {
  const readers = readersOf(file).map(({ text }) => text).join("\n");
  const key = escaped(path.at(-1) ?? "");
  if (new RegExp(String.raw`\.${key}\b|\["${key}"\]|\{[^{}]*\b${key}\b[^{}]*\} = `, "u").test(readers)) return true;
  return path.slice(0, -1).some((group) => {
    const name = escaped(group);
    const aliases = [...readers.matchAll(new RegExp(String.raw`\b${name}: (\w+)[ ,}]`, "gu"))].map(([, alias = ""]) => alias);
    if (aliases.some((alias) => new RegExp(String.raw`\b${alias}\[(?!")`, "u").test(readers))) return true;
    return new RegExp(String.raw`\b${name}\[(?!")|\.${name}[,;)}\s]|[(,{] ?${name}[,;)}]|\.\.\.[\w.]*${name}\b`, "u").test(readers);
  });
}

it("holds no text that nobody reads", () => {
  expect(english.filter((entry) => !isRead(entry)).map(nameOf)).toEqual([]);
});

const SAID = new Set(["aria-label", "title", "placeholder", "alt", "aria-description", "aria-roledescription", "aria-valuetext", "label", "hint"]);
/** What is the same in every language: the product's name, keys of the keyboard, methods and units. */
const NO_WORDS = /^(?:Callside|curl|https:\/\/…|Esc|Tab|Alt|Shift|Ctrl|Del|Home|End|PageUp|PageDown|Space|GET|POST|PUT|PATCH|DELETE|JSON|https?|ms|s|p50|p95|p99|[a-z\d?/·–—]|[JKGTZMXR]|Strg)$/u;

interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";

/** The words that an expression says itself: a literal, a template's parts, either end of a condition. */
function said(value: unknown): readonly string[] {
  if (!isNode(value)) return [];
  if (value.type === "Literal") return typeof value["value"] === "string" ? [value["value"]] : [];
  if (value.type === "TemplateLiteral") return (value["quasis"] as readonly { readonly value: { readonly cooked: string } }[]).map((part) => part.value.cooked);
  if (value.type === "ConditionalExpression") return [...said(value["consequent"]), ...said(value["alternate"])];
  if (value.type === "LogicalExpression") return [...said(value["left"]), ...said(value["right"])];
  return value.type === "JSXExpressionContainer" ? said(value["expression"]) : [];
}

function foundIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(foundIn);
  if (!isNode(value)) return [];
  const own =
    value.type === "JSXText"
      ? [String(value["value"])]
      : value.type === "JSXAttribute"
        ? SAID.has(String((value["name"] as Node)["name"])) ? said(value["value"]) : []
        : value.type === "JSXElement" || value.type === "JSXFragment"
          ? (value["children"] as readonly unknown[]).filter((child) => isNode(child) && child.type === "JSXExpressionContainer").flatMap(said)
          : [];
  return [...own, ...Object.values(value).flatMap(foundIn)];
}

it("holds every word that the panel says: none stands in a component", () => {
  const outside = sources
    .filter(({ name }) => name.endsWith(".tsx"))
    .flatMap(({ name, text }) => foundIn(parseAst(text, { lang: "tsx" })).map((words) => ({ name, words: words.trim() })))
    .filter(({ words }) => /\p{L}/u.test(words) && !words.split(/\s+/u).every((word) => NO_WORDS.test(word.replace(/^\((.*)\)$/u, "$1"))));
  expect(outside).toEqual([]);
});
