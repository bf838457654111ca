import type { Span, Speaker, Utterance } from "../../shared/interaction.ts";
import type { UpdatePayload } from "./parse-frame.ts";
import { createRecentNames } from "./recent-names.ts";

/** What a payload adds to what was said in its interaction. */
type TranscriptStep =
  /**
   * Something was said. `utterance.final` false: an interim form, to be shown and not evaluated. `replaces`: its id is
   * known, it takes the place of its interim form. `order` grows with the talk: the platform's sequence where it gives
   * one, else the next number.
   */
  | { readonly kind: "utterance"; readonly utterance: Utterance; readonly order: number; readonly replaces: boolean }
  /** A score without words (contract 2.1: a missing transcript is empty): to be evaluated, but there is no line to show. */
  | { readonly kind: "score"; readonly utterance: Utterance; readonly order: number }
  /** Said before: a final form of it is known already, and it is not evaluated again. */
  | { readonly kind: "duplicate"; readonly utteranceId: string | null }
  /** Nothing was said: only what is known of the interaction may have changed. */
  | { readonly kind: "silence" };

export interface Transcript {
  /** `now`: wall clock, ms since the Unix epoch; the time of an utterance whose payload has no timestamp. */
  take(payload: UpdatePayload, now: number): TranscriptStep;
}

/** As many utterances as the panel keeps: a repeat of an older one is no longer known as such. */
export const MAX_REMEMBERED = 2_000;
/** Interim forms that wait for their successor at the same time. */
const MAX_INTERIM = 100;
/** An id's bound (shared/interaction.ts), and what a name within the interaction may take of it. */
const MAX_ID_LENGTH = 200;
const MAX_NAME_LENGTH = 40;

const SILENCE: TranscriptStep = { kind: "silence" };
const NO_MARKS: Span[] = [];
Object.freeze(NO_MARKS);

interface Interim {
  readonly id: string;
  readonly order: number;
}

/**
 * The bookkeeping of one interaction (contract 2.1): what of a payload is new, under which id and at which place.
 *
 * An utterance is known by its `utteranceId`; without one by its `sequence`; without either by speaker, timestamp and
 * text, where a timestamp is given (a platform that sends its history again after a reconnect sends those alike).
 * Words that have none of these cannot be told from words said twice, and count as said twice.
 * An interim form is replaced by the next form with its `utteranceId`; one without an id by the next words of the same
 * speaker without an id. Memory is bounded, whatever comes.
 *
 * An utterance without an id gets one: made of what it is known by, so that it is the same after a restart; else a number,
 * behind `run`, so that it is not that of another utterance of an earlier run.
 */
