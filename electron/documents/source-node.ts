/**
 * A document as it was written: values with the places where they stand, as offsets into its text (UTF-16 code units).
 * `broken` stands for a part that could not be read, and of which a problem was told.
 */
export type SourceNode =
  | { readonly kind: "scalar"; readonly at: number; readonly value: string | number | boolean | null }
  | { readonly kind: "list"; readonly at: number; readonly items: readonly SourceNode[] }
  | { readonly kind: "map"; readonly at: number; readonly entries: readonly SourceEntry[] }
  | { readonly kind: "broken"; readonly at: number };

/** A key and its value; a map may hold a key twice, since people write that. */
export interface SourceEntry {
  readonly key: string;
  readonly at: number;
  readonly value: SourceNode;
}

/** Something that is wrong with the text itself. `path` where it stands in the tree, as far as that is known. */
export interface SourceFault {
  readonly at: number | null;
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** How deep lists and maps may be nested: far more than people write, and no danger to the stack. */
export const MAX_DEPTH = 64;

/** A key that JavaScript gives a meaning of its own, and that objects would swallow. */
const REFUSED_KEY = "__proto__";

/** A tree as plain JSON, `undefined` for what is broken, with the faults of its keys. */
export function plainTree(root: SourceNode): { readonly value: unknown; readonly faults: readonly SourceFault[] } {
  let odd = false;
  const plain = (node: SourceNode): unknown => {
    switch (node.kind) {
      case "scalar":
        return node.value;
      case "list":
        return node.items.map(plain);
      case "map": {
        const out: Record<string, unknown> = {};
        for (const { key, value } of node.entries) {
          if (Object.hasOwn(out, key) || key === REFUSED_KEY) odd = true;
          else out[key] = plain(value);
        }
        return out;
      }
      case "broken":
      default:
        return undefined;
    }
  };
  const value = plain(root);
  return { value, faults: odd ? keyFaults(root, []) : [] };
}

function keyFaults(node: SourceNode, path: readonly PropertyKey[]): readonly SourceFault[] {
  if (node.kind === "list") return node.items.flatMap((item, index) => keyFaults(item, [...path, index]));
  if (node.kind !== "map") return [];
  const seen = new Set<string>();
  return node.entries.flatMap(({ key, at, value }): readonly SourceFault[] => {
    const inner = [...path, key];
    if (key === REFUSED_KEY) return [{ at, path: inner, message: `found the key ${REFUSED_KEY}; allowed: every other` }];
    if (seen.has(key)) return [{ at, path: inner, message: "found the same key a second time; allowed: each key once" }];
    seen.add(key);
    return keyFaults(value, inner);
  });
}

/**
 * Where a path leads in a tree: `node` is the last node on the way, `entry` the key that led there, `whole` tells whether
 * the way was there to its end.
 */
export function followPath(root: SourceNode, path: readonly PropertyKey[]): { readonly node: SourceNode; readonly entry: SourceEntry | null; readonly whole: boolean } {
  let node = root;
  let entry: SourceEntry | null = null;
  for (const step of path) {
    if (node.kind === "list" && typeof step === "number") {
      const item = node.items[step];
      if (item === undefined) return { node, entry, whole: false };
      node = item;
      entry = null;
      continue;
    }
    const found: SourceEntry | undefined = node.kind === "map" ? node.entries.find((one) => one.key === step) : undefined;
    if (found === undefined) return { node, entry, whole: false };
    entry = found;
    node = found.value;
  }
  return { node, entry, whole: true };
}
