import type { Fault } from "../../shared/fault.ts";
import type { Result } from "../../shared/result.ts";
import type { RuleDraft } from "../../shared/workshop.ts";

/** What the workshop keeps between two times that it is open. */
export interface WorkshopCommands {
  /** The draft that was kept last; an empty one where there is none. */
  draft(): Promise<Result<{ readonly draft: RuleDraft }, Fault>>;
  /** Keeps the draft in place of the one before. Fault: `disk`, and it is kept until the program ends. */
  keepDraft(draft: RuleDraft): Promise<Result<null, Fault>>;
}
