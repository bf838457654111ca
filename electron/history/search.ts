import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import type { HistoryFilter, HistoryHit, HistoryPage, HistorySearch } from "../../shared/history.ts";
import { isSearchable } from "../../shared/history-bounds.ts";
import { interactionSchema } from "../../shared/interaction.ts";
import { present } from "./history-rows.ts";
import { INTERACTION_COLUMNS } from "./read-record.ts";
import { openRowCursor } from "./row-cursor.ts";
import { firstRow, interactionOf, MAX_INTERACTION } from "./row-number.ts";
import { ftsQuery, searchTerms, type SearchTerm } from "./search-terms.ts";
import { snippetOf } from "./snippet.ts";

const MAX_SNIPPETS = 3;
/** How many lines of a talk are looked through for its snippets. */
const MAX_LINES = 500;
/** How far an index is read on before the talk itself is looked at instead. */
const NEAR_ROWS = 300;
/** So many talks are looked at before it is cheaper to read the index on however far it is. */
const MAX_LOOKS = 300;

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
  const texts = createTexts(database);

  return ({ text, filter, limit, after }) => {
    // Signs alone are no words: nothing has them, where an empty text stands for everything.
    if (text.trim() !== "" && !isSearchable(text)) return { hits: [], next: null };
    const terms = searchTerms(text);
    const looks = { left: MAX_LOOKS };
    const places = terms.map((term) => findTerm(database, term, (interaction) => (looks.left -= 1) >= 0 ? texts.hold(interaction, term) : null));
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
      hits.push({ interaction: interactionSchema.parse(present(interaction)), utterances, sets, snippets: texts.snippets(found, terms) });
      found = agree(found - 1, parties);
    }
    for (const place of places) place.close();
    return { hits, next };
  };
}

/** Where a term is found. Numbers that are asked about only go down. */
interface TermPlaces {
  /** `at` where that interaction has the term, else a lower one above which none has it; null: none below either. */
  latest(at: number): number | null;
  close(): void;
}

/** `look`: whether the term is in an interaction by its own texts; null where no more should be looked at. */
function findTerm(database: DatabaseSync, term: SearchTerm, look: (interaction: number) => boolean | null): TermPlaces {
  const query = ftsQuery(term);
  const said = openRowCursor(database, "said", query);
  const advised = openRowCursor(database, "advised", query);
  const known = openRowCursor(database, "known", query);
  const highest = (at: number, steps: number): number | "far" | null => {
    const end = firstRow(at + 1);
    const found = [said.before(end, steps), advised.before(end, steps), known.before(at + 1, steps)] as const;
    if (found.includes("far")) return "far";
    const [inSaid, inAdvised, inKnown] = found.map((row) => (typeof row === "number" ? row : null));
    const best = Math.max(interactionOf(inSaid ?? -1), interactionOf(inAdvised ?? -1), inKnown ?? -1);
    return best < 0 ? null : best;
  };
  return {
    latest(at) {
      const near = highest(at, NEAR_ROWS);
      if (near !== "far") return near;
      const holds = at < MAX_INTERACTION ? look(at) : null;
      if (holds !== null) return holds ? at : at - 1;
      const found = highest(at, Number.POSITIVE_INFINITY);
      return found === "far" ? null : found;
    },
    close() {
      for (const cursor of [said, advised, known]) cursor.close();
    },
  };
}

/** What is written in an interaction, looked through without the index. */
function createTexts(database: DatabaseSync) {
  const saidIn = database.prepare(`SELECT id, speaker, text FROM utterances WHERE row >= :first AND row < :end ORDER BY row LIMIT ${MAX_LINES}`);
  const advisedIn = database.prepare(`SELECT DISTINCT text FROM suggestions WHERE row >= :first AND row < :end ORDER BY row LIMIT ${MAX_LINES}`);
  const knownOf = database.prepare("SELECT concat_ws(' ', id, customer_name, queue) AS text FROM interactions WHERE row = ?");
  const within = (interaction: number) => ({ first: firstRow(interaction), end: firstRow(interaction + 1) });

  return {
    hold(interaction: number, term: SearchTerm): boolean {
      const found = (row: unknown): boolean => snippetOf(textSchema.parse(row).text, [term]) !== null;
      return saidIn.all(within(interaction)).some(found) || advisedIn.all(within(interaction)).some(found) || found(knownOf.get(interaction));
    },
    snippets(interaction: number, terms: readonly SearchTerm[]): HistoryHit["snippets"] {
      if (terms.length === 0) return [];
      const snippets: HistoryHit["snippets"][number][] = [];
      const add = (utteranceId: string | null, speaker: string | null, text: string): void => {
        const snippet = snippetOf(text, terms);
        if (snippet !== null) snippets.push({ utteranceId, speaker, ...snippet });
      };
      for (const row of saidIn.iterate(within(interaction))) {
        const { id, speaker, text } = lineSchema.parse(row);
        add(id, speaker, text);
        if (snippets.length === MAX_SNIPPETS) return snippets;
      }
      for (const row of advisedIn.all(within(interaction))) add(null, null, textSchema.parse(row).text);
      return snippets.slice(0, MAX_SNIPPETS);
    },
  };
}

/** The highest number up to `at` that all agree on: each in turn agrees, or names a lower one for all to be asked about. */
function agree(at: number, parties: readonly ((at: number) => number | null)[]): number | null {
  let candidate = at;
  for (let agreed = 0, index = 0; agreed < parties.length; index = (index + 1) % parties.length) {
    const next = parties[index]?.(candidate) ?? null;
    if (next === null || next < 0) return null;
    agreed = next === candidate ? agreed + 1 : 0;
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
