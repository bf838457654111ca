import type { Call, CallLine } from "./call.ts";

/** A recogniser's first guesses: how long before the final form, and how much of the line they have. */
const INTERIMS = [
  { beforeMs: 1_500, share: 0.4 },
  { beforeMs: 700, share: 0.75 },
] as const;
const INTERIM_MIN_WORDS = 8;
/** Every other customer line that is long enough has interim forms, the first one among them. */
const INTERIM_EVERY = 2;

/** A form of a line as it is said: interim ones carry the beginning of it. */
export interface SaidLine {
  readonly utteranceId: string;
  readonly speaker: CallLine["speaker"];
  readonly transcript: string;
  readonly sentimentScore: number;
  readonly final: boolean;
}

/** Something that happens in a call, in call time from its start. */
export interface CallStep {
  readonly atMs: number;
  readonly run: () => void;
}

/** What is said in a call and when, in order: every line, and before some of them what a recogniser first takes them for. */
export function stepsOf(id: string, call: Call, say: (line: SaidLine) => void): CallStep[] {
  const steps: CallStep[] = [];
  let previousMs = 0;
  let long = 0;
  for (const line of call.lines) {
    const words = line.text.split(" ");
    const saying = (transcript: string, final: boolean) => (): void => {
      say({ utteranceId: `${id}-${String(line.index)}`, speaker: line.speaker, transcript, sentimentScore: line.sentimentScore, final });
    };
    const guessable = call.channel === "voice" && line.speaker !== "agent" && words.length >= INTERIM_MIN_WORDS;
    if (guessable) long += 1;
    for (const { beforeMs, share } of guessable && long % INTERIM_EVERY === 1 ? INTERIMS : []) {
      const atMs = line.offsetMs - beforeMs;
      if (atMs <= previousMs) continue;
      steps.push({ atMs, run: saying(words.slice(0, Math.ceil(words.length * share)).join(" "), false) });
    }
    steps.push({ atMs: line.offsetMs, run: saying(line.text, true) });
    previousMs = line.offsetMs;
  }
  return steps;
}