export function createTranscript(interactionId: string, run: string): Transcript {
  const base = interactionId.slice(0, MAX_ID_LENGTH - MAX_NAME_LENGTH - run.length);
  const finals = createRecentNames(MAX_REMEMBERED);
  const interims = new Map<string, Interim>();
  let last = 0;
  /** The highest number that the platform has given to words. */
  let highest = Number.NEGATIVE_INFINITY;
  let generated = 0;

  /** A platform's own ids may look like ours. */
  const isTaken = (id: string): boolean => finals.has(id) || interims.has(id);

  const newId = (payload: UpdatePayload): string => {
    const name = nameOf(payload);
    let id = name === null ? nextNumber() : `${base}:${name}`;
    while (isTaken(id)) id = nextNumber();
    return id;
  };
  const nextNumber = (): string => {
    generated += 1;
    return `${base}:${run}${generated}`;
  };

  const place = (sequence: number | undefined, replaced: Interim | undefined): number => {
    const order = sequence ?? replaced?.order ?? last + 1;
    if (order > last) last = order;
    return order;
  };

  /** A score alone: it must not take the place of words with the same id that are still to come. */
  const takeScore = (payload: UpdatePayload, now: number): TranscriptStep => {
    if (!payload.final || payload.status !== undefined) return SILENCE;
    const { utteranceId } = payload;
    const identity = identify(payload);
    const known = identity === undefined ? undefined : `${SCORE_MARK}${identity}`;
    if (known !== undefined && identity !== undefined && (finals.has(known) || finals.has(identity))) {
      return { kind: "duplicate", utteranceId: utteranceId ?? null };
    }
    if (known !== undefined) finals.add(known);
    const utterance = toUtterance(payload, utteranceId ?? newId(payload), now);
    return { kind: "score", utterance, order: place(payload.sequence, undefined) };
  };

  return {
    take(payload, now) {
      if (isBlank(payload.transcript)) return takeScore(payload, now);
      const { utteranceId, sequence } = payload;
      const identity = identify(payload);
      // What the platform numbers higher than all before it cannot have been said before: no need to look.
      const isNewest = sequence !== undefined && sequence > highest;
      if (isNewest) highest = sequence;
      else if (identity !== undefined && finals.has(identity)) {
        return { kind: "duplicate", utteranceId: utteranceId ?? null };
      }
      const slot = utteranceId ?? ANONYMOUS[payload.speaker];
      const waiting = interims.size === 0 ? undefined : interims.get(slot);
      // Words that come late are not the successor of a form that the platform numbered after them.
      const late = utteranceId === undefined && sequence !== undefined && waiting !== undefined && sequence < waiting.order;
      const replaced = late ? undefined : waiting;
      const utterance = toUtterance(payload, utteranceId ?? replaced?.id ?? newId(payload), now);
      const order = place(sequence, replaced);
      if (payload.final) {
        if (replaced !== undefined) interims.delete(slot);
        if (identity !== undefined) finals.add(identity);
      } else if (!late) {
        interims.delete(slot);
        interims.set(slot, { id: utterance.id, order });
        if (interims.size > MAX_INTERIM) forgetOldest(interims);
      }
      return { kind: "utterance", utterance, order, replaces: replaced !== undefined };
    },
  };
}

/** Marks that keep names of our own apart from the platform's ids. */
const OWN_MARK = "\u0000";
const SCORE_MARK = "\u0000score";
const ANONYMOUS: Readonly<Record<Speaker, string>> = {
  agent: `${OWN_MARK}agent`,
  customer: `${OWN_MARK}customer`,
  bot: `${OWN_MARK}bot`,
  unknown: `${OWN_MARK}unknown`,
};

/** What tells an utterance without an id from the others of its interaction, in any run; null: nothing does. */
function nameOf({ sequence, timestamp, speaker, transcript }: UpdatePayload): string | null {
  if (sequence !== undefined) return `#${sequence}`;
  return timestamp === undefined ? null : `${speaker}@${timestamp}#${digest(transcript)}`;
}

function identify(payload: UpdatePayload): string | undefined {
  if (payload.utteranceId !== undefined) return payload.utteranceId;
  const name = nameOf(payload);
  return name === null ? undefined : `${OWN_MARK}${name}`;
}

function toUtterance(payload: UpdatePayload, id: string, now: number): Utterance {
  const { speaker, transcript: text, sentimentScore: score, final, sequence } = payload;
  const at = payload.timestamp ?? now;
  return sequence === undefined
    ? { id, speaker, text, at, score, final, marks: NO_MARKS }
    : { id, speaker, text, at, score, final, sequence, marks: NO_MARKS };
}

/** FNV-1a, 32 bits: enough to tell texts of one speaker at one moment apart without keeping them. */
function digest(text: string): number {
  let hash = 0x81_1c_9d_c5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01_00_01_93);
  return hash >>> 0;
}

function isBlank(text: string): boolean {
  // Nearly every text begins with a letter; only what does not is looked at as a whole.
  return text === "" || (text.charCodeAt(0) <= 0x20 || text.charCodeAt(0) >= 0x7f ? text.trim() === "" : false);
}

function forgetOldest(map: Map<string, unknown>): void {
  for (const key of map.keys()) {
    map.delete(key);
    return;
  }
}
