import type { TextPlace } from "./suite-lines.ts";
import { createLineTable } from "./suite-lines.ts";
import { followPath, plainTree, type SourceFault, type SourceNode } from "./suite-node.ts";
import { readSuiteCsv } from "./suite-csv.ts";
import { readJson } from "./suite-json.ts";
import { readYaml } from "./suite-yaml.ts";

/** A suite file that was read, not yet checked: its value, and where everything in it stands. */
export interface SuiteSource {
  /** Plain JSON; `undefined` where nothing could be read. */
  readonly value: unknown;
  readonly faults: readonly SourceFault[];
  /** Where a path leads; the place of what holds it, where it is missing. */
  place(path: readonly PropertyKey[], spot: "key" | "value"): TextPlace | null;
  offsetPlace(offset: number): TextPlace;
  /** Whether a path leads into something that could not be read, and of which a fault tells already. */
  broken(path: readonly PropertyKey[]): boolean;
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
  const { root, faults } = READERS[format](text);
  const lines = createLineTable(text);
  const tree = root === null ? null : plainTree(root);
  return {
    value: tree?.value,
    faults: [...faults, ...(tree?.faults ?? [])],
    place(path, spot) {
      if (root === null) return null;
      const { node, entry, whole } = followPath(root, path);
      return lines(spot === "key" && whole && entry !== null ? entry.at : node.at);
    },
    offsetPlace: lines,
    broken: (path) => root !== null && followPath(root, path).node.kind === "broken",
    field: format === "csv" ? columnName : fieldName,
  };
}

const READERS: Readonly<Record<SuiteFormat, (text: string) => { readonly root: SourceNode | null; readonly faults: readonly SourceFault[] }>> = {
  yaml: readYaml,
  json: readJson,
  csv: readSuiteCsv,
};

function fieldName(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === "number") return `${text}[${step}]`;
    return text === "" ? String(step) : `${text}.${String(step)}`;
  }, "");
}

/** Of `cases[3].expected_outcome.intent` the column `intent`: rows are known by their lines. */
function columnName(path: readonly PropertyKey[]): string {
  const inCase = path[0] === "cases" && path.length > 1 ? path.slice(2) : path;
  return fieldName(inCase[0] === "expected_outcome" ? inCase.slice(1) : inCase);
}
