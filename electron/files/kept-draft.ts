import { join } from "node:path";
import { z } from "zod";
import type { Fault } from "../../shared/fault.ts";
import { diskFault } from "./disk-fault.ts";
import type { FilePort } from "./file-port.ts";

const VERSION = 1;
const fileSchema = z.looseObject({ version: z.literal(VERSION) });

/** What a person has begun and not saved, on disk. */
export interface KeptDraft<T> {
  /** What was kept; the empty one where there is no file, or one that cannot be understood. */
  read(): Promise<T>;
  /**
   * Keeps the draft in place of the one before. One write at a time; of several that wait only the newest is written, and
   * all of them get its outcome.
   */
  keep(draft: T): Promise<Fault | null>;
}

interface KeptDraftOptions<T> {
  readonly files: FilePort;
  readonly folder: string;
  readonly name: string;
  readonly schema: z.ZodType<T>;
  readonly empty: T;
}

/** Keeps a draft in `folder`, in a file for its owner alone that is replaced as a whole: a crash leaves the old or the new one. */
export function createKeptDraft<T extends object>({ files, folder, name, schema, empty }: KeptDraftOptions<T>): KeptDraft<T> {
  const path = join(folder, name);
  let newest = empty;
  let underWay: Promise<Fault | null> | null = null;
  let waiting: Promise<Fault | null> | null = null;

  const write = async (): Promise<Fault | null> => {
    try {
      await files.makeDirectory(folder);
      await files.replace(path, `${JSON.stringify({ version: VERSION, ...newest })}\n`);
      return null;
    } catch (error) {
      return diskFault(error, `keeping ${path}`);
    }
  };
  const begin = (): Promise<Fault | null> => {
    waiting = null;
    underWay = write().finally(() => {
      underWay = null;
    });
    return underWay;
  };

  const understood = (text: string): T => {
    try {
      const { version: _, ...draft } = fileSchema.parse(JSON.parse(text));
      return schema.parse(draft);
    } catch {
      return empty;
    }
  };

  return {
    async read() {
      const text = await files.readText(path).catch(() => null);
      return text === null ? empty : understood(text);
    },
    keep(draft) {
      newest = draft;
      // Before the one under way: it may be over, and the one that waits not begun.
      if (waiting !== null) return waiting;
      if (underWay === null) return begin();
      waiting = underWay.then(begin);
      return waiting;
    },
  };
}
