import { type Clock, wait } from "../../shared/clock.ts";
import type { Fault } from "../../shared/fault.ts";
import type { Result } from "../../shared/result.ts";

/** How long after the disk refused it is asked again, ms. */
export const DISK_RETRY_MS = 1_000;

/** Knows whether the inbox can be written, and tells each change once. */
export interface StorageWatch {
  outcome(result: Result<unknown, Fault>): void;
  /** Writes until it succeeds; false where the signal ended that first. */
  persist(write: () => Promise<Result<unknown, Fault>>, signal: AbortSignal): Promise<boolean>;
}

export function createStorageWatch(clock: Clock, tell: (detail: string | null) => void): StorageWatch {
  let told = false;

  const outcome = (result: Result<unknown, Fault>): void => {
    if (result.ok === !told) return;
    told = !result.ok;
    tell(result.ok ? null : result.error.detail);
  };

  return {
    outcome,
    async persist(write, signal) {
      for (;;) {
        const result = await write();
        outcome(result);
        if (result.ok) return true;
        await wait(clock, DISK_RETRY_MS, signal);
        if (signal.aborted) return false;
      }
    },
  };
}
