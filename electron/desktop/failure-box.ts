import type { Dialog } from "electron";
import type { Clock } from "../../shared/clock.ts";
import type { Speech } from "../words/speech.ts";
import { reportInTime, type TakeCrash } from "./crash-taker.ts";

interface FailurePorts {
  readonly dialog: Pick<Dialog, "showErrorBox">;
  readonly take: TakeCrash;
  readonly clock: Clock;
  readonly speech: Pick<Speech, "words">;
}

/** Reports the error that ended the program, and tells the person that it failed and where the report is; what it was is the report's to say. */
export async function tellFailure(thrown: unknown, { dialog, take, clock, speech }: FailurePorts): Promise<void> {
  const words = speech.words().boxes;
  dialog.showErrorBox(words.failedTitle, `${words.failed} ${await reportInTime(thrown, { take, clock, words })}`);
}
