import type { DiskTrouble } from "../files/background-writer.ts";
import type { Notices } from "./notices.ts";

/** What is kept on disk. */
export type Kept = "audit" | "history" | "metrics" | "open-metrics" | "log";

/** Says in the panel that something cannot be written, what that costs meanwhile, and that it is well again. */
export function tellDiskTrouble(notices: Notices, kept: Kept, trouble: DiskTrouble): void {
  const { lost } = trouble;
  if (trouble.kind === "recovered" && lost === 0) {
    notices.clear(kept);
    return;
  }
  if (trouble.kind === "recovered") {
    notices.raise({ id: kept, level: "warning", say: (words) => words.kept.writtenAgain(kept, lost) });
    return;
  }
  const { detail } = trouble;
  notices.raise({ id: kept, level: lost === 0 ? "warning" : "error", say: (words) => words.kept.notWritten(kept, detail, lost) });
}

/** Says in the panel that something cannot be opened at all, so that nothing of it is kept. */
export function tellNotOpened(notices: Notices, kept: Kept, detail: string): void {
  notices.raise({ id: kept, level: "error", say: (words) => words.kept.notOpened(kept, detail) });
}
