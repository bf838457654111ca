import { dirname } from "node:path";
import type { Clock } from "../../shared/clock.ts";
import type { Fault } from "../../shared/fault.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { createBackgroundWriter, type DiskTrouble } from "../files/background-writer.ts";
import { diskFault, systemCode } from "../files/disk-fault.ts";
import type { FilePort } from "../files/file-port.ts";

const EVERY_MS = 15_000;
/** The first text waits for what is being opened with it. */
const FIRST_MS = 1_000;

export interface OpenMetricsFileOptions {
  readonly file: string;
  readonly files: FilePort;
  readonly clock: Clock;
  /** The whole text as of now; `ended` for the last one. Asked at each look. */
  readonly text: (ended: boolean) => string;
  readonly onTrouble: (trouble: DiskTrouble) => void;
}

/**
 * Keeps a file with the figures of now, for monitoring agents that read files: written soon after opening, looked at every
 * 15 s, and written at the end. Whoever reads it sees an old text or a new one, never a part. A text that the file holds
 * already is not written again, so a program at rest leaves the disk alone.
 */
export function openMetricsFile({ file, files, clock, text, onTrouble }: OpenMetricsFileOptions): AsyncDisposable {
  let ended = false;
  let waiting = false;
  let cancel = (): void => {};

  /** By the file itself, so that one that was removed or written by another comes back. Its size first: it may be no file of ours. */
  const isThere = async (wanted: string): Promise<boolean> => {
    try {
      return (await files.size(file)) === Buffer.byteLength(wanted) && (await files.readText(file)) === wanted;
    } catch {
      return false;
    }
  };

  const put = async (wanted: string): Promise<void> => {
    try {
      await files.replace(file, wanted);
    } catch (error) {
      if (systemCode(error) !== "ENOENT") throw error;
      await files.makeDirectory(dirname(file));
      await files.replace(file, wanted);
    }
  };

  const drain = async (): Promise<Result<void, Fault>> => {
    const wanted = text(ended);
    if (await isThere(wanted)) return ok(undefined);
    waiting = true;
    try {
      await put(wanted);
    } catch (error) {
      return err(diskFault(error, `writing ${file}`));
    }
    waiting = false;
    return ok(undefined);
  };

  const writer = createBackgroundWriter({ clock, gatherMs: FIRST_MS, drain, remaining: () => (waiting ? 1 : 0), onTrouble });
  const look = (): void => {
    writer.wake("now");
    cancel = clock.after(EVERY_MS, look);
  };
  writer.wake("soon");
  cancel = clock.after(EVERY_MS, look);

  return {
    async [Symbol.asyncDispose]() {
      cancel();
      ended = true;
      await writer[Symbol.asyncDispose]();
    },
  };
}
