import { fieldName, openDocument, type DocumentReading, type SourceDocument } from "../documents/document.ts";
import { readJson } from "../documents/json-source.ts";
import { readYaml } from "../documents/yaml-source.ts";
import { readSuiteCsv } from "./suite-csv.ts";

/** A suite file that was read, not yet checked. */
export interface SuiteSource extends SourceDocument {
  /** A path as people know it: `cases[3].expected_outcome.intent`, or a column. */
  field(path: readonly PropertyKey[]): string;
}

export const formats = ["yaml", "json", "csv"] as const;
export type SuiteFormat = (typeof formats)[number];

/** The format that a file's name tells; null for any other. */
export function suiteFormat(file: string): SuiteFormat | null {
  const extension = /\.([^./\\]+)$/.exec(file)?.[1]?.toLowerCase();
  if (extension === "yml") return "yaml";
  return formats.find((format) => format === extension) ?? null;
}

/** Reads the text of a suite, without a byte order mark. */
export function openSource(format: SuiteFormat, text: string): SuiteSource {
  return { ...openDocument(text, READERS[format](text)), field: format === "csv" ? columnName : fieldName };
}

const READERS: Readonly<Record<SuiteFormat, (text: string) => DocumentReading>> = {
  yaml: readYaml,
  json: readJson,
  csv: readSuiteCsv,
};

/** Of `cases[3].expected_outcome.intent` the column `intent`: rows are known by their lines. */
function columnName(path: readonly PropertyKey[]): string {
  const inCase = path[0] === "cases" && path.length > 1 ? path.slice(2) : path;
  return fieldName(inCase[0] === "expected_outcome" ? inCase.slice(1) : inCase);
}
