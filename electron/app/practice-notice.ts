import { assertNever } from "../../shared/assert-never.ts";
import type { Notice } from "../../shared/notice.ts";
import type { ScoresTrouble } from "./practice-scores.ts";

export const SCORES_NOTICE = "practice-scores";

/** What is wrong with the file of scores, for the person at the desk. */
export function scoresNotice(trouble: ScoresTrouble): Omit<Notice, "since"> {
  const notice = { id: SCORES_NOTICE, level: "warning" } as const;
  switch (trouble.kind) {
    case "disk":
      return { ...notice, what: "Practice scores cannot be kept.", effect: `They last until Callside ends: ${trouble.fault.detail}.`, remedy: "Make room on the disk, or give your account access to that folder." };
    case "damaged":
      return { ...notice, what: "The file of practice scores was damaged.", effect: `It was set aside as ${trouble.path}, and a new one is begun.`, remedy: "Nothing to do, unless you miss the earlier scores." };
    case "newer":
      return { ...notice, what: "The practice scores are of a newer Callside.", effect: `${trouble.path} is left as it is; new scores last until Callside ends.`, remedy: "Start the newer version, or move that file away." };
    default:
      return assertNever(trouble);
  }
}
