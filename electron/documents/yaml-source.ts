import type { SourceFault, SourceNode } from "./source-node.ts";
import { readAnyYaml } from "./yaml-library.ts";
import { readPlainYaml, type PartReader } from "./yaml-plain.ts";

/** More than this the reader that knows all of YAML is not given: it takes a second and 100 MB of memory for 2 MB. */
const MAX_SLOW = 8_000_000;

const TOO_SLOW = `found anchors, aliases, tags, several documents or uneven indentation in so large a file; allowed: up to ${MAX_SLOW / 1_000_000} MB with these, and more only in maps, lists and texts`;

interface PartFault {
  /** Where the part begins. */
  readonly start: number;
  readonly fault: SourceFault;
}

/**
 * Reads YAML into a tree that knows where everything stands. Two readers share the work, because the one that knows all
 * of YAML takes seconds for ten thousand cases: the plain one reads what suites are mostly written in and hands over,
 * item by item, what it is not sure of. So one broken case does not hide what is wrong with the others either.
 * `root` is null for a text that is empty or could not be read.
 */
export function readYaml(text: string): { readonly root: SourceNode | null; readonly faults: readonly SourceFault[] } {
  const found: PartFault[] = [];
  let linked = false;

  const part: PartReader = (start, end, column) => {
    if (linked || end - start > MAX_SLOW) return null;
    // The same indentation as in the file, so that the item reads as it does there.
    const reading = readAnyYaml(" ".repeat(column) + text.slice(start, end), start - column);
    if (reading.linked) {
      linked = true;
      return null;
    }
    // A larger part that is read after one of its own parts tells of it again.
    while ((found.at(-1)?.start ?? -1) >= start) found.pop();
    for (const fault of reading.faults) found.push({ start, fault });
    return reading.faults.length > 0 ? { kind: "broken", at: start } : reading.root;
  };

  const root = /\r(?!\n)/.test(text) ? null : readPlainYaml(text, part);
  if (root !== null && !linked) return { root, faults: onePerLine(text, found.map((one) => one.fault)) };
  if (text.length > MAX_SLOW) return { root: null, faults: [{ at: null, path: [], message: TOO_SLOW }] };
  const whole = readAnyYaml(text);
  return { root: whole.root, faults: onePerLine(text, whole.faults) };
}

/** The first fault of each line: a parser that lost its way says the same thing over and over. */
function onePerLine(text: string, faults: readonly SourceFault[]): readonly SourceFault[] {
  let last = -1;
  return faults.toSorted((a, b) => (a.at ?? -1) - (b.at ?? -1)).filter((fault) => {
    const at = fault.at ?? -1;
    if (last !== -1 && !text.slice(last, at).includes("\n")) return false;
    last = at;
    return true;
  });
}
