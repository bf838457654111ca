import type { Interaction } from "../../shared/interaction.ts";
import type { SuggestionSet } from "../../shared/suggestion.ts";
import type { SequenceTrack } from "./sequence-gaps.ts";
import type { Answer } from "./suggestion-cache.ts";
import { createTranscript, type Transcript } from "./transcript.ts";

/** A set that was shown, with what it was judged from. */
export interface ShownSet {
  readonly set: SuggestionSet;
  readonly answer: Answer;
}

/** What the engine keeps of one interaction. */
export interface Talk {
  interaction: Interaction;
  readonly transcript: Transcript;
  /** The platform's numbers of its payloads. */
  readonly numbers: SequenceTrack;
  /** The highest order of a set that was shown; nothing older may follow it. */
  shownOrder: number;
  /** The last sets, in no order: the newest takes the place of the oldest. */
  readonly shown: ShownSet[];
  /** Where the next new set goes. */
  next: number;
}

export interface Talks {
  find(interactionId: string): Talk | undefined;
  open(interaction: Interaction): Talk;
  all(): Iterable<Talk>;
}

/** More than any desk or service has live at once; the one that was opened first leaves. */
const MAX_TALKS = 1_000;
const MAX_SHOWN_SETS = 20;

/** The interactions that the engine follows, bounded. `follow` begins to count the numbers of a new one; `run` tells this run from others. */
export function createTalks(follow: () => SequenceTrack, run: string): Talks {
  const talks = new Map<string, Talk>();
  return {
    find: (interactionId) => talks.get(interactionId),
    all: () => talks.values(),
    open(interaction) {
      const talk: Talk = {
        interaction,
        transcript: createTranscript(interaction.id, run),
        numbers: follow(),
        shownOrder: Number.NEGATIVE_INFINITY,
        shown: [],
        next: 0,
      };
      talks.set(interaction.id, talk);
      if (talks.size > MAX_TALKS) {
        const leaving = [...talks.values()].find((one) => one.interaction.status === "ended") ?? talks.values().next().value;
        if (leaving !== undefined) talks.delete(leaving.interaction.id);
      }
      return talk;
    },
  };
}

/** Remembers a set as shown; an answer takes the place of its fallback. */
export function rememberShown(talk: Talk, shown: ShownSet): void {
  talk.shownOrder = Math.max(talk.shownOrder, shown.set.order);
  if (shown.set.replaces !== undefined) {
    const fallback = talk.shown.findIndex((one) => one.set.id === shown.set.id);
    if (fallback >= 0) {
      talk.shown[fallback] = shown;
      return;
    }
  }
  talk.shown[talk.next] = shown;
  talk.next = (talk.next + 1) % MAX_SHOWN_SETS;
}
