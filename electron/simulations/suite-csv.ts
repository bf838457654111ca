import { CsvError, parse } from "csv-parse/sync";
import { z } from "zod";
import { locateCells, type CellPlaces } from "./suite-cells.ts";
import { didYouMean, quote } from "../documents/found-words.ts";
import type { SourceEntry, SourceFault, SourceNode } from "../documents/source-node.ts";
import { readListCell, readMapCell } from "./suite-pairs.ts";

/** The columns of a suite (contract 5.1), in any order. */
export const columns = ["test_id", "user_id", "platform", "utterance", "intent", "entities", "next_flow", "response_contains", "session_context", "tags"] as const;
type Column = (typeof columns)[number];
const required: readonly Column[] = ["test_id", "user_id", "utterance", "intent"];

const DELIMITERS = [",", ";", "\t"] as const;
const recordsSchema = z.array(z.array(z.string()));

/** The cells of one record by column, each with the place where it stands. */
type Row = ReadonlyMap<Column, { readonly text: string; readonly at: number }>;

/**
 * Reads a suite in CSV into the tree of a suite file: a header, then a case per record. The delimiter (comma, semicolon
 * or tab) is the one that gives the header the most columns that are known. Records of empty cells are left out.
 */
export function readSuiteCsv(text: string): { readonly root: SourceNode | null; readonly faults: readonly SourceFault[] } {
  if (text.trim() === "") return { root: null, faults: [] };
  const delimiter = detectDelimiter(text);
  const { places, fault } = locateCells(text, delimiter);
  const records = fault === null ? parseRecords(text, delimiter) : fault;
  if ("message" in records) return { root: null, faults: [records] };

  const first = records.findIndex((record) => !isBlank(record));
  const header = (records[first] ?? []).map((name) => name.trim());
  const faults = [...headerFaults(header, places[first] ?? [])];
  if (faults.length > 0) return { root: null, faults };

  const cases: SourceNode[] = [];
  for (const [index, record] of records.entries()) {
    if (index <= first || isBlank(record)) continue;
    const node = readRecord(record, header, places, index, cases.length, faults);
    cases.push(node);
  }
  const list: SourceNode = { kind: "list", at: 0, items: cases };
  return { root: { kind: "map", at: 0, entries: [{ key: "cases", at: 0, value: list }] }, faults };
}

function detectDelimiter(text: string): string {
  const line = /[^\r\n]+/.exec(text)?.[0] ?? "";
  const known = (delimiter: string): number => line.split(delimiter).filter((name) => isColumn(name.replaceAll('"', "").trim())).length;
  return DELIMITERS.toSorted((a, b) => known(b) - known(a))[0] ?? ",";
}

function isColumn(name: string | undefined): name is Column {
  return columns.some((column) => column === name);
}

function isBlank(record: readonly string[]): boolean {
  return record.every((cell) => cell.trim() === "");
}

function parseRecords(text: string, delimiter: string): readonly (readonly string[])[] | SourceFault {
  try {
    return recordsSchema.parse(parse(text, { delimiter, relax_column_count: true, record_delimiter: ["\r\n", "\n", "\r"] }));
  } catch (error) {
    if (error instanceof CsvError) return { at: null, path: [], message: `not well-formed CSV: ${error.message}` };
    throw error;
  }
}

function headerFaults(header: readonly string[], places: readonly number[]): readonly SourceFault[] {
  const faults: SourceFault[] = [];
  for (const [index, name] of header.entries()) {
    const at = places[index] ?? 0;
    if (!isColumn(name)) faults.push({ at, path: [name], message: `found the unknown column ${quote(name)}; allowed: ${columns.join(", ")}${didYouMean(name, columns)}` });
    else if (header.indexOf(name) < index) faults.push({ at, path: [name], message: "found the same column a second time; allowed: each column once" });
  }
  for (const name of required) {
    if (!header.includes(name)) faults.push({ at: places[0] ?? 0, path: [name], message: `missing; allowed: a header with at least the columns ${required.join(", ")}` });
  }
  return faults;
}

function readRecord(record: readonly string[], header: readonly string[], places: CellPlaces, index: number, number: number, faults: SourceFault[]): SourceNode {
  const cells = places[index] ?? [];
  const start = cells[0] ?? 0;
  if (record.length !== header.length) {
    faults.push({ at: start, path: ["cases", number], message: `found ${record.length} cells; allowed: ${header.length}, as many as the header has` });
    return { kind: "broken", at: start };
  }
  const row = new Map<Column, { readonly text: string; readonly at: number }>();
  for (const [place, name] of header.entries()) {
    const text = (record[place] ?? "").trim();
    // An empty cell says nothing, except where something has to be said.
    if (isColumn(name) && (text !== "" || required.includes(name))) row.set(name, { text, at: cells[place] ?? start });
  }
  const path = ["cases", number];
  const entries = columns.flatMap((name) => (OUTCOME.has(name) ? [] : readCell(row, name, path, faults)));
  const outcome = columns.flatMap((name) => (OUTCOME.has(name) ? readCell(row, name, path, faults) : []));
  entries.push({ key: "expected_outcome", at: start, value: { kind: "map", at: start, entries: outcome } });
  return { kind: "map", at: start, entries };
}

const OUTCOME: ReadonlySet<Column> = new Set(["intent", "entities", "next_flow", "response_contains"]);

function readCell(row: Row, name: Column, path: readonly PropertyKey[], faults: SourceFault[]): readonly SourceEntry[] {
  const cell = row.get(name);
  if (cell === undefined) return [];
  const { node, faults: found } = cellNode(name, cell.text, cell.at, [...path, name]);
  faults.push(...found);
  return [{ key: name, at: cell.at, value: node }];
}

function cellNode(name: Column, text: string, at: number, path: readonly PropertyKey[]): { readonly node: SourceNode; readonly faults: readonly SourceFault[] } {
  switch (name) {
    case "entities":
    case "session_context":
      return readMapCell(text, at, path);
    case "tags":
      return readListCell(text, at, path);
    case "test_id":
    case "user_id":
    case "platform":
    case "utterance":
    case "intent":
    case "next_flow":
    case "response_contains":
    default:
      return { node: { kind: "scalar", at, value: text }, faults: [] };
  }
}
