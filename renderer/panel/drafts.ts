/** What an agent has written and not sent. `suggestionId`: the card that it comes from, which goes along when it is sent. */
export interface Draft {
  readonly text: string;
  readonly suggestionId: string | null;
}

/** Drafts by interaction. They outlive it: what the connection takes away may come back. */
export type Drafts = ReadonlyMap<string, Draft>;

export const noDraft: Draft = { text: "", suggestionId: null };

/** More than anybody leaves unsent in a day; the oldest goes first. */
const MAX_DRAFTS = 100;
/** As long as a message may be (bridgeTextSchema, which the panel does not carry). In characters as {@link messageLength} counts them. */
export const MAX_MESSAGE = 10_000;

/** The drafts with this one for an interaction; an empty one is none. */
export function withDraft(drafts: Drafts, interactionId: string, draft: Draft): Drafts {
  const next = new Map(drafts);
  next.delete(interactionId);
  if (draft.text !== "") next.set(interactionId, draft);
  const [oldest] = next.keys();
  if (next.size > MAX_DRAFTS && oldest !== undefined) next.delete(oldest);
  return next;
}

/** What was typed. A text that was emptied comes from no card any more. */
export function rewritten(draft: Draft, text: string): Draft {
  return { text, suggestionId: text.trim() === "" ? null : draft.suggestionId };
}

/**
 * A card's text put behind what is there already: a question would stand in the way of a customer who waits, and text
 * that is too much is taken out faster than text that is gone is written again. The same card again changes nothing.
 */
export function withCard(draft: Draft, card: { readonly id: string; readonly text: string }): Draft {
  if (draft.suggestionId === card.id && draft.text.includes(card.text)) return draft;
  return { text: joined(draft.text, card.text), suggestionId: card.id };
}

/** A message that was taken back, in front of what has been written since. */
export function withReturned(draft: Draft, text: string, suggestionId: string | null): Draft {
  return { text: joined(text, draft.text), suggestionId: suggestionId ?? draft.suggestionId };
}

/** What is left when `sent` has gone: what was written after it while it was on its way to main. */
export function withoutSent(draft: Draft, sent: string): Draft {
  if (!draft.text.startsWith(sent)) return draft;
  return rewritten(draft, draft.text.slice(sent.length).trimStart());
}

/** How a text stands towards what may be sent. */
export function sendable(text: string): "empty" | "fits" | "too long" {
  const length = messageLength(text);
  if (length === 0) return "empty";
  return length > MAX_MESSAGE ? "too long" : "fits";
}

/** How long a message is: in Unicode characters, as the schema counts them, without the white space around it. */
export function messageLength(text: string): number {
  const trimmed = text.trim();
  // Only what may be too long has its characters counted one by one.
  return trimmed.length <= MAX_MESSAGE ? trimmed.length : Array.from(trimmed).length;
}

function joined(first: string, second: string): string {
  if (first.trim() === "") return second;
  return second.trim() === "" ? first : `${first.trimEnd()}\n\n${second}`;
}
