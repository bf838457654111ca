import { followPath, plainTree, type SourceFault, type SourceNode } from "./source-node.ts";
import { createLineTable, type TextPlace } from "./text-place.ts";

/** What a reader made of a text; `root` is null where it is empty or could not be read. */
export interface DocumentReading {
  readonly root: SourceNode | null;
  readonly faults: readonly SourceFault[];
}

/** A document that was read, not yet checked: its value, and where everything in it stands. */
export interface SourceDocument {
  /** Plain JSON; `undefined` where nothing could be read. */
  readonly value: unknown;
  readonly faults: readonly SourceFault[];
  /** Where a path leads; the place of what holds it, where it is missing. */
  place(path: readonly PropertyKey[], spot: "key" | "value"): TextPlace | null;
  offsetPlace(offset: number): TextPlace;
  /** Whether a path leads into something that could not be read, and of which a fault tells already. */
  broken(path: readonly PropertyKey[]): boolean;
}

/** Binds what was read of `text` to its places. */
export function openDocument(text: string, { root, faults }: DocumentReading): SourceDocument {
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
  };
}

/** A path as people know it: `cases[3].expected_outcome.intent`. */
export function fieldName(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === "number") return `${text}[${step}]`;
    return text === "" ? String(step) : `${text}.${String(step)}`;
  }, "");
}
