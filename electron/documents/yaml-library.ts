import { isAlias, isMap, isScalar, isSeq, parseDocument, visit, type Document, type Node, type Pair, type YAMLError } from "yaml";
import { MAX_DEPTH, type SourceEntry, type SourceFault, type SourceNode } from "./source-node.ts";

/** What all aliases of a file may stand for, in values: a few lines can name each other into billions. */
const MAX_ALIASED = 1_000_000;

const TOO_DEEP = `found lists or maps nested too deeply; allowed: at most ${MAX_DEPTH} levels`;

/** `linked`: anchors, aliases or tags are used, so that a part of a file cannot be read apart from the rest. */
export interface YamlReading {
  readonly root: SourceNode | null;
  readonly faults: readonly SourceFault[];
  readonly linked: boolean;
}

/**
 * Reads YAML 1.2 (core schema, and `<<` merges) in all its forms, with the `yaml` package, which takes some 0.4 s for a
 * megabyte. `base` is added to all places: for a part of a file, where it begins.
 */
export function readAnyYaml(text: string, base = 0): YamlReading {
  const doc = parse(text);
  if (doc === null) return { root: null, linked: false, faults: [{ at: base, path: [], message: TOO_DEEP }] };
  const found = [...doc.errors, ...doc.warnings].map((error): SourceFault => ({ at: base + placeOf(error, doc), path: [], message: words(error.code, error.message) }));
  const convert = createConverter(doc, base);
  if (found.length > 0) return { root: null, faults: found, linked: doc.warnings.length > 0 || convert.linked(doc.contents) };
  const root = doc.contents === null ? null : convert.node(doc.contents, 0);
  return { root, faults: convert.faults, linked: convert.linked(doc.contents) };
}

/** The text that a quoted or block scalar stands for; null where it is anything else, or not well formed. */
export function readYamlScalar(text: string): string | null {
  const doc = parse(text);
  if (doc === null || doc.errors.length > 0 || doc.warnings.length > 0 || !isScalar(doc.contents)) return null;
  return typeof doc.contents.value === "string" ? doc.contents.value : null;
}

