import type { PanelState } from "../../shared/panel-state.ts";
import { knownNames } from "../redaction/known-names.ts";
import { knownWords } from "../redaction/known-words.ts";
import { personalIn } from "../redaction/mask.ts";
import { redactPerson, type Person } from "../redaction/person.ts";
import { quotesOf } from "../redaction/quotes.ts";
import { redactText } from "../redaction/redact.ts";

/** The newest of each interaction: what a fault or a log line might quote by a mistake of ours is what was said just now. */
const MAX_SAID = 20;
const MAX_INTERACTIONS = 10;
const MIN_SAID_CHARS = 12;

/**
 * The last pass over a text that leaves the machine: secrets that the program holds and names of customers in any
 * spelling, a text that quotes what was just said as a whole, whatever looks like a secret or personal data, and the person at this machine.
 */
export function diagnosticsRedaction(secrets: readonly string[], state: Pick<PanelState, "interactions">, person: Person): (text: string) => string {
  const hidden = knownWords(secrets);
  const names = knownNames(state.interactions.flatMap(({ interaction }) => interaction.customerName ?? []));
  const said = state.interactions.slice(-MAX_INTERACTIONS).flatMap(saidIn);
  const numbers = knownWords(said.flatMap(personalIn).flatMap((one) => [one, one.replaceAll(/[\s\-./]/gu, "")]));
  const quotes = quotesOf(said.filter((text) => text.length >= MIN_SAID_CHARS));
  return (text) => {
    // There should be none, so what would hold one need not be readable.
    if (quotes(text)) return "[said]";
    const unnamed = names.strike(numbers.strike(hidden.strike(text, "[redacted]"), "[personal]"), "[name]");
    return redactPerson(redactText(unnamed), person);
  };
}

function saidIn({ utterances, sets }: PanelState["interactions"][number]): readonly string[] {
  return [
    ...utterances.slice(-MAX_SAID).map(({ text }) => text),
    ...sets.slice(0, MAX_SAID).flatMap(({ set }) => set.suggestions.map(({ text }) => text)),
  ];
}
