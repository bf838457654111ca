import type { Fault } from "../../shared/fault.ts";
import { isRefusal } from "./repeat-case.ts";

/** Watches how cases end, to tell a platform that is not there from a case that had bad luck. */
export interface PlatformWatch {
  /** Takes the fault that a case ended with, or null; gives the fault to stop the batch for. */
  ended(fault: Fault | null): Fault | null;
  /** At the end of a batch: the fault of a platform that answered no case at all. */
  verdict(): Fault | null;
}

/** Fewer cases in a row may be a hiccup, whatever runs side by side. */
const LEAST_IN_A_ROW = 5;

/**
 * A refusal of the credentials or a scope stops a batch at once: it would meet every case. Otherwise as many cases in a
 * row as run side by side, and at least five, must have found no platform (no connection, no answer in time, a server
 * error, a quota that is not freed): cases that are under way together fail together when it hiccups, and by then each
 * of them has tried three times. A batch too small for that was stopped, too, where no case got an answer at all.
 */
export function watchPlatform(concurrency: number): PlatformWatch {
  const limit = Math.max(LEAST_IN_A_ROW, concurrency);
  let inARow = 0;
  let answered = false;
  let last: Fault | null = null;
  return {
    ended(fault) {
      if (isRefusal(fault)) return fault;
      last = fault;
      answered ||= fault === null || !isSilence(fault);
      inARow = fault !== null && isAbsence(fault) ? inARow + 1 : 0;
      return inARow >= limit ? fault : null;
    },
    verdict: () => (answered ? null : last),
  };
}

function isAbsence(fault: Fault): boolean {
  return isSilence(fault) || fault.code === "server-error" || fault.code === "rate-limited";
}

function isSilence({ code, status }: Fault): boolean {
  return status === undefined && (code === "network" || code === "timeout");
}
