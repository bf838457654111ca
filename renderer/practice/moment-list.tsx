import type { PracticeMoment } from "../../shared/practice.ts";
import { practiceTexts } from "../texts/practice-texts.ts";
import { formatElapsed } from "../ui/format.ts";

const words = practiceTexts.moments;
const tones: Readonly<Record<PracticeMoment["outcome"], "ok" | "bad" | "warn" | "none">> = { used: "ok", judged: "none", missed: "bad", unseen: "warn", nothing: "none" };

/** Every moment in order: what was said, what was on screen, what the agent did. */
export function MomentList({ moments }: { readonly moments: readonly PracticeMoment[] }) {
  return (
    <ol className="practice-moments" aria-label={words.label}>
      {moments.map((moment, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- a moment is its place in the call
        <li key={at}>
          <p className="practice-said">
            <span className="visually-hidden">{words.said}</span>
            {moment.said === "" ? <span className="hint">{words.unheard}</span> : <q>{moment.said}</q>}
          </p>
          {moment.suggestions.length === 0 ? null : (
            <ul aria-label={words.shown}>
              {moment.suggestions.map(({ text, used }) => (
                <li key={text} data-used={used}>
                  {text}
                  {used ? <span className="tag toned" data-tone="ok">{words.yours}</span> : null}
                </li>
              ))}
            </ul>
          )}
          <p className="practice-outcome">
            <span className="tag toned" data-tone={tones[moment.outcome]}>
              {words.outcomes[moment.outcome]}
            </span>
            <span>{moment.outcome === "used" ? words.hints.used(formatElapsed((moment.secondsToUse ?? 0) * 1_000)) : words.hints[moment.outcome]}</span>
          </p>
        </li>
      ))}
    </ol>
  );
}
