import type { AppendHandle, FilePort } from "../../electron/files/file-port.ts";
import { nodeFiles } from "../../electron/files/node-files.ts";

export interface Faults {
  /** Bytes that the disk still takes; beyond them a write is short and the next one fails with ENOSPC. */
  room: number;
  /** Codes that these operations fail with, while set. */
  sync: string | null;
  truncate: string | null;
  replace: string | null;
  open: string | null;
}

/** An error as the operating system gives it. */
export function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: made up for the test`), { code });
}

/** The real file system with faults that can be switched while it runs, and counts of what was asked of it. */
export function createFaultyFiles(): {
  readonly files: FilePort;
  readonly faults: Faults;
  readonly counts: { writes: number; syncs: number };
} {
  const faults: Faults = { room: Number.POSITIVE_INFINITY, sync: null, truncate: null, replace: null, open: null };
  const counts = { writes: 0, syncs: 0 };
  const trip = (code: string | null): void => {
    if (code !== null) throw systemError(code);
  };
  const wrap = (handle: AppendHandle): AppendHandle => ({
    size: () => handle.size(),
    close: () => handle.close(),
    async write(bytes) {
      counts.writes += 1;
      if (faults.room <= 0) throw systemError("ENOSPC");
      const written = await handle.write(bytes.subarray(0, Math.min(bytes.length, faults.room)));
      faults.room -= written;
      return written;
    },
    async sync() {
      counts.syncs += 1;
      trip(faults.sync);
      await handle.sync();
    },
  });
  const files: FilePort = {
    ...nodeFiles,
    async openAppend(path) {
      trip(faults.open);
      return wrap(await nodeFiles.openAppend(path));
    },
    async truncate(path, size) {
      trip(faults.truncate);
      await nodeFiles.truncate(path, size);
    },
    async replace(path, text) {
      trip(faults.replace);
      await nodeFiles.replace(path, text);
    },
  };
  return { files, faults, counts };
}
