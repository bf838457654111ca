import type { Fault } from "../../shared/fault.ts";
import type { Interaction, Utterance } from "../../shared/interaction.ts";
import { err, ok, type Result } from "../../shared/result.ts";

/** What the history keeps of an interaction, as far as cases are made of it. */
export interface RecordedInteraction {
  readonly interaction: Interaction;
  /** In order of speech. */
  readonly utterances: readonly Utterance[];
  /** What was shown, each set for the utterance that triggered. */
  readonly sets: readonly { readonly utteranceId: string }[];
}

/** Cases as YAML, to be appended to the `cases` of a suite. */
export interface RecordedCases {
  readonly yaml: string;
  readonly testIds: readonly string[];
  /** The fields that a recording cannot tell, `test_id: field`; the suite is refused until they are filled in. */
  readonly open: readonly string[];
}

/** Leaves room for the number and the words around it within the length of a test_id. */
const MAX_NAME = 150;

/**
 * Makes cases of a recorded interaction: one for each utterance of the customer that triggered, or for the first one
 * where none did. Where the speakers are not known, everyone counts as the customer. `mask` takes personal data out of a
 * text. What the bot should make of it is in no recording: the intent is left empty, which a suite does not accept, so
 * that it cannot be forgotten. Fails with `invalid-input` where the customer said nothing.
 */
export function caseFromInteraction(record: RecordedInteraction, { mask }: { readonly mask: (text: string) => string }): Result<RecordedCases, Fault> {
  const said = customerUtterances(record.utterances);
  const triggered = new Set(record.sets.map((set) => set.utteranceId));
  const chosen = said.filter((utterance) => triggered.has(utterance.id));
  const utterances = chosen.length > 0 ? chosen : said.slice(0, 1);
  if (utterances.length === 0) return err({ kind: "policy", code: "invalid-input", detail: "nothing that the customer said is kept of this interaction" });

  const name = idName(mask(record.interaction.id));
  const cases = utterances.map((utterance, index) => ({ testId: `test_recorded_${name}_${index + 1}`, text: mask(utterance.text.trim()), masked: mask(utterance.text) !== utterance.text }));
  return ok({
    yaml: [heading(record, mask), ...cases.map(caseText)].join(""),
    testIds: cases.map(({ testId }) => testId),
    open: cases.map(({ testId }) => `${testId}: expected_outcome.intent`),
  });
}

function customerUtterances(utterances: readonly Utterance[]): readonly Utterance[] {
  const spoken = utterances.filter((utterance) => utterance.final && utterance.text.trim() !== "");
  const customer = spoken.filter((utterance) => utterance.speaker === "customer");
  return customer.length > 0 ? customer : spoken.filter((utterance) => utterance.speaker === "unknown");
}

/** An id of the platform in the letters that a test_id takes. */
function idName(id: string): string {
  const name = id.replace(/[^A-Za-z0-9]+/g, "_").replace(/^_+|_+$/g, "");
  return name === "" ? "interaction" : name.slice(0, MAX_NAME);
}

function heading({ interaction }: RecordedInteraction, mask: (text: string) => string): string {
  return [
    `  # From interaction ${JSON.stringify(mask(interaction.id))} of ${new Date(interaction.startedAt).toISOString()}.`,
    "  # A recording does not tell what the bot should make of it: fill in each intent, and what else is expected.",
    "  # Until then the suite is refused.",
    "",
  ].join("\n");
}

/** Texts are written as JSON, which is YAML too, so that nothing in them has a meaning to it. */
function caseText({ testId, text, masked }: { readonly testId: string; readonly text: string; readonly masked: boolean }): string {
  return [
    `  - test_id: ${testId}`,
    "    user_id: usr_recorded",
    ...(masked ? ["    # Personal data was masked: put made-up values in place of what stands in square brackets."] : []),
    `    utterance: ${JSON.stringify(text)}`,
    "    expected_outcome:",
    "      intent: # to be filled in",
    "      entities: {}",
    "      # next_flow:",
    "      # response_contains:",
    "    tags: [recorded]",
    "",
  ].join("\n");
}
