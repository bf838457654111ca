/** What an entity may come to: text, or a number where it is one. */
export type EntityValue = string | number;

/** One way in which an entity is written. `read` gives its value, or null where the text only looks like one. */
interface Pattern {
  readonly regex: RegExp;
  readonly read: (groups: readonly string[]) => EntityValue | null;
}

/**
 * Something that is picked out of what was said. `pattern`: by its form; its place is taken by the word `standsFor`
 * while the intent is looked for. `list`: by name, the first of each row being its value and the others its synonyms.
 * A `circumstance` says when, where or how much; alone it tells of no matter.
 */
export type Entity =
  | { readonly kind: "pattern"; readonly name: string; readonly circumstance: boolean; readonly standsFor: string; readonly patterns: readonly Pattern[] }
  | { readonly kind: "list"; readonly name: string; readonly circumstance: boolean; readonly rows: readonly (readonly [string, ...string[]])[] };
