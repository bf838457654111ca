import { join } from "node:path";
import { z } from "zod";
import type { Fault } from "../../shared/fault.ts";
import { MAX_SCORES, practiceMomentSchema, practiceScoreSchema } from "../../shared/practice.ts";
import { diskFault } from "../files/disk-fault.ts";
import type { FilePort } from "../files/file-port.ts";

const FILE_NAME = "scores.json";
const VERSION = 1;

const keptRoundSchema = z.strictObject({ score: practiceScoreSchema, moments: z.array(practiceMomentSchema).readonly() });
const fileSchema = z.strictObject({ version: z.literal(VERSION), rounds: z.array(keptRoundSchema).readonly() });
const anyVersionSchema = z.object({ version: z.number() });

/** A round that is kept: its score, and what it consists of. */
export type KeptRound = z.infer<typeof keptRoundSchema>;

/** What is wrong with the file. `damaged`: set aside under another name. `newer`: of a newer program, and left alone. */
export type ScoresTrouble = { readonly kind: "disk"; readonly fault: Fault } | { readonly kind: "damaged"; readonly path: string } | { readonly kind: "newer"; readonly path: string };

/** The scores of practice; they outlive the program. */
export interface PracticeScores extends AsyncDisposable {
  /** The newest first, at most MAX_SCORES. */
  all(): readonly KeptRound[];
  /** Keeps a round, in place of the one of the same id. It is on the disk soon after. */
  put(round: KeptRound): void;
}

export interface PracticeScoresOptions {
  readonly files: FilePort;
  readonly folder: string;
  /** ms since the Unix epoch. */
  readonly now: () => number;
  /** What is kept was read. */
  readonly onRead: () => void;
  /** Hears what is wrong with the file, and `null` once a disk that refused takes it again. */
  readonly onTrouble: (trouble: ScoresTrouble | null) => void;
}

/**
 * Opens the file of scores. It is read anew before each writing, so that two programs at once do not take each other's
 * scores. What cannot be written stays in memory, and goes with the next that can.
 */
export function openPracticeScores({ files, folder, now, onRead, onTrouble }: PracticeScoresOptions): PracticeScores {
  const path = join(folder, FILE_NAME);
  /** Put by this program. */
  const own = new Map<string, KeptRound>();
  let filed: readonly KeptRound[] = [];
  let unwritten = false;
  /** The disk took the last writing not. */
  let refused = false;
  let turn: Promise<void> = Promise.resolve();

  const all = (): readonly KeptRound[] =>
    [...own.values(), ...filed.filter(({ score }) => !own.has(score.id))].toSorted((a, b) => b.score.startedAt - a.score.startedAt).slice(0, MAX_SCORES);

  /** Whether the file may be written over. */
  const read = async (): Promise<boolean> => {
    const text = await files.readText(path);
    if (text === null) return true;
    const content = parsed(text);
    const file = fileSchema.safeParse(content);
    if (file.success) {
      filed = file.data.rounds;
      return true;
    }
    const any = anyVersionSchema.safeParse(content);
    if (any.success && any.data.version > VERSION) {
      onTrouble({ kind: "newer", path });
      return false;
    }
    const aside = `${path}.damaged-${new Date(now()).toISOString().replaceAll(/[:.]/gu, "-")}`;
    await files.replace(aside, text);
    await files.remove(path);
    onTrouble({ kind: "damaged", path: aside });
    return true;
  };

  const tried = async (doing: string, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      refused = true;
      onTrouble({ kind: "disk", fault: diskFault(error, `${doing} ${path}`) });
    }
  };

  const write = (): Promise<void> =>
    tried("writing", async () => {
      // Several that were put meanwhile go in one writing.
      if (!unwritten || !(await read())) return;
      unwritten = false;
      const text = `${JSON.stringify({ version: VERSION, rounds: all() } satisfies z.input<typeof fileSchema>, null, 1)}\n`;
      try {
        await files.makeDirectory(folder);
        await files.replace(path, text);
      } catch (error) {
        unwritten = true;
        throw error;
      }
      if (refused) onTrouble(null);
      refused = false;
    });

  const inTurn = (work: () => Promise<void>): void => {
    turn = turn.then(work);
  };

  inTurn(() =>
    tried("reading", async () => {
      await read();
      onRead();
    }),
  );

  return {
    all,
    put(round) {
      own.set(round.score.id, round);
      const kept = new Set(all().map(({ score }) => score.id));
      for (const id of own.keys()) if (!kept.has(id)) own.delete(id);
      unwritten = true;
      inTurn(write);
    },
    async [Symbol.asyncDispose]() {
      inTurn(write);
      await turn;
    },
  };
}

/** JSON has no `undefined`, so it can stand for what could not be parsed. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