function parse(text: string): Document.Parsed | null {
  try {
    return parseDocument(text, { prettyErrors: false, uniqueKeys: false, merge: true });
  } catch (error) {
    // The package recurses, and says so with the engine's own error when a text is nested too deeply.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

interface Converted {
  readonly node: SourceNode;
  /** How many values it stands for, aliases written out. */
  readonly size: number;
}

function createConverter(doc: Document.Parsed, base: number) {
  const faults: SourceFault[] = [];
  const anchors = new Map<string, Converted>();
  let aliased = 0;
  let exploded = false;

  const refuse = (at: number, message: string): Converted => {
    faults.push({ at, path: [], message });
    return { node: { kind: "broken", at }, size: 1 };
  };

  const convert = (value: unknown, fallbackAt: number, depth: number): Converted => {
    const at = startOf(value) ?? fallbackAt;
    if (depth > MAX_DEPTH) return refuse(at, TOO_DEEP);
    if (isAlias(value)) return resolve(value.source, at);
    const done = inner(value, at, fallbackAt, depth);
    if ((isScalar(value) || isMap(value) || isSeq(value)) && value.anchor !== undefined) anchors.set(value.anchor, done);
    return done;
  };

  const inner = (value: unknown, at: number, fallbackAt: number, depth: number): Converted => {
    if (isMap(value)) return map(value.items, at, depth);
    if (isSeq(value)) {
      const items = value.items.map((item) => convert(item, at, depth + 1));
      return { node: { kind: "list", at, items: items.map((item) => item.node) }, size: items.reduce((sum, item) => sum + item.size, 1) };
    }
    if (!isScalar(value) || value.value === null || value.value === undefined) return { node: { kind: "scalar", at: isEmpty(value) ? fallbackAt : at, value: null }, size: 1 };
    const plain: unknown = value.value;
    if (typeof plain === "string" || typeof plain === "number" || typeof plain === "boolean") return { node: { kind: "scalar", at, value: plain }, size: 1 };
    return refuse(at, "found a value of a kind that JSON does not have; allowed: text, number, true, false, null, list or map");
  };

  const resolve = (name: string, at: number): Converted => {
    const target = anchors.get(name);
    if (target === undefined) return refuse(at, `found *${name}; allowed: an alias of an anchor (&${name}) that is complete before it`);
    aliased += target.size;
    if (aliased <= MAX_ALIASED) return target;
    if (exploded) return { node: { kind: "broken", at }, size: 1 };
    exploded = true;
    return refuse(at, `found aliases that stand for more than ${MAX_ALIASED.toLocaleString("en")} values; allowed: at most so many in a file`);
  };

  const map = (pairs: readonly Pair[], at: number, depth: number): Converted => {
    const entries: SourceEntry[] = [];
    const merged: SourceEntry[] = [];
    let size = 1;
    for (const pair of pairs) {
      const keyAt = startOf(pair.key) ?? at;
      const value = convert(pair.value, keyAt, depth + 1);
      size += value.size;
      if (isMergeKey(pair.key)) merged.push(...mergeEntries(value.node));
      else if (isScalar(pair.key)) entries.push({ key: pair.key.source ?? String(pair.key.value), at: keyAt, value: value.node });
      else refuse(keyAt, "found a key that is no text; allowed: text");
    }
    const keys = new Set(entries.map((entry) => entry.key));
    for (const entry of merged) {
      if (keys.has(entry.key)) continue;
      keys.add(entry.key);
      entries.push(entry);
    }
    return { node: { kind: "map", at, entries }, size };
  };

  const mergeEntries = (node: SourceNode): readonly SourceEntry[] => {
    if (node.kind === "map") return node.entries;
    if (node.kind === "list") return node.items.flatMap(mergeEntries);
    if (node.kind === "scalar") refuse(node.at, "found a value to merge that is no map; allowed: <<: *name of a map");
    return [];
  };

  const startOf = (value: unknown): number | null => {
    const range = isScalar(value) || isMap(value) || isSeq(value) || isAlias(value) ? value.range : null;
    return range === null || range === undefined ? null : base + range[0];
  };

  return {
    faults,
    node: (root: Node, depth: number): SourceNode => convert(root, base, depth).node,
    linked: (root: unknown): boolean => isLinked(root) || doc.errors.some((error) => error.code === "BAD_ALIAS"),
  };
}

/** A quote that is missing is told where the text begins that it should close, not where the search for it ended. */
function placeOf(error: YAMLError, doc: Document.Parsed): number {
  let place = error.pos[0];
  if (error.code !== "MISSING_CHAR" || !error.message.endsWith("quote")) return place;
  visit(doc, {
    Scalar(_key, { type, range }) {
      const quoted = type === "QUOTE_DOUBLE" || type === "QUOTE_SINGLE";
      if (quoted && range !== null && range !== undefined && range[1] >= error.pos[0] && range[0] <= error.pos[0]) place = range[0];
    },
  });
  return place;
}

/** No character stands there: `key:` and nothing. */
function isEmpty(value: unknown): boolean {
  return !isScalar(value) || value.range === null || value.range === undefined || value.range[0] === value.range[1];
}

function isMergeKey(key: unknown): boolean {
  return isScalar(key) && key.source === "<<" && key.type === "PLAIN";
}

function isLinked(value: unknown): boolean {
  if (isAlias(value)) return true;
  if (isScalar(value)) return value.anchor !== undefined || value.tag !== undefined;
  if (isSeq(value)) return value.anchor !== undefined || value.tag !== undefined || value.items.some(isLinked);
  if (isMap(value)) return value.anchor !== undefined || value.tag !== undefined || value.items.some((pair) => isLinked(pair.key) || isLinked(pair.value));
  return false;
}

function words(code: string, message: string): string {
  switch (code) {
    case "TAB_AS_INDENT":
      return "found a tab as indentation; allowed: spaces";
    case "MULTIPLE_DOCS":
      return "found a second document (---); allowed: one document in a file";
    case "TAG_RESOLVE_FAILED":
      return "found a tag (!…) that is not known; allowed: plain values";
    case "BLOCK_AS_IMPLICIT_KEY":
      return "not well-formed YAML: found a second \": \" in one line, or lines that are indented differently; allowed: one key per line, and text that contains \": \" in quotes";
    case "BAD_SCALAR_START":
      return `not well-formed YAML: ${message}; put the text in quotes`;
    default:
      // The package tells so where it ran into the end of the engine's stack.
      return /call stack/i.test(message) ? TOO_DEEP : `not well-formed YAML: ${message}`;
  }
}
