import type { JsonValue } from "../../shared/simulation.ts";
import { quote } from "../documents/found-words.ts";
import { readJson } from "../documents/json-source.ts";
import type { SourceEntry, SourceFault, SourceNode } from "../documents/source-node.ts";
import { plainValue } from "../documents/yaml-scalar.ts";

const PAIR = /\s*([^=;]+?)\s*=\s*("(?:[^"\\]|\\.)*"|[^;]*?)\s*(?:;|$)/y;

/**
 * The map in a cell of a CSV file: a JSON object, or `name=value;name=value` (contract 5.1), where numbers, true, false
 * and null are read as such, and text that holds a semicolon, or must not be read so, stands in quotes. Everything is
 * said to stand at `at`, where the cell begins.
 */
export function readMapCell(cell: string, at: number, path: readonly PropertyKey[]): { readonly node: SourceNode; readonly faults: readonly SourceFault[] } {
  if (/^[[{]/.test(cell)) {
    const { root, faults } = readJson(cell);
    if (root === null) return broken(at, path, faults[0]?.message ?? "not well-formed JSON");
    return { node: placedAt(root, at), faults: [] };
  }
  const entries: SourceEntry[] = [];
  for (let from = 0; from < cell.length; from = PAIR.lastIndex) {
    PAIR.lastIndex = from;
    const [, key, written] = PAIR.exec(cell) ?? [];
    const value = written === undefined ? undefined : scalarValue(written);
    if (key === undefined || value === undefined) {
      return broken(at, path, `found ${quote(cell.slice(from).trim())}; allowed: name=value pairs separated by ; or a JSON object`);
    }
    entries.push({ key, at, value: { kind: "scalar", at, value } });
  }
  return { node: { kind: "map", at, entries }, faults: [] };
}

function broken(at: number, path: readonly PropertyKey[], message: string): { readonly node: SourceNode; readonly faults: readonly SourceFault[] } {
  return { node: { kind: "broken", at }, faults: [{ at, path, message }] };
}

/** The list in a cell of a CSV file: a JSON list, or words separated by `;` or `,`. */
export function readListCell(cell: string, at: number, path: readonly PropertyKey[]): { readonly node: SourceNode; readonly faults: readonly SourceFault[] } {
  if (cell.startsWith("[")) {
    const { root, faults } = readJson(cell);
    return root === null ? broken(at, path, faults[0]?.message ?? "not well-formed JSON") : { node: placedAt(root, at), faults: [] };
  }
  const words = cell.split(/[;,]/).map((word) => word.trim()).filter((word) => word !== "");
  return { node: { kind: "list", at, items: words.map((value) => ({ kind: "scalar", at, value })) }, faults: [] };
}

/** `undefined` for a text in quotes that is not well formed. */
function scalarValue(written: string): JsonScalar | undefined {
  if (!written.startsWith('"')) return plainValue(written) ?? (written === "" ? "" : null);
  const { root } = readJson(written);
  return root?.kind === "scalar" ? root.value : undefined;
}

type JsonScalar = Extract<JsonValue, string | number | boolean | null>;

function placedAt(node: SourceNode, at: number): SourceNode {
  switch (node.kind) {
    case "list":
      return { kind: "list", at, items: node.items.map((item) => placedAt(item, at)) };
    case "map":
      return { kind: "map", at, entries: node.entries.map(({ key, value }) => ({ key, at, value: placedAt(value, at) })) };
    case "scalar":
    case "broken":
    default:
      return { ...node, at };
  }
}
