import { closingQuote, unquoteJson } from "./json-source.ts";
import { MAX_DEPTH, type SourceEntry, type SourceNode } from "./source-node.ts";
import { readYamlScalar } from "./yaml-library.ts";

/** A value and the offset behind it; null: not one of the plain forms, or not well formed. */
export type ScalarReading = { readonly node: SourceNode; readonly end: number } | null;

const NUMBER = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;
const PREFIXED = /^0(?:o[0-7]+|x[\da-fA-F]+)$/;
const FLOW_KEY = /[A-Za-z_][\w$-]*(?=: )/y;
/** Up to what may end a plain text within [ ] and { }: a sign of the collection, a comment, the line. */
const FLOW_TEXT = /[^\r\n,[\]{}]*/y;
/** What YAML gives a meaning of its own at the beginning of a plain text; a dash, ? or : only before a space. */
const SIGN_FIRST = /^(?:[,[\]{}#&*!|>'"%@`\t]|[-?:](?:[ ,[\]{}]|$))/;

/** What a plain text stands for by the core schema of YAML 1.2: null, true, false, a number, or itself. */
export function plainValue(text: string): string | number | boolean | null {
  switch (text) {
    case "":
    case "~":
    case "null":
    case "Null":
    case "NULL":
      return null;
    case "true":
    case "True":
    case "TRUE":
      return true;
    case "false":
    case "False":
    case "FALSE":
      return false;
    default:
      return numberOrText(text);
  }
}

function numberOrText(text: string): string | number {
  if (!/^[-+.\d]/.test(text)) return text;
  if (NUMBER.test(text) || PREFIXED.test(text)) return Number(text);
  if (/^[-+]?\.(?:inf|Inf|INF)$/.test(text)) return text.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return /^\.(?:nan|NaN|NAN)$/.test(text) ? Number.NaN : text;
}

/** Whether a text without line breaks may stand as it is: nothing in it has a meaning to YAML. */
export function isPlainText(text: string): boolean {
  return text !== "" && !SIGN_FIRST.test(text) && !text.includes(": ") && !text.includes(" #") && !text.endsWith(":") && !text.includes("\t");
}

/** The quoted text that begins at `start`, on one line or several; its continuation lines are the caller's to judge. */
export function readQuoted(text: string, start: number): { readonly value: string; readonly end: number } | null {
  const single = text.charCodeAt(start) === 39;
  const close = single ? closingApostrophe(text, start) : closingQuote(text, start);
  if (close === -1) return null;
  const end = close + 1;
  const inner = text.slice(start + 1, close);
  if (/[\r\n]/.test(inner)) return unfold(text.slice(start, end), end);
  if (single) return { value: inner.replaceAll("''", "'"), end };
  const value = unquoteJson(text, start, close);
  return value === null ? unfold(text.slice(start, end), end) : { value, end };
}

function unfold(quoted: string, end: number): { readonly value: string; readonly end: number } | null {
  const value = readYamlScalar(quoted);
  return value === null ? null : { value, end };
}

function closingApostrophe(text: string, start: number): number {
  let end = text.indexOf("'", start + 1);
  while (end !== -1 && text.charCodeAt(end + 1) === 39) end = text.indexOf("'", end + 2);
  return end;
}

/** The list in [ ] or the map in { } that begins at `start` and ends on the same line. */
export function readFlow(text: string, start: number, depth = 0): ScalarReading {
  if (depth > MAX_DEPTH) return null;
  switch (text.charCodeAt(start)) {
    case 91:
      return flowList(text, start, depth);
    case 123:
      return flowMap(text, start, depth);
    case 34:
    case 39: {
      const quoted = readQuoted(text, start);
      if (quoted === null || /[\r\n]/.test(text.slice(start, quoted.end))) return null;
      return { node: { kind: "scalar", at: start, value: quoted.value }, end: quoted.end };
    }
    default:
      return flowText(text, start);
  }
}

function flowText(text: string, start: number): ScalarReading {
  FLOW_TEXT.lastIndex = start;
  const plain = (FLOW_TEXT.exec(text)?.[0] ?? "").trimEnd();
  if (!isPlainText(plain)) return null;
  return { node: { kind: "scalar", at: start, value: plainValue(plain) }, end: start + plain.length };
}

function flowList(text: string, start: number, depth: number): ScalarReading {
  const items: SourceNode[] = [];
  let at = skipSpaces(text, start + 1);
  while (text.charCodeAt(at) !== 93) {
    const item = readFlow(text, at, depth + 1);
    if (item === null) return null;
    items.push(item.node);
    const next = afterItem(text, item.end, 93);
    if (next === null) return null;
    at = next;
  }
  return { node: { kind: "list", at: start, items }, end: at + 1 };
}

function flowMap(text: string, start: number, depth: number): ScalarReading {
  const entries: SourceEntry[] = [];
  let at = skipSpaces(text, start + 1);
  while (text.charCodeAt(at) !== 125) {
    const key = flowKey(text, at);
    if (key === null) return null;
    const value = readFlow(text, skipSpaces(text, key.end), depth + 1);
    if (value === null) return null;
    entries.push({ key: key.value, at, value: value.node });
    const next = afterItem(text, value.end, 125);
    if (next === null) return null;
    at = next;
  }
  return { node: { kind: "map", at: start, entries }, end: at + 1 };
}

/** A key with its colon. After a quoted key the colon needs no space. */
function flowKey(text: string, at: number): { readonly value: string; readonly end: number } | null {
  const first = text.charCodeAt(at);
  if (first === 34 || first === 39) {
    const quoted = readQuoted(text, at);
    if (quoted === null || text.slice(at, quoted.end).includes("\n") || text.charCodeAt(quoted.end) !== 58) return null;
    return { value: quoted.value, end: quoted.end + 1 };
  }
  FLOW_KEY.lastIndex = at;
  const key = FLOW_KEY.exec(text)?.[0];
  return key === undefined ? null : { value: key, end: at + key.length + 1 };
}

/** Where the next item or the closing sign stands; null where neither a comma nor that sign follows. */
function afterItem(text: string, end: number, close: number): number | null {
  const at = skipSpaces(text, end);
  if (text.charCodeAt(at) === 44) return skipSpaces(text, at + 1);
  return text.charCodeAt(at) === close ? at : null;
}

export function skipSpaces(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) === 32) at += 1;
  return at;
}
