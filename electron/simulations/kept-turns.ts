import type { JsonValue, Turn } from "../../shared/simulation.ts";
import { cutText } from "./simulate-reply.ts";

const MAX_TURNS = 50;
const MAX_TEXT = 4_000;
const MIN_TEXT = 200;
const MAX_NAME = 200;
/** What the texts of a whole batch may come to in characters, however much its bot talks. */
const BATCH_CHARS = 64_000_000;
/** What a single case may keep of them. */
const MAX_CASE_CHARS = MAX_TURNS * MAX_TEXT;

/** How many characters of text a case may keep in a batch of `cases` cases. */
export function caseAllowance(cases: number): number {
  return Math.min(MAX_CASE_CHARS, Math.floor(BATCH_CHARS / Math.max(1, cases)));
}

/**
 * What is kept of the turns of a case that was judged: at most 50 turns, and of each text its share of the case's
 * `allowance` (200 to 4,000 characters), what is missing marked by an ellipsis. Turns that first reach a flow or an
 * intent, or that bear an error, go before others, since coverage and reasons are drawn from them. Pure.
 */
export function keptTurns(turns: readonly Turn[], allowance: number): readonly Turn[] {
  const kept = turns.length <= MAX_TURNS ? turns : tellingTurns(turns);
  const share = Math.floor(allowance / Math.max(1, kept.length));
  const limit = Math.max(MIN_TEXT, Math.min(MAX_TEXT, share));
  return kept.map((turn) => cutTurn(turn, limit));
}

function tellingTurns(turns: readonly Turn[]): readonly Turn[] {
  const seen = new Set<string>();
  const isNew = (kind: string, name: string | null): boolean => {
    const size = seen.size;
    if (name !== null) seen.add(`${kind} ${name}`);
    return seen.size > size;
  };
  const telling = turns.filter((turn) => [isNew("flow", turn.flowId), isNew("intent", turn.intent), turn.errorCode !== null].includes(true));
  const chosen = new Set([...new Set([...telling, ...turns])].slice(0, MAX_TURNS));
  return turns.filter((turn) => chosen.has(turn));
}

function cutTurn(turn: Turn, limit: number): Turn {
  return {
    turnIndex: turn.turnIndex,
    flowId: cut(turn.flowId, MAX_NAME),
    intent: cut(turn.intent, MAX_NAME),
    entities: turn.entities === null ? null : cutEntities(turn.entities, limit),
    output: cut(turn.output, limit),
    errorCode: cut(turn.errorCode, MAX_NAME),
    errorMessage: cut(turn.errorMessage, limit),
  };
}

/** As many entities as fit; a value that is too large stays as the beginning of its text. */
function cutEntities(entities: Readonly<Record<string, JsonValue>>, limit: number): Readonly<Record<string, JsonValue>> {
  if (JSON.stringify(entities).length <= limit) return entities;
  const kept: [string, JsonValue][] = [];
  let left = limit;
  for (const [name, value] of Object.entries(entities)) {
    if (left <= 0) break;
    const part = cutValue(value, left);
    kept.push([cutText(name, MAX_NAME), part]);
    left -= name.length + JSON.stringify(part).length;
  }
  return Object.fromEntries(kept);
}

function cutValue(value: JsonValue, limit: number): JsonValue {
  const written = JSON.stringify(value);
  return written.length <= limit ? value : cutText(typeof value === "string" ? value : written, limit);
}

function cut(text: string | null, length: number): string | null {
  return text === null ? null : cutText(text, length);
}
