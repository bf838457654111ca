import type { BridgeView } from "../../shared/bridge-view.ts";
import type { DeadLetter, Delivery } from "../../shared/bridge.ts";
import { describeFault } from "../texts/fault-words.ts";
import { bridgeViewTexts } from "../texts/bridge-view-texts.ts";

/** What of the bridge waits for a person's decision. */
export type Matter =
  | { readonly kind: "dead"; readonly id: string; readonly conversationId: string; readonly text: string; readonly at: number; readonly letter: DeadLetter }
  | { readonly kind: "uncertain"; readonly id: string; readonly conversationId: string; readonly text: string; readonly at: number; readonly delivery: Delivery };

export type MatterKind = Matter["kind"];

/** Which of them are shown: those with these words in them, for this reason (null: whatever it is). */
export interface MatterQuery {
  readonly words: string;
  readonly reason: string | null;
}

export const everyMatter: MatterQuery = { words: "", reason: null };

/** The dead letters of the view, newest first. */
export function deadMatters({ deadLetters }: BridgeView): readonly Matter[] {
  return deadLetters.list.map((letter) => ({ kind: "dead", id: letter.id, conversationId: letter.conversationId, text: letter.text, at: letter.diedAt, letter }));
}

/** The replies of unknown fate, newest first. */
export function uncertainMatters({ uncertain }: BridgeView): readonly Matter[] {
  return uncertain.list.map((delivery) => ({ kind: "uncertain", id: delivery.id, conversationId: delivery.conversationId, text: delivery.text, at: delivery.at, delivery }));
}

/** Why it waits, in a few words: what the fault table says, or whose reply it is. */
export function reasonOf(matter: Matter): string {
  return matter.kind === "dead" ? describeFault(matter.letter.fault).what : bridgeViewTexts.origins[matter.delivery.origin];
}

/** What to do about a dead letter: what the fault table says, save where it counts on another attempt, which there is none of. */
export function adviceFor({ fault }: DeadLetter): string {
  return fault.kind === "transport" || fault.code === "rate-limited" ? bridgeViewTexts.details.mended : describeFault(fault).remedy;
}

/** The reasons that occur, the most frequent first. */
export function reasonsOf(matters: readonly Matter[]): readonly { readonly reason: string; readonly count: number }[] {
  const counts = new Map<string, number>();
  for (const matter of matters) counts.set(reasonOf(matter), (counts.get(reasonOf(matter)) ?? 0) + 1);
  return [...counts].map(([reason, count]) => ({ reason, count })).toSorted((a, b) => b.count - a.count);
}

/** Those that are asked for, in their order. Words are looked for in conversation, reason and text, in any case and order. */
export function findMatters(matters: readonly Matter[], { words, reason }: MatterQuery): readonly Matter[] {
  const wanted = words.toLocaleLowerCase().split(/\s+/u).filter((word) => word !== "");
  if (wanted.length === 0 && reason === null) return matters;
  return matters.filter((matter) => {
    if (reason !== null && reasonOf(matter) !== reason) return false;
    const hay = `${matter.conversationId}\n${reasonOf(matter)}\n${matter.text}`.toLocaleLowerCase();
    return wanted.every((word) => hay.includes(word));
  });
}

/** Whether two are drawn alike: each push brings all of them anew. */
export function sameMatter(a: Matter, b: Matter): boolean {
  if (a.id !== b.id || a.at !== b.at || a.text !== b.text) return false;
  return a.kind === "dead" && b.kind === "dead" ? a.letter.attempts === b.letter.attempts && a.letter.fault.code === b.letter.fault.code : a.kind === b.kind;
}

/**
 * What may be drawn while somebody is at the list: what stood there stays in its order (without what is settled), and
 * what is new waits. `shown` null: nobody is at it.
 */
export function holdMatters(shown: readonly string[] | null, current: readonly Matter[]): { readonly matters: readonly Matter[]; readonly held: number } {
  if (shown === null) return { matters: current, held: 0 };
  const byId = new Map(current.map((matter) => [matter.id, matter]));
  const matters = shown.flatMap((id) => {
    const matter = byId.get(id);
    byId.delete(id);
    return matter === undefined ? [] : [matter];
  });
  // Nobody is disturbed where nothing is left to stand still.
  return matters.length === 0 ? { matters: current, held: 0 } : { matters, held: byId.size };
}
