import type { PanelState } from "../../shared/panel-state.ts";
import { escapePattern } from "../redaction/escape-pattern.ts";
import { knownWords } from "../redaction/known-words.ts";
import { redactPerson, type Person } from "../redaction/person.ts";
import { redactText } from "../redaction/redact.ts";

/** The newest of each interaction: what a fault or a log line might quote by a mistake of ours is what was said just now. */
const MAX_SAID = 20;
const MAX_INTERACTIONS = 10;
const MIN_SAID_CHARS = 12;

/**
 * The last pass over a text that leaves the machine: secrets that the program holds and names of customers in any
 * spelling, what was just said, whatever looks like a secret or personal data, and the person at this machine.
 */
export function diagnosticsRedaction(secrets: readonly string[], state: Pick<PanelState, "interactions">, person: Person): (text: string) => string {
  const hidden = knownWords(secrets);
  const names = knownWords(state.interactions.flatMap(({ interaction }) => namesOf(interaction.customerName)));
  const said = state.interactions.slice(-MAX_INTERACTIONS).flatMap(saidIn);
  const unsaid = (text: string): string => {
    const lower = text.toLowerCase();
    // There should be none, so looking is what has to be quick.
    return said.reduce((out, one) => (lower.includes(one.toLowerCase()) ? out.replaceAll(new RegExp(escapePattern(one), "giu"), "[said]") : out), text);
  };
  return (text) => redactPerson(redactText(names.strike(hidden.strike(unsaid(text), "[redacted]"), "[name]")), person);
}

/** A name as a whole and each part of it; short ones cannot be told from words. */
function namesOf(name: string | null | undefined): readonly string[] {
  if (name === null || name === undefined) return [];
  return [name, ...name.split(/[\s,]+/u)];
}

function saidIn({ utterances, sets }: PanelState["interactions"][number]): readonly string[] {
  return [
    ...utterances.slice(-MAX_SAID).map(({ text }) => text),
    ...sets.slice(0, MAX_SAID).flatMap(({ set }) => set.suggestions.map(({ text }) => text)),
  ].filter((text) => text.length >= MIN_SAID_CHARS);
}
