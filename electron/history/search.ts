import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import type { HistoryFilter, HistoryHit, HistoryPage, HistorySearch } from "../../shared/history.ts";
import { interactionSchema } from "../../shared/interaction.ts";
import { present } from "./history-rows.ts";
import { INTERACTION_COLUMNS } from "./read-record.ts";
import { openRowCursor, type RowCursor } from "./row-cursor.ts";
import { firstRow, interactionOf, MAX_INTERACTION } from "./row-number.ts";
import { ftsQuery, searchTerms, type SearchTerm } from "./search-terms.ts";
import { snippetOf } from "./snippet.ts";

const MAX_SNIPPETS = 3;

/**
 * Searches the history, the latest interaction first: whoever looks for a conversation remembers about when it was, and
 * a rank by words would shuffle pages while calls come in. Goes from the newest number downwards and stops once a page is
 * full, so that a common word costs no more than a rare one. Throws SQLite's error.
 */
export function createSearch(database: DatabaseSync): (search: HistorySearch) => Omit<HistoryPage, "tookMs"> {
  const readHit = database.prepare(
    `SELECT ${INTERACTION_COLUMNS}, (SELECT count(*) FROM utterances WHERE interaction = :row) AS utterances,
       (SELECT count(*) FROM sets WHERE interaction = :row AND current = 1) AS sets FROM interactions WHERE row = :row`,
  );
  const readLine = database.prepare("SELECT id, speaker, text FROM utterances WHERE row = ?");
  const readAdvice = database.prepare("SELECT text FROM suggestions WHERE row = ?");

  const snippetsIn = (interaction: number, places: readonly TermPlaces[], terms: readonly SearchTerm[]): HistoryHit["snippets"] => {
    const said = sortedUnique(places.flatMap((place) => place.said(interaction))).flatMap((row) => {
      const { id, speaker, text } = lineSchema.parse(readLine.get(row));
      const snippet = snippetOf(text, terms);
      return snippet === null ? [] : [{ utteranceId: id, speaker, ...snippet }];
    });
    const advised = [...new Set(sortedUnique(places.flatMap((place) => place.advised(interaction))).map((row) => textSchema.parse(readAdvice.get(row)).text))].flatMap((text) => {
      const snippet = snippetOf(text, terms);
      return snippet === null ? [] : [{ utteranceId: null, speaker: null, ...snippet }];
    });
    return [...said, ...advised].slice(0, MAX_SNIPPETS);
  };

  return ({ text, filter, limit, after }) => {
    const terms = searchTerms(text);
    const places = terms.map((term) => findTerm(database, ftsQuery(term)));
    const { sql, values } = filterSql(filter, "");
    const filtered = database.prepare(`SELECT row FROM interactions WHERE row <= :at ${sql} ORDER BY row DESC LIMIT 1`);
    const parties = [(at: number) => rowOf(filtered.get({ at, ...values })), ...places.map((place) => (at: number) => place.latest(at))];
    const hits: HistoryHit[] = [];
    let next: string | null = null;
    let found = agree(after !== null && /^\d{1,10}$/u.test(after) ? Number(after) - 1 : MAX_INTERACTION, parties);
    while (found !== null) {
      if (hits.length === limit) {
        next = String(found + 1);
        break;
      }
      const { utterances, sets, ...interaction } = hitSchema.parse(readHit.get({ row: found }));
      hits.push({ interaction: interactionSchema.parse(present(interaction)), utterances, sets, snippets: snippetsIn(found, places, terms) });
      found = agree(found - 1, parties);
    }
    for (const place of places) place.close();
    return { hits, next };
  };
}

/** Where a term is found. Numbers that are asked about only go down. */
interface TermPlaces {
  /** The highest interaction up to `at` in which it is found anywhere; null: none. */
  latest(at: number): number | null;
  /** The first rows of utterances in the interaction that was given last. */
  said(interaction: number): readonly number[];
  advised(interaction: number): readonly number[];
  close(): void;
}

function findTerm(database: DatabaseSync, query: string): TermPlaces {
  const said = openRowCursor(database, "said", query);
  const advised = openRowCursor(database, "advised", query);
  const known = openRowCursor(database, "known", query);
  const rowsIn = (cursor: RowCursor) => (interaction: number) => cursor.take(firstRow(interaction), firstRow(interaction + 1), MAX_SNIPPETS);
  return {
    latest(at) {
      const end = firstRow(at + 1);
      const found = Math.max(interactionOf(said.before(end) ?? -1), interactionOf(advised.before(end) ?? -1), known.before(at + 1) ?? -1);
      return found < 0 ? null : found;
    },
    said: rowsIn(said),
    advised: rowsIn(advised),
    close() {
      for (const cursor of [said, advised, known]) cursor.close();
    },
  };
}

function sortedUnique(rows: readonly number[]): readonly number[] {
  return [...new Set(rows)].toSorted((a, b) => a - b);
}

/** The highest number up to `at` that all agree on: each names the next that it would take, and the lowest is asked again. */
function agree(at: number, parties: readonly ((at: number) => number | null)[]): number | null {
  let candidate = at;
  for (let agreed = 0, index = 0; agreed < parties.length; index = (index + 1) % parties.length) {
    const next = parties[index]?.(candidate) ?? null;
    if (next === null) return null;
    agreed = next === candidate ? agreed + 1 : 1;
    candidate = next;
  }
  return candidate;
}

/** A filter as conditions on interactions, with the values of their parameters; `alias` with its dot. */
export interface FilterSql {
  readonly sql: string;
  readonly values: Readonly<Record<string, string | number>>;
}

/** See {@link FilterSql}. `times`: whether the interaction's own beginning has to lie in the period. */
export function filterSql({ from, to, channel, queue, agentId }: HistoryFilter, alias: string, times = true): FilterSql {
  const conditions: string[] = [];
  const values: Record<string, string | number> = {};
  const add = (sql: string, name: string, value: string | number | null): void => {
    if (value === null) return;
    conditions.push(`AND ${alias}${sql} :${name}`);
    values[name] = value;
  };
  if (times) {
    add("started_at >=", "from", from);
    add("started_at <", "to", to);
  }
  add("channel =", "channel", channel);
  add("queue =", "queue", queue);
  add("agent_id =", "agentId", agentId);
  return { sql: conditions.join(" "), values };
}

const rowSchema = z.object({ row: z.number() });
const lineSchema = z.object({ id: z.string(), speaker: z.string(), text: z.string() });
const textSchema = z.object({ text: z.string() });
const hitSchema = z.looseObject({ utterances: z.number(), sets: z.number() });

function rowOf(found: unknown): number | null {
  return found === undefined ? null : rowSchema.parse(found).row;
}
