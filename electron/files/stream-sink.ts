import type { Writable } from "node:stream";
import type { Fault } from "../../shared/fault.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { diskFault } from "./disk-fault.ts";

/** Writes to a stream such as standard error. */
export interface StreamSink extends Disposable {
  /** Resolves when the stream wants more; the fault if it has failed. */
  write(bytes: Uint8Array): Promise<Result<void, Fault>>;
}

/**
 * A sink over `stream`, which stays the caller's to end. A reader that went away (EPIPE) is a fault, not a crash.
 * Disposing ends all waiting: what a slow reader has not taken by then is in the stream's own buffer.
 */
export function createStreamSink(stream: Writable, name: string): StreamSink {
  const waiting = new Set<() => void>();
  let broken: Fault | null = null;
  let unwritten = 0;
  let disposed = false;

  const wakeAll = (): void => {
    for (const wake of waiting) wake();
    waiting.clear();
  };
  const onError = (error: unknown): void => {
    broken ??= diskFault(error, `writing to ${name}`);
    wakeAll();
  };
  const onClose = (): void => {
    onError(new Error("it was closed"));
  };
  /** Not before all is written: an error that nobody listens for would end the program. */
  const letGo = (): void => {
    if (!disposed || unwritten > 0) return;
    stream.off("error", onError).off("close", onClose).off("drain", wakeAll);
  };
  stream.on("error", onError).on("close", onClose).on("drain", wakeAll);

  return {
    async write(bytes) {
      if (broken !== null) return err(broken);
      unwritten += 1;
      const wantsMore = stream.write(bytes, () => {
        unwritten -= 1;
        letGo();
      });
      if (!wantsMore && !disposed && broken === null) {
        await new Promise<void>((resolve) => {
          waiting.add(resolve);
        });
      }
      return broken === null ? ok(undefined) : err(broken);
    },
    [Symbol.dispose]() {
      disposed = true;
      wakeAll();
      letGo();
    },
  };
}
