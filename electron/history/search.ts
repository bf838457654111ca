import type { DatabaseSync, StatementSync } from "node:sqlite";
import { z } from "zod";
import type { HistoryFilter, HistoryHit, HistoryPage, HistorySearch } from "../../shared/history.ts";
import { interactionSchema } from "../../shared/interaction.ts";
import { present } from "./history-rows.ts";
import { INTERACTION_COLUMNS } from "./read-record.ts";
import { firstRow, interactionOf } from "./row-number.ts";
import { ftsQuery, searchTerms, type SearchTerm } from "./search-terms.ts";
import { snippetOf } from "./snippet.ts";

const MAX_SNIPPETS = 3;
/** How many of an interaction's matching lines are looked at for snippets. */
const MAX_LINES = 20;

/**
 * Searches the history, the latest interaction first: whoever looks for a conversation remembers about when it was, and
 * a rank by words would shuffle pages while calls come in. Goes from the newest number downwards and stops once a page is
 * full, so that a common word costs no more than a rare one. Throws SQLite's error.
 */
export function createSearch(database: DatabaseSync): (search: HistorySearch) => Omit<HistoryPage, "tookMs"> {
  const sources = {
    said: database.prepare("SELECT rowid AS row FROM said WHERE said MATCH :query AND rowid < :before ORDER BY rowid DESC LIMIT 1"),
    advised: database.prepare("SELECT rowid AS row FROM advised WHERE advised MATCH :query AND rowid < :before ORDER BY rowid DESC LIMIT 1"),
    known: database.prepare("SELECT rowid AS row FROM known WHERE known MATCH :query AND rowid < :before ORDER BY rowid DESC LIMIT 1"),
  };
  const interactionBefore = (filter: FilterSql): StatementSync => database.prepare(`SELECT row FROM interactions WHERE row <= :at ${filter.sql} ORDER BY row DESC LIMIT 1`);
  const readHit = database.prepare(
    `SELECT ${INTERACTION_COLUMNS}, (SELECT count(*) FROM utterances WHERE interaction = :row) AS utterances,
       (SELECT count(*) FROM sets WHERE interaction = :row AND current = 1) AS sets FROM interactions WHERE row = :row`,
  );
  const linesOf = database.prepare(
    `SELECT id, speaker, text FROM utterances WHERE row IN (SELECT rowid FROM said WHERE said MATCH :query AND rowid >= :first AND rowid < :end ORDER BY rowid LIMIT ${MAX_LINES}) ORDER BY at, row`,
  );
  const adviceOf = database.prepare(
    `SELECT DISTINCT text FROM suggestions WHERE row IN (SELECT rowid FROM advised WHERE advised MATCH :query AND rowid >= :first AND rowid < :end ORDER BY rowid LIMIT ${MAX_LINES})`,
  );

  /** The highest interaction up to `at` in which the term is found anywhere; null: none. */
  const latestWith = (query: string, at: number): number | null => {
    const said = rowOf(sources.said.get({ query, before: firstRow(at + 1) }));
    const advised = rowOf(sources.advised.get({ query, before: firstRow(at + 1) }));
    const known = rowOf(sources.known.get({ query, before: at + 1 }));
    const found = Math.max(said === null ? -1 : interactionOf(said), advised === null ? -1 : interactionOf(advised), known ?? -1);
    return found < 0 ? null : found;
  };

  const snippetsOf = (row: number, terms: readonly SearchTerm[]): HistoryHit["snippets"] => {
    const query = terms.map((term) => `(${ftsQuery(term)})`).join(" OR ");
    const range = { query, first: firstRow(row), end: firstRow(row + 1) };
    const said = linesOf.all(range).flatMap((line) => {
      const { id, speaker, text } = lineSchema.parse(line);
      const snippet = snippetOf(text, terms);
      return snippet === null ? [] : [{ utteranceId: id, speaker, ...snippet }];
    });
    const advised = adviceOf.all(range).flatMap((line) => {
      const snippet = snippetOf(textSchema.parse(line).text, terms);
      return snippet === null ? [] : [{ utteranceId: null, speaker: null, ...snippet }];
    });
    return [...said, ...advised].slice(0, MAX_SNIPPETS);
  };

  return ({ text, filter, limit, after }) => {
    const terms = searchTerms(text);
    const queries = terms.map(ftsQuery);
    const filtering = filterSql(filter, "");
    const filtered = interactionBefore(filtering);
    const passes = (at: number): number | null => rowOf(filtered.get({ at, ...filtering.values }));
    const hits: HistoryHit[] = [];
    // Numbers only go down: the next interaction that all of them agree on.
    let at: number | null = after === null || !/^\d{1,15}$/u.test(after) ? Number.MAX_SAFE_INTEGER / 2 ** 21 : Number(after) - 1;
    at = Math.floor(at);
    let last: number | null = null;
    while (at !== null && hits.length <= limit) {
      const found = agree(at, [passes, ...queries.map((query) => (from: number) => latestWith(query, from))]);
      if (found === null) break;
      if (hits.length === limit) return { hits, next: last === null ? null : String(last) };
      const row = hitSchema.parse(readHit.get({ row: found }));
      const { utterances, sets, ...interaction } = row;
      hits.push({ interaction: interactionSchema.parse(present(interaction)), utterances, sets, snippets: terms.length === 0 ? [] : snippetsOf(found, terms) });
      last = found;
      at = found - 1;
    }
    return { hits, next: null };
  };
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
