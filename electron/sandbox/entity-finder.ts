import { english } from "./language/english.ts";
import type { Entity, EntityValue } from "./shop/entity.ts";
import { createTextAnalyser } from "./text-analyser.ts";

/** What was picked out of a text, and the text with a plain word in the place of each form. */
interface FoundEntities {
  readonly values: Readonly<Record<string, EntityValue>>;
  readonly rest: string;
}

/** Picks entities out of what was said; of each, the one that is said first. */
export interface EntityFinder {
  find(text: string): FoundEntities;
}

type PatternEntity = Extract<Entity, { readonly kind: "pattern" }>;
type ListEntity = Extract<Entity, { readonly kind: "list" }>;

/** Forms are looked for in the order of `entities`, names by their stems, so that case, accents and plurals do not matter. */
export function createEntityFinder(entities: readonly Entity[]): EntityFinder {
  const patterns = entities.filter((entity) => entity.kind === "pattern");
  const lists = entities.filter((entity) => entity.kind === "list").map(nameFinder);
  return {
    find(text) {
      const values = new Map<string, EntityValue>();
      let rest = text.normalize("NFKC");
      for (const entity of patterns) {
        const taken = takeForms(entity, rest);
        rest = taken.rest;
        if (taken.value !== null) values.set(entity.name, taken.value);
      }
      for (const list of lists) {
        const value = list.find(rest);
        if (value !== null) values.set(list.name, value);
      }
      return { values: Object.fromEntries(values), rest };
    },
  };
}

function takeForms(entity: PatternEntity, text: string): { readonly value: EntityValue | null; readonly rest: string } {
  let first: { readonly at: number; readonly value: EntityValue } | null = null;
  for (const { regex, read } of entity.patterns) {
    for (const match of text.matchAll(regex)) {
      const value = read(match.slice(1).map((group: string | undefined) => group ?? ""));
      if (value !== null && (first === null || match.index < first.at)) first = { at: match.index, value };
    }
  }
  if (first === null) return { value: null, rest: text };
  const rest = entity.patterns.reduce((left, { regex }) => left.replaceAll(regex, ` ${entity.standsFor} `), text);
  return { value: first.value, rest };
}

function nameFinder({ name, rows }: ListEntity): { readonly name: string; find(text: string): string | null } {
  // Each row is a row of synonyms, so the analyser of the other bot finds it as it finds an idea.
  const analyser = createTextAnalyser({ ...english, stopWords: "", synonyms: rows });
  const values = new Map(rows.map((row) => [row[0].replaceAll(" ", "-"), row[0]]));
  return {
    name,
    find(text) {
      for (const idea of analyser.ideas(text)) {
        const value = values.get(idea);
        if (value !== undefined) return value;
      }
      return null;
    },
  };
}
