import { MAX_DEPTH, type SourceEntry, type SourceFault, type SourceNode } from "./source-node.ts";

const LITERAL = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/**
 * Reads JSON text into a tree that knows where everything stands. JSON.parse would lose the places and let a key that is
 * given twice pass in silence. The first fault ends it: JSON gives no hold to go on from.
 */
export function readJson(text: string): { readonly root: SourceNode | null; readonly faults: readonly SourceFault[] } {
  const scan = createScan(text);
  const root = scan.value(0);
  if (root !== null && scan.atEnd()) return { root, faults: [] };
  return { root: null, faults: [scan.fault()] };
}

function createScan(text: string) {
  let at = 0;
  /** What would have been right at `at`, when reading ended early. */
  let allowed = "nothing after the closing }";
  let instead: string | null = null;

  const skipSpace = (): void => {
    for (;;) {
      const code = text.charCodeAt(at);
      if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return;
      at += 1;
    }
  };
  const stop = (what: string, found: string | null = null): null => {
    allowed = what;
    instead = found;
    return null;
  };
  const takeChar = (code: number): boolean => {
    skipSpace();
    if (text.charCodeAt(at) !== code) return false;
    at += 1;
    return true;
  };

  const quoted = (what: string): string | null => {
    if (text.charCodeAt(at) !== 34) return stop(what);
    const end = closingQuote(text, at);
    const content = end === -1 ? null : unquoteJson(text, at, end);
    if (content === null) return stop('a text on one line, closed by " and with valid \\ escapes', "a text that is not well formed");
    at = end + 1;
    return content;
  };

  const value = (depth: number): SourceNode | null => {
    skipSpace();
    const start = at;
    if (depth > MAX_DEPTH) return stop(`at most ${MAX_DEPTH} levels`, "lists or objects nested too deeply");
    switch (text.charCodeAt(at)) {
      case 123:
        at += 1;
        return members(start, depth);
      case 91:
        at += 1;
        return items(start, depth);
      case 34: {
        const content = quoted("a text");
        return content === null ? null : { kind: "scalar", at: start, value: content };
      }
      default: {
        LITERAL.lastIndex = at;
        const literal = LITERAL.exec(text)?.[0];
        if (literal === undefined) return stop("a value: text in double quotes, number, true, false, null, [ or {");
        at += literal.length;
        return { kind: "scalar", at: start, value: literalValue(literal) };
      }
    }
  };

  const members = (start: number, depth: number): SourceNode | null => {
    const entries: SourceEntry[] = [];
    if (takeChar(125)) return { kind: "map", at: start, entries };
    do {
      skipSpace();
      const keyAt = at;
      const key = quoted("a key in double quotes (no comma before })");
      if (key === null) return null;
      if (!takeChar(58)) return stop("a colon after the key");
      const inner = value(depth + 1);
      if (inner === null) return null;
      entries.push({ key, at: keyAt, value: inner });
    } while (takeChar(44));
    return takeChar(125) ? { kind: "map", at: start, entries } : stop("a comma or }");
  };

  const items = (start: number, depth: number): SourceNode | null => {
    const list: SourceNode[] = [];
    if (takeChar(93)) return { kind: "list", at: start, items: list };
    do {
      const inner = value(depth + 1);
      if (inner === null) return null;
      list.push(inner);
    } while (takeChar(44));
    return takeChar(93) ? { kind: "list", at: start, items: list } : stop("a comma or ]");
  };

  return {
    value,
    atEnd: (): boolean => {
      skipSpace();
      return at === text.length;
    },
    fault: (): SourceFault => ({ at, path: [], message: `not well-formed JSON: found ${instead ?? charAt(text, at)}; allowed: ${allowed}` }),
  };
}

function literalValue(literal: string): number | boolean | null {
  if (literal === "true") return true;
  if (literal === "false") return false;
  return literal === "null" ? null : Number(literal);
}

/** The offset of the quote that closes the text whose opening quote stands at `start`; -1 where there is none. */
export function closingQuote(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end !== -1) {
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === 92 && end - 1 - slashes > start) slashes += 1;
    if (slashes % 2 === 0) return end;
    end = text.indexOf('"', end + 1);
  }
  return -1;
}

/** The content of the JSON text between the quotes at `start` and `end`; null where it is not well formed. */
export function unquoteJson(text: string, start: number, end: number): string | null {
  const inner = text.slice(start + 1, end);
  if (!/[\\\p{Cc}]/u.test(inner)) return inner;
  try {
    const content: unknown = JSON.parse(text.slice(start, end + 1));
    return typeof content === "string" ? content : null;
  } catch {
    return null;
  }
}

function charAt(text: string, at: number): string {
  if (at >= text.length) return "the end of the text";
  if (text.startsWith("//", at) || text.startsWith("/*", at)) return "a comment, which JSON does not have";
  const char = String.fromCodePoint(text.codePointAt(at) ?? 0);
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(char) ? `the character ${char}` : "a character that cannot be shown";
}
