import type { PracticeCall } from "../../shared/practice.ts";
import type { TriggerSettings } from "../../shared/settings.ts";
import { compileTriggers } from "../assist/trigger.ts";
import type { TitledCall } from "../sandbox/practice-list.ts";

const MINUTE_MS = 60_000;

/** The calls as a person chooses among them. Their moments are counted by the rules that hold now; null: nothing asks. */
export function choiceOf(calls: readonly TitledCall[], triggers: TriggerSettings | null): readonly PracticeCall[] {
  const asks = triggers === null ? (): null => null : compileTriggers(triggers);
  return calls.map(({ id, title, about, language, channel, queue, lines }) => ({
    id,
    title,
    about,
    language,
    channel,
    queue,
    minutes: Math.round(((lines.at(-1)?.offsetMs ?? 0) / MINUTE_MS) * 10) / 10,
    moments: lines.filter(({ text, sentimentScore, speaker }) => asks({ text, score: sentimentScore, speaker: speaker === "agent" ? "agent" : "customer", final: true }) !== null).length,
  }));
}
