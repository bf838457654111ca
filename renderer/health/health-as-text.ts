import { describeFault } from "../texts/fault-words.ts";
import type { HealthLine, HealthView } from "../../shared/health.ts";
import { healthTexts } from "../texts/health-texts.ts";
import { answerOf, problemsIn, problemTitle, sentenceOf } from "./health-answer.ts";
import { bySubject, tookMs } from "./health-lines.ts";
import { lineWords, tookWords } from "./health-words.ts";

/**
 * The whole page as plain text, for a chat with whoever helps: nothing but what is shown. The time is UTC, for the two
 * may not sit in the same place.
 */
export function healthAsText(view: HealthView): string {
  const answer = answerOf(view);
  const [first, ...others] = problemsIn(answer);
  const head = [
    healthTexts.text.title,
    ...(view.since === null ? [] : [healthTexts.text.at(new Date(view.since).toISOString())]),
    "",
    sentenceOf(answer),
    ...(first === undefined ? [] : problemLines(first.fault, answer.kind === "bad" ? null : problemTitle(first))),
    ...(answer.kind === "doubtful" ? answer.doubts.slice(0, 1).map(({ outcome }) => outcome.remedy) : []),
    ...others.map((problem) => `${healthTexts.answer.also}: ${problemTitle(problem)}`),
  ];
  const subjects = bySubject(view.lines).flatMap(({ subject, lines }) => ["", healthTexts.subjects[subject], ...lines.flatMap(lineText)]);
  return [...head, ...subjects].join("\n");
}

function problemLines(fault: Parameters<typeof describeFault>[0], title: string | null): readonly string[] {
  const { cause, remedy } = describeFault(fault);
  return [...(title === null ? [] : [`${healthTexts.answer.soFar}: ${title}`]), cause, remedy];
}

function lineText(line: HealthLine): readonly string[] {
  const took = tookMs(line);
  const { found, remedy } = lineWords(line);
  const name = healthTexts.checks[line.check];
  const what = line.target === null ? name : `${name} (${line.target})`;
  const details = [took === null ? "" : tookWords(took), found].filter((part) => part !== "").join(", ");
  return [`[${healthTexts.outcomes[line.outcome.kind]}] ${what}${details === "" ? "" : `: ${details}`}`, ...(remedy === "" ? [] : [`    ${remedy}`])];
}
