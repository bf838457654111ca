import type { Fault } from "../../shared/fault.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { diskFault } from "./disk-fault.ts";
import type { AppendHandle, FilePort } from "./file-port.ts";

const LINE_BREAK = 0x0a;

/** Appends whole batches of lines to files. */
export interface AppendFile {
  /**
   * Appends `bytes` wholly or not at all: what was written of a batch that failed is cut off again, at once or, if even
   * that fails, before the next batch. Calls must not overlap. The fault is of code `disk`.
   */
  append(path: string, bytes: Uint8Array): Promise<Result<void, Fault>>;
}

interface Leftover {
  readonly path: string;
  /** Where the sound part ends, and where the file ended with the leftover; bytes. */
  readonly from: number;
  readonly to: number;
}

/**
 * An appender over `files`. With `sync`, a batch counts as written only once it survives a power cut; a failed sync is
 * a failed batch, because the operating system may then have dropped the pages.
 * The file is opened anew for every batch, so that log rotation and removed directories are survived.
 */
export function createAppendFile(files: FilePort, { sync }: { readonly sync: boolean }): AppendFile {
  let leftover: Leftover | null = null;
  let known: string | null = null;

  /** Other writers may have appended behind the leftover; then it stays, as cutting would take their lines. */
  const cutLeftover = async (path: string, size: number): Promise<number> => {
    if (leftover === null || leftover.path !== path) return size;
    const { from, to } = leftover;
    if (size === to) await files.truncate(path, from);
    leftover = null;
    return size === to ? from : size;
  };

  const cutBack = async (path: string, from: number, attempted: number): Promise<void> => {
    try {
      const to = await files.size(path);
      if (to <= from || to > from + attempted) return;
      leftover = { path, from, to };
      await files.truncate(path, from);
      leftover = null;
    } catch {
      // Told by the fault of the batch itself; `leftover` remembers what is to be cut.
    }
  };

  /** A line that a crash left without its end must not swallow the first line of ours. */
  const endsInsideLine = async (path: string, size: number): Promise<boolean> => {
    if (path === known || size === 0) return false;
    const last = await files.read(path, size - 1, 1);
    return last[0] !== LINE_BREAK;
  };

  return {
    async append(path, bytes) {
      let handle: AppendHandle | null = null;
      try {
        handle = await files.openAppend(path);
        const start = await cutLeftover(path, await handle.size());
        const whole = (await endsInsideLine(path, start)) ? Buffer.concat([Uint8Array.of(LINE_BREAK), bytes]) : bytes;
        try {
          await writeAll(handle, whole);
          if (sync) await handle.sync();
        } catch (error) {
          await cutBack(path, start, whole.length);
          throw error;
        }
        known = path;
        return ok(undefined);
      } catch (error) {
        return err(diskFault(error, `writing ${path}`));
      } finally {
        await handle?.close().catch(() => undefined);
      }
    },
  };
}

async function writeAll(handle: AppendHandle, bytes: Uint8Array): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    const count = await handle.write(bytes.subarray(written));
    if (count <= 0) throw new Error("the disk took no more bytes");
    written += count;
  }
}
