import type { PracticeCall } from "../../shared/practice.ts";
import type { TriggerSettings } from "../../shared/settings.ts";
import { englishWords, type Words } from "../words/en.ts";
import { compileTriggers } from "../assist/trigger.ts";
import type { TitledCall } from "../sandbox/practice-list.ts";

const MINUTE_MS = 60_000;

/** The calls as a person chooses among them. Their moments are counted by the rules that hold now; null: nothing asks. `words`: how calls are presented otherwise than by themselves. */
export function choiceOf(calls: readonly TitledCall[], triggers: TriggerSettings | null, words: Words["practiceCalls"] = englishWords.practiceCalls): readonly PracticeCall[] {
  const asks = triggers === null ? (): null => null : compileTriggers(triggers);
  return calls.map(({ id, title, about, language, channel, queue, lines }) => ({
    id,
    title: words[id]?.title ?? title,
    about: words[id]?.about ?? about,
    language,
    channel,
    queue,
    minutes: Math.round(((lines.at(-1)?.offsetMs ?? 0) / MINUTE_MS) * 10) / 10,
    moments: lines.filter(({ text, sentimentScore, speaker }) => asks({ text, score: sentimentScore, speaker: speaker === "agent" ? "agent" : "customer", final: true }) !== null).length,
  }));
}
