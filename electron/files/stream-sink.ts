import { once } from "node:events";
import type { Writable } from "node:stream";
import type { Fault } from "../../shared/fault.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { diskFault } from "./disk-fault.ts";

/** Writes to a stream such as standard error. */
export interface StreamSink extends Disposable {
  /** Resolves when the stream has taken the bytes; the fault if it has failed. */
  write(bytes: Uint8Array): Promise<Result<void, Fault>>;
}

/** A sink over `stream`, which stays the caller's to end. A reader that went away (EPIPE) is a fault, not a crash. */
export function createStreamSink(stream: Writable, name: string): StreamSink {
  const closing = new AbortController();
  let broken: Fault | null = null;
  const onError = (error: unknown): void => {
    broken = diskFault(error, `writing to ${name}`);
  };
  stream.on("error", onError);
  return {
    async write(bytes) {
      if (broken !== null) return err(broken);
      try {
        if (!stream.write(bytes)) await once(stream, "drain", { signal: closing.signal });
        return ok(undefined);
      } catch (error) {
        return err(diskFault(error, `writing to ${name}`));
      }
    },
    [Symbol.dispose]() {
      closing.abort();
      stream.off("error", onError);
    },
  };
}
