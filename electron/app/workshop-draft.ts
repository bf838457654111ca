import { noRuleDraft } from "../../shared/no-rule-draft.ts";
import { err, ok } from "../../shared/result.ts";
import { ruleDraftSchema, type RuleDraft } from "../../shared/workshop.ts";
import type { FilePort } from "../files/file-port.ts";
import { createKeptDraft } from "../files/kept-draft.ts";
import type { WorkshopCommands } from "../host/workshop-commands.ts";

const FILE_NAME = "workshop-draft.json";

/** Keeps the workshop's draft in `folder`, and at hand for as long as the program runs, whatever the disk does. */
export function createWorkshopDraft({ files, folder }: { readonly files: FilePort; readonly folder: string }): WorkshopCommands {
  const file = createKeptDraft({ files, folder, name: FILE_NAME, schema: ruleDraftSchema, empty: noRuleDraft });
  let newest: RuleDraft | null = null;
  return {
    async draft() {
      const kept = newest ?? (await file.read());
      // It may have been changed while it was read.
      newest ??= kept;
      return ok({ draft: newest });
    },
    async keepDraft(draft) {
      newest = draft;
      const fault = await file.keep(draft);
      return fault === null ? ok(null) : err(fault);
    },
  };
}
