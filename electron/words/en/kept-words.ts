import type { Saying } from "../saying.ts";
import { diskHindrance } from "../disk-hindrance.ts";
import { diskRemedies } from "./disk-remedies.ts";

/** What is kept on disk, as the subject of a sentence. */
const kept = {
  audit: "The audit file",
  history: "The history",
  metrics: "The metrics file",
  "open-metrics": "The OpenMetrics file",
  log: "The log file",
};

type Kept = keyof typeof kept;

const nothing = "Nothing needs to be done.";

/** What is kept of the work, and what is wrong with it. */
export const keptWords = {
  writtenAgain: (name: Kept, lost: number): Saying => ({
    what: `${kept[name]} is written again.`,
    effect: `${lost} ${lost === 1 ? "entry was" : "entries were"} lost while it could not be written.`,
    remedy: nothing,
  }),
  notWritten: (name: Kept, detail: string, lost: number): Saying => ({
    what: `${kept[name]} cannot be written: ${detail}.`,
    effect:
      lost > 0
        ? `The work goes on. Memory is full: ${lost} ${lost === 1 ? "entry is" : "entries are"} lost so far.`
        : name === "open-metrics"
          ? "The work goes on. The figures are written as soon as that is possible."
          : "The work goes on. Entries are kept in memory and written as soon as that is possible.",
    remedy: diskRemedies[diskHindrance(detail)],
  }),
  notOpened: (name: Kept, detail: string): Saying => ({
    what: `${kept[name]} cannot be opened: ${detail}.`,
    effect: "The work goes on, but nothing is kept there.",
    remedy: name === "audit" ? "Mend what it names. It is tried again every few seconds." : "Mend what it names and start Callside again.",
  }),
  historySetAside: (path: string): Saying => ({
    what: "The history was damaged.",
    effect: `It was set aside as ${path}, and a new one was begun.`,
    remedy: "Keep that file if IT wants to look at it.",
  }),
  /** Times in ms since the Unix epoch. */
  clockLeapt: (last: number, now: number): Saying => ({
    what: `This computer's clock has leapt ahead: the history last saw ${momentWords(last)}, and now it is ${momentWords(now)}.`,
    effect: "Nothing that is too old by this clock is removed from the history until the clock of a platform agrees with it, or Callside has run with it for a day.",
    remedy: "If that date is right, nothing needs to be done. If not, set the computer's date and time to automatic.",
  }),
  teamNotWritten: (detail: string): Saying => ({
    what: `The figures for the team cannot be written: ${detail}.`,
    effect: "They are kept here and written as soon as that is possible.",
    remedy: "Check that the team's folder or collector can be reached, or ask IT.",
  }),
  scoresNotKept: (detail: string): Saying => ({
    what: "Practice scores cannot be kept.",
    effect: `They last until Callside ends: ${detail}.`,
    remedy: "Make room on the disk, or give your account access to that folder.",
  }),
  scoresDamaged: (path: string): Saying => ({
    what: "The file of practice scores was damaged.",
    effect: `It was set aside as ${path}, and a new one is begun.`,
    remedy: "Nothing to do, unless you miss the earlier scores.",
  }),
  scoresNewer: (path: string): Saying => ({
    what: "The practice scores are of a newer Callside.",
    effect: `${path} is left as it is; new scores last until Callside ends.`,
    remedy: "Start the newer version, or move that file away.",
  }),
};

function momentWords(at: number): string {
  return new Date(at).toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short" });
}
