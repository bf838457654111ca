import { z } from "zod";
import { setupFormSchema } from "../../shared/setup.ts";
import type { FilePort } from "../files/file-port.ts";
import { createKeptDraft, type KeptDraft } from "../files/kept-draft.ts";

export const DRAFT_FILE_NAME = "setup-draft.json";

const draftSchema = z.strictObject({
  at: z.enum(["welcome", "connect", "left"]),
  forms: z.array(setupFormSchema).max(10).readonly(),
});

/** How far the first run came: where the person stands, and what was typed and is not saved. Never a secret. */
export type Draft = Readonly<z.infer<typeof draftSchema>>;

export const emptyDraft: Draft = { at: "welcome", forms: [] };

/** The draft on disk. */
export type DraftFile = KeptDraft<Draft>;

/** Keeps the draft in `folder`. */
export function createDraftFile({ files, folder }: { readonly files: FilePort; readonly folder: string }): DraftFile {
  return createKeptDraft({ files, folder, name: DRAFT_FILE_NAME, schema: draftSchema, empty: emptyDraft });
}
