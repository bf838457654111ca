import type { Clock } from "../../shared/clock.ts";
import type { DiskTrouble } from "../files/background-writer.ts";
import type { Fault } from "../../shared/fault.ts";
import type { Result } from "../../shared/result.ts";
import { redactPerson, type Person } from "../redaction/person.ts";
import { redactText, redactValue } from "../redaction/redact.ts";
import { openLineTarget, type LineTarget } from "./line-target.ts";

const LEVELS = { debug: 0, info: 1, warn: 2, error: 3 } as const;
/** How many kinds are counted apart; what comes beyond them is counted together. */
const MAX_KINDS = 200;
const OTHER_KINDS = "other";
/** What a report of a crash tells of what came before. */
const MAX_RECENT = 50;

export type LogLevel = keyof typeof LEVELS;
export type LogFields = Readonly<Record<string, unknown>>;

export interface LogOptions {
  readonly target: LineTarget;
  /** The lowest level that is written. */
  readonly level: LogLevel;
  readonly clock: Clock;
  readonly onTrouble?: (trouble: DiskTrouble) => void;
  /** The secrets that the program holds now, struck out wherever they stand. */
  readonly secrets?: () => readonly string[];
  /** Whose home folder, account and machine are not told; nobody's unless given. */
  readonly person?: Person;
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
  /** The last 50 lines, oldest first, whether or not they are on the disk. */
  recent(): readonly string[];
  /** Tries to write all lines so far, now. Fault: `disk`. */
  flush(): Promise<Result<void, Fault>>;
}

/** Opens the log; a target that refuses is told through `onTrouble` and lines are kept meanwhile. */
export function openLog({ target, level, clock, onTrouble, secrets = () => [], person }: LogOptions): Log {
  const queue = openLineTarget(target, clock, onTrouble ?? (() => undefined));
  const kinds = new Map<string, number>();
  let recent: readonly string[] = [];

  const write: Log["write"] = (lineLevel, event, fields = {}) => {
    if (LEVELS[lineLevel] < LEVELS[level]) return;
    const known = secrets();
    const redact = (text: string): string => {
      const safe = redactText(text, known);
      return person === undefined ? safe : redactPerson(safe, person);
    };
    const opening = { timestamp: new Date(clock.now()).toISOString(), level: lineLevel, event: redact(event) };
    const line = lineOf(opening, fields, redact);
    recent = [...recent.slice(1 - MAX_RECENT), line];
    queue.push("", line);
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
    recent: () => recent,
    flush: () => queue.flush(),
    [Symbol.asyncDispose]: closing,
  };
}

/** The three fields of every line cannot be overwritten by those of one. What is no JSON is told, not thrown. */
function lineOf(opening: LogFields, fields: LogFields, redact: (text: string) => string): string {
  try {
    return JSON.stringify(Object.assign({}, opening, redactValue(fields, redact), opening));
  } catch {
    return JSON.stringify({ ...opening, unserialisable: true });
  }
}
