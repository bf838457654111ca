import type { Clock } from "../../shared/clock.ts";
import type { DiskTrouble } from "../files/background-writer.ts";
import { openLineTarget, type LineTarget } from "./line-target.ts";
import { redactText, redactValue } from "./redact.ts";

const LEVELS = { debug: 0, info: 1, warn: 2, error: 3 } as const;
/** How many kinds are counted apart; what comes beyond them is counted together. */
const MAX_KINDS = 200;
const OTHER_KINDS = "other";

type LogLevel = keyof typeof LEVELS;
type LogFields = Readonly<Record<string, unknown>>;

export interface LogOptions {
  readonly target: LineTarget;
  /** The lowest level that is written. */
  readonly level: LogLevel;
  readonly clock: Clock;
  readonly onTrouble?: (trouble: DiskTrouble) => void;
  /** The secrets that the program holds now, struck out wherever they stand. */
  readonly secrets?: () => readonly string[];
}

/**
 * The program's log: JSON lines `{timestamp, level, event, ...fields}`, secrets struck out. Callers put no transcript or
 * message text into it (contract 0). Disposing writes the counts of `once` and what is queued.
 */
export interface Log extends AsyncDisposable {
  /** Writes a line if `level` is high enough. Never throws and never waits. */
  write(level: LogLevel, event: string, fields?: LogFields): void;
  /** Counts `kind`, and writes a warning for the first of its kind only (contract 0, "a malformed frame"). */
  once(kind: string, event: string, fields?: LogFields): void;
  /** How often each kind came so far. */
  counts(): ReadonlyMap<string, number>;
}

/** Opens the log; a target that refuses is told through `onTrouble` and lines are kept meanwhile. */
export function openLog({ target, level, clock, onTrouble, secrets = () => [] }: LogOptions): Log {
  const queue = openLineTarget(target, clock, onTrouble ?? (() => undefined));
  const kinds = new Map<string, number>();

  const write: Log["write"] = (lineLevel, event, fields = {}) => {
    if (LEVELS[lineLevel] < LEVELS[level]) return;
    const known = secrets();
    const opening = { timestamp: new Date(clock.now()).toISOString(), level: lineLevel, event: redactText(event, known) };
    queue.push("", lineOf(opening, fields, known));
  };

  const closing = async (): Promise<void> => {
    for (const [kind, count] of kinds) if (count > 1) write("warn", "repeated", { kind, count });
    kinds.clear();
    await queue[Symbol.asyncDispose]();
  };

  return {
    write,
    once(kind, event, fields = {}) {
      const counted = kinds.has(kind) || kinds.size < MAX_KINDS ? kind : OTHER_KINDS;
      const count = (kinds.get(counted) ?? 0) + 1;
      kinds.set(counted, count);
      if (count === 1) write("warn", event, { kind: counted, ...fields });
    },
    counts: () => new Map(kinds),
    [Symbol.asyncDispose]: closing,
  };
}

/** The three fields of every line cannot be overwritten by those of one. What is no JSON is told, not thrown. */
function lineOf(opening: LogFields, fields: LogFields, known: readonly string[]): string {
  try {
    return JSON.stringify(Object.assign({}, opening, redactValue(fields, known), opening));
  } catch {
    return JSON.stringify({ ...opening, unserialisable: true });
  }
}
