import { MAX_DEPTH, type SourceEntry, type SourceNode } from "./source-node.ts";
import { isPlainText, plainValue, readFlow, readQuoted, skipSpaces, type ScalarReading } from "./yaml-scalar.ts";
import { readYamlScalar } from "./yaml-library.ts";

/** Reads the part of the text from `start` to `end`, the way a reader of all of YAML does; null: only the whole can be read. */
export type PartReader = (start: number, end: number, column: number) => SourceNode | null;

const KEY = /[A-Za-z0-9_$][\w$.\-/]*(?: +[\w$.\-/]+)* *:(?=[ \r\n]|$)/y;
const REST_OF_LINE = / *(?: #[^\r\n]*)?(?=[\r\n]|$)/y;
const BLOCK_HEADER = /[|>][-+]? *(?: #[^\r\n]*)?\r?\n/y;
/** YAML looks no further for the colon of a key. */
const MAX_KEY = 1_000;

/**
 * Reads the YAML that suites are mostly written in: maps and lists by indentation, short lists and maps in brackets, plain,
 * quoted and block texts. It is strict: whatever may mean something else is left to `part`, item by item, so that the
 * slow way is taken only where it has to be. Null: nothing of it could be read; the whole is to be read the slow way.
 * The lines of `text` end in LF or CRLF.
 */
export function readPlainYaml(text: string, part: PartReader): SourceNode | null {
  /** The line that is to be read next: where its content begins, and how far it is indented; `at` is the length at the end. */
  let at = 0;
  let indent = 0;
  /** A line that cannot be judged here: a tab in the indentation, the mark of a document. */
  let odd = false;

  /** To the first line with content at or after `from`, the beginning of a line. */
  const goTo = (from: number): void => {
    let start = from;
    for (;;) {
      at = skipSpaces(text, start);
      indent = at - start;
      const code = text.charCodeAt(at);
      if (at >= text.length) {
        at = text.length;
        indent = -1;
        return;
      }
      if (code !== 10 && code !== 13 && code !== 35) break;
      start = nextLine(text, at);
    }
    if (text.charCodeAt(at) === 9 || (indent === 0 && /^(?:---|\.\.\.|%)/.test(text.slice(at, at + 3)))) odd = true;
  };

  const stands = (column: number): boolean => indent === column && !odd;

  /** Over the rest of the line at `end`, where nothing but a comment may stand. */
  const finish = (reading: ScalarReading): SourceNode | null => {
    if (reading === null) return null;
    REST_OF_LINE.lastIndex = reading.end;
    if (!REST_OF_LINE.test(text)) return null;
    goTo(nextLine(text, reading.end));
    return reading.node;
  };

  const block = (depth: number): SourceNode | null => {
    if (depth > MAX_DEPTH || odd) return null;
    return isDash(text, at) ? sequence(indent, depth) : mapping(indent, depth);
  };

  /** What follows a dash or a colon at `from`; `parent` is the indentation that its continuation must exceed. */
  const valueAfter = (from: number, keyAt: number, parent: number, listMayAlign: boolean, depth: number): SourceNode | null => {
    const start = skipSpaces(text, from);
    if (!isLineEnd(text, start) && text.charCodeAt(start) !== 35) return inline(start, parent, depth);
    goTo(nextLine(text, start));
    if (odd) return null;
    if (indent > parent || (listMayAlign && indent === parent && isDash(text, at))) return block(depth + 1);
    return { kind: "scalar", at: keyAt, value: null };
  };

  const sequence = (column: number, depth: number): SourceNode | null => {
    const start = at;
    const items: SourceNode[] = [];
    while (stands(column) && isDash(text, at)) {
      const itemAt = at;
      const item = element(column, depth);
      if (item !== null && indent <= column && !odd) items.push(item);
      else {
        const end = endOfPart(itemAt, column, false);
        const node = part(itemAt, end, column);
        if (node?.kind === "broken") items.push(node);
        else if (node?.kind === "list" && node.items.length === 1) items.push(...node.items);
        else return null;
        odd = false;
        goTo(end);
      }
    }
    return odd || indent > column ? null : { kind: "list", at: start, items };
  };

  const element = (column: number, depth: number): SourceNode | null => {
    const dash = at;
    const start = skipSpaces(text, dash + 1);
    if (isLineEnd(text, start) || text.charCodeAt(start) === 35) return valueAfter(dash + 1, dash, column, false, depth);
    const nested = isDash(text, start);
    if (!nested && keyAt(start) === null) return inline(start, column, depth);
    if (depth >= MAX_DEPTH) return null;
    at = start;
    indent = column + (start - dash);
    return nested ? sequence(indent, depth + 1) : mapping(indent, depth + 1);
  };

  const mapping = (column: number, depth: number): SourceNode | null => {
    const start = at;
    const entries: SourceEntry[] = [];
    while (stands(column)) {
      const entryAt = at;
      const key = keyAt(at);
      if (key === null) return null;
      const value = valueAfter(key.end, entryAt, column, true, depth);
      if (value !== null && indent <= column && !odd) entries.push({ key: key.name, at: entryAt, value });
      else if (depth > 0) return null;
      else {
        const end = endOfPart(entryAt, column, true);
        const node = part(entryAt, end, column);
        if (node?.kind === "broken") entries.push({ key: key.name, at: entryAt, value: node });
        else if (node?.kind === "map" && node.entries.length === 1) entries.push(...node.entries);
        else return null;
        odd = false;
        goTo(end);
      }
    }
    return odd || indent > column ? null : { kind: "map", at: start, entries };
  };

  const keyAt = (start: number): { readonly name: string; readonly end: number } | null => {
    const first = text.charCodeAt(start);
    if (first === 34 || first === 39) {
      const quoted = readQuoted(text, start);
      if (quoted === null || quoted.end - start > MAX_KEY || /[\r\n]/.test(text.slice(start, quoted.end))) return null;
      const colon = skipSpaces(text, quoted.end);
      const after = text.charCodeAt(colon + 1);
      return text.charCodeAt(colon) === 58 && (after === 32 || isLineEnd(text, colon + 1)) ? { name: quoted.value, end: colon + 1 } : null;
    }
    KEY.lastIndex = start;
    const found = KEY.exec(text)?.[0];
    return found === undefined || found.length > MAX_KEY ? null : { name: found.slice(0, -1).trimEnd(), end: start + found.length };
  };

  const inline = (start: number, parent: number, depth: number): SourceNode | null => {
    switch (text.charCodeAt(start)) {
      case 34:
      case 39: {
        const quoted = readQuoted(text, start);
        if (quoted === null || !continues(start, quoted.end, parent)) return null;
        return finish({ node: { kind: "scalar", at: start, value: quoted.value }, end: quoted.end });
      }
      case 91:
      case 123:
        return finish(readFlow(text, start, depth + 1));
      case 124:
      case 62:
        return blockText(start, parent);
      default:
        return plainText(start, parent);
    }
  };

  /** Whether all lines of a text but its first are blank or indented more than `parent`. */
  const continues = (start: number, end: number, parent: number): boolean => {
    for (let line = nextLine(text, start); line < end; line = nextLine(text, line)) {
      const content = skipSpaces(text, line);
      if (content - line <= parent && !isLineEnd(text, content)) return false;
    }
    return true;
  };

  const blockText = (start: number, parent: number): SourceNode | null => {
    BLOCK_HEADER.lastIndex = start;
    if (!BLOCK_HEADER.test(text)) return null;
    let end = BLOCK_HEADER.lastIndex;
    for (;;) {
      const content = skipSpaces(text, end);
      if (content >= text.length) end = text.length;
      if (end === text.length || (content - end <= parent && !isLineEnd(text, content))) break;
      end = nextLine(text, content);
    }
    const value = readYamlScalar(text.slice(start, end));
    if (value === null) return null;
    goTo(end);
    return { kind: "scalar", at: start, value };
  };

  const plainText = (start: number, parent: number): SourceNode | null => {
    const end = lineEnd(text, start);
    const comment = text.slice(start, end).indexOf(" #");
    const first = text.slice(start, comment === -1 ? end : start + comment).trimEnd();
    if (!isPlainText(first)) return null;
    let content = first;
    let from = nextLine(text, end);
    for (let blank = 0; from < text.length; ) {
      const lineAt = skipSpaces(text, from);
      const stop = lineEnd(text, lineAt);
      const more = text.slice(lineAt, stop).trimEnd();
      if (more === "") blank += 1;
      else {
        if (lineAt - from <= parent) break;
        if (comment !== -1 || !isPlainText(more)) return null;
        content += blank === 0 ? ` ${more}` : "\n".repeat(blank) + more;
        blank = 0;
      }
      from = nextLine(text, stop);
    }
    goTo(from);
    return { kind: "scalar", at: start, value: plainValue(content) };
  };

  /** Where what began at `from` ends: at the next line that is indented no more than `column`. */
  const endOfPart = (from: number, column: number, listMayAlign: boolean): number => {
    let line = nextLine(text, from);
    while (line < text.length) {
      const content = skipSpaces(text, line);
      const blank = isLineEnd(text, content) || text.charCodeAt(content) === 35;
      if (!blank && content - line <= column && !(listMayAlign && isDash(text, content))) break;
      line = nextLine(text, content);
    }
    return line;
  };

  goTo(0);
  if (indent === 0 && text.startsWith("---", at) && isLineEnd(text, skipSpaces(text, at + 3))) {
    odd = false;
    goTo(nextLine(text, at));
  }
  if (odd || indent !== 0 || isDash(text, at)) return null;
  const root = mapping(0, 0);
  return at === text.length ? root : null;
}

function isDash(text: string, at: number): boolean {
  return text.charCodeAt(at) === 45 && (text.charCodeAt(at + 1) === 32 || isLineEnd(text, at + 1));
}

/** The end of the text counts as the end of a line. */
function isLineEnd(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return at >= text.length || code === 10 || (code === 13 && (at + 1 >= text.length || text.charCodeAt(at + 1) === 10));
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  if (end === -1) return text.length;
  return end > from && text.charCodeAt(end - 1) === 13 ? end - 1 : end;
}

function nextLine(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end === -1 ? text.length : end + 1;
}
