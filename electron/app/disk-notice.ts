import type { DiskTrouble } from "../files/background-writer.ts";
import type { Notices } from "./notices.ts";

/** What is kept on disk, in the words of the panel. */
const KEPT = {
  audit: "The audit file",
  history: "The history",
  metrics: "The metrics file",
  "open-metrics": "The OpenMetrics file",
  log: "The log file",
} as const;

export type Kept = keyof typeof KEPT;

const RESTART = "Mend what it names and start Callside again.";

/** What a person can do where it cannot be opened; the audit file is tried again by itself. */
const REMEDIES = {
  audit: "Mend what it names. It is tried again every few seconds.",
  history: RESTART,
  metrics: RESTART,
  "open-metrics": RESTART,
  log: RESTART,
} as const satisfies Record<Kept, string>;

/** Says in the panel that something cannot be written, what that costs meanwhile, and that it is well again. */
export function tellDiskTrouble(notices: Notices, kept: Kept, trouble: DiskTrouble): void {
  if (trouble.kind === "recovered" && trouble.lost === 0) {
    notices.clear(kept);
    return;
  }
  if (trouble.kind === "recovered") {
    notices.raise({
      id: kept,
      level: "warning",
      what: `${KEPT[kept]} is written again.`,
      effect: `${trouble.lost} entries were lost while it could not be written.`,
      remedy: "Nothing needs to be done.",
    });
    return;
  }
  notices.raise({
    id: kept,
    level: trouble.lost === 0 ? "warning" : "error",
    what: `${KEPT[kept]} cannot be written: ${trouble.detail}.`,
    effect:
      trouble.lost === 0
        ? `The work goes on. ${kept === "open-metrics" ? "The figures are written as soon as that is possible." : "Entries are kept in memory and written as soon as that is possible."}`
        : `The work goes on. Memory is full: ${trouble.lost} entries are lost so far.`,
    remedy: "Free space on the disk, or ask IT to check the folder's rights.",
  });
}

/** Says in the panel that something cannot be opened at all, so that nothing of it is kept. */
export function tellNotOpened(notices: Notices, kept: Kept, detail: string): void {
  notices.raise({
    id: kept,
    level: "error",
    what: `${KEPT[kept]} cannot be opened: ${detail}.`,
    effect: "The work goes on, but nothing is kept there.",
    remedy: REMEDIES[kept],
  });
}
