import { assertNever } from "../../shared/assert-never.ts";
import type { Saying } from "../words/saying.ts";
import type { Words } from "../words/en.ts";
import type { RaisedNotice } from "./notices.ts";
import type { ScoresTrouble } from "./practice-scores.ts";

export const SCORES_NOTICE = "practice-scores";

/** What is wrong with the file of scores, for the person at the desk. */
export function scoresNotice(trouble: ScoresTrouble): RaisedNotice {
  return { id: SCORES_NOTICE, level: "warning", say: ({ kept }) => sayingOf(trouble, kept) };
}

function sayingOf(trouble: ScoresTrouble, words: Words["kept"]): Saying {
  switch (trouble.kind) {
    case "disk":
      return words.scoresNotKept(trouble.fault.detail);
    case "damaged":
      return words.scoresDamaged(trouble.path);
    case "newer":
      return words.scoresNewer(trouble.path);
    default:
      return assertNever(trouble);
  }
}
