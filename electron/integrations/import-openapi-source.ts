import { err, ok, type Result } from "../../shared/result.ts";
import { quote } from "../documents/found-words.ts";
import type { PathProblem } from "../documents/issue-problem.ts";
import { type DraftConfig, isMap, own } from "./draft-config.ts";

/** A value of a document, and where it stands: after a $ref, where that leads. `undefined` where nothing stands. */
export interface Located {
  readonly value: unknown;
  readonly path: readonly (string | number)[];
}

/** A value that is a map. */
export interface LocatedMap extends Located {
  readonly value: DraftConfig;
}

/** What reading a document brings to light: what forbids the import, and what the person should know. */
export interface Findings {
  readonly problems: PathProblem[];
  readonly notes: string[];
}

/** How many $refs may lead to each other. */
const MAX_HOPS = 50;

/** What stands under a key of a map, or at an index of a list; nothing inherited. */
export function child({ value, path }: Located, step: string | number): Located {
  const inner = [...path, step];
  if (Array.isArray(value)) return { value: typeof step === "number" ? (value[step] as unknown) : undefined, path: inner };
  return { value: isMap(value) ? own(value, String(step)) : undefined, path: inner };
}

/** The entries of a list. */
export function listed(at: Located): readonly Located[] {
  return Array.isArray(at.value) ? at.value.map((_, index) => child(at, index)) : [];
}

/** The entries of a map, by their keys. */
export function keyed(at: Located): readonly (readonly [string, Located])[] {
  return isMap(at.value) ? Object.keys(at.value).map((key) => [key, child(at, key)] as const) : [];
}

export function isLocatedMap(at: Located): at is LocatedMap {
  return isMap(at.value);
}

/** The text that stands at a place; null for anything else. */
export function textAt(at: Located): string | null {
  return typeof at.value === "string" ? at.value : null;
}

/** Follows $refs within the document, to what is none. Those that lead elsewhere, nowhere or in a circle are refused. */
export function resolveRef(root: Located, at: Located): Result<Located, PathProblem> {
  let here = at;
  for (let hops = 0; hops < MAX_HOPS; hops += 1) {
    const ref = textAt(child(here, "$ref"));
    if (ref === null) return ok(here);
    const refuse = (found: string): Result<Located, PathProblem> =>
      err({ path: [...here.path, "$ref"], spot: "value", message: `found ${quote(ref)}, ${found}; allowed: a $ref within this document (#/components/…)` });
    if (!ref.startsWith("#")) return refuse("which is in another document");
    const target = pointed(root, ref.slice(1));
    if (target === null || target.value === undefined) return refuse("where nothing stands");
    here = target;
  }
  return err({ path: at.path, spot: "value", message: "found $refs that lead in a circle; allowed: $refs that come to an end" });
}

/** {@link resolveRef}, the problem told; null where there was one. */
export function resolved(root: Located, at: Located, findings: Findings): Located | null {
  const result = resolveRef(root, at);
  if (result.ok) return result.value;
  findings.problems.push(result.error);
  return null;
}

/** What a JSON pointer (RFC 6901, as a fragment of an address) points at. */
function pointed(root: Located, pointer: string): Located | null {
  if (pointer === "") return root;
  if (!pointer.startsWith("/")) return null;
  return pointer
    .slice(1)
    .split("/")
    .reduce<Located>((at, step) => {
      const key = unescape(step);
      return child(at, Array.isArray(at.value) && /^\d{1,9}$/.test(key) ? Number(key) : key);
    }, root);
}

function unescape(step: string): string {
  let plain = step;
  try {
    plain = decodeURIComponent(step);
  } catch {
    // A lone % stands for itself.
  }
  return plain.replaceAll("~1", "/").replaceAll("~0", "~");
}
