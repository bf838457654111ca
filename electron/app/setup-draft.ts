import { join } from "node:path";
import { z } from "zod";
import type { Fault } from "../../shared/fault.ts";
import { setupFormSchema, type SetupForm } from "../../shared/setup.ts";
import type { FilePort } from "../files/file-port.ts";
import { diskFault } from "../files/disk-fault.ts";

export const DRAFT_FILE_NAME = "setup-draft.json";
const VERSION = 1;

const draftSchema = z.strictObject({
  version: z.literal(VERSION),
  at: z.enum(["welcome", "connect", "left"]),
  forms: z.array(setupFormSchema).max(10).readonly(),
});

/** How far the first run came: where the person stands, and what was typed and is not saved. Never a secret. */
export interface Draft {
  readonly at: "welcome" | "connect" | "left";
  readonly forms: readonly SetupForm[];
}

export const emptyDraft: Draft = { at: "welcome", forms: [] };

/** The draft on disk. */
export interface DraftFile {
  /** What was kept; nothing where there is no file, or one that cannot be understood. */
  read(): Promise<Draft>;
  /**
   * Keeps the draft in place of the one before. One write at a time; of several that wait only the newest is written, and
   * all of them get its outcome.
   */
  keep(draft: Draft): Promise<Fault | null>;
}

/** Keeps the draft in `folder`, in a file for its owner alone that is replaced as a whole: a crash leaves the old or the new one. */
export function createDraftFile({ files, folder }: { readonly files: FilePort; readonly folder: string }): DraftFile {
  const path = join(folder, DRAFT_FILE_NAME);
  let newest = emptyDraft;
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

  return {
    async read() {
      const text = await files.readText(path).catch(() => null);
      return text === null ? emptyDraft : draftOf(text);
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

function draftOf(text: string): Draft {
  try {
    const parsed = draftSchema.safeParse(JSON.parse(text));
    return parsed.success ? { at: parsed.data.at, forms: parsed.data.forms } : emptyDraft;
  } catch {
    return emptyDraft;
  }
}
