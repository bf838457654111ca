import type { RuleDraft } from "./workshop.ts";

/** A draft of the workshop that changes nothing. */
export const noRuleDraft: RuleDraft = { triggers: {}, policy: {}, keywords: { added: [], removed: [] }, prohibitedPhrases: { added: [], removed: [] } };
