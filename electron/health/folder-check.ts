import { join } from "node:path";
import type { Clock } from "../../shared/clock.ts";
import type { HealthOutcome } from "../../shared/health.ts";
import { diskFault, systemCode } from "../files/disk-fault.ts";
import type { FilePort } from "../files/file-port.ts";
import { englishWords } from "../words/en.ts";
import { bad, doubtful, good, skipped, stopwatch, type HealthWords } from "./outcome.ts";

const MB = 1_000_000;
/** Enough for weeks of history, audit and logs. */
const GOOD_BYTES = 200 * MB;
/** Less than this is gone within a shift. */
const BAD_BYTES = 20 * MB;

export interface FolderPorts {
  readonly files: FilePort;
  /** What is left for this user where a folder lies, in bytes; rejects with the system's error. */
  readonly freeBytes: (folder: string) => Promise<number>;
  readonly clock: Clock;
  /** A name that no other run has. */
  readonly newId: () => string;
  /** English unless given. */
  readonly words?: HealthWords;
}

/**
 * Whether the data folder takes what is written, and for how long. A file is written, brought to the disk and removed
 * again; a folder that is not there is not made. Fault: `disk`.
 */
export async function checkFolder(folder: string, { files, freeBytes, clock, newId, words = englishWords.health }: FolderPorts): Promise<HealthOutcome> {
  const took = stopwatch(clock);
  try {
    await files.list(folder);
  } catch (error) {
    if (systemCode(error) === "ENOENT") return skipped(words.folderMissing);
    return bad(diskFault(error, `reading ${folder}`), took());
  }
  try {
    await tryWriting(files, join(folder, `.write-test-${newId()}`));
  } catch (error) {
    return bad(diskFault(error, `writing in ${folder}`), took());
  }
  const free = await freeBytes(folder).catch(() => null);
  if (free === null) return good(words.folderWritable, took());
  if (free > GOOD_BYTES) return good(words.folderFree(free), took());
  if (free > BAD_BYTES) return doubtful(words.folderFilling(free));
  return bad({ kind: "transport", code: "disk", detail: `only ${sizeText(free)} free where ${folder} lies` }, took());
}

/** The file is gone afterwards, also where only a part of it could be written. */
async function tryWriting(files: FilePort, path: string): Promise<void> {
  try {
    const handle = await files.openAppend(path);
    try {
      const bytes = Buffer.from("Callside writes this and removes it again.\n");
      let written = 0;
      while (written < bytes.length) written += await handle.write(bytes.subarray(written));
      await handle.sync();
    } finally {
      await handle.close();
    }
  } finally {
    await files.remove(path);
  }
}

function sizeText(bytes: number): string {
  return bytes >= 10_000 * MB ? `${Math.round(bytes / (1_000 * MB))} GB` : `${Math.floor(bytes / MB)} MB`;
}
