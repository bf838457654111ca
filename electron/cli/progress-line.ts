import type { Clock } from "../../shared/clock.ts";
import type { TextSink } from "./output.ts";

/** Where the cursor is put back to, and the line's rest erased (ECMA-48). */
const REWRITE = "\r\u001b[2K";
const DEFAULT_COLUMNS = 80;

/** The one line of a terminal that tells how long work goes on. Disposing erases it. */
export interface ProgressLine extends Disposable {
  /** Writes the line anew. */
  show(text: string): void;
  /** Erases the line while `write` writes lines of its own, and puts it back. */
  around(write: () => void): void;
}

/** How often at most it is written anew: a terminal far away is slow. */
const PACE_MS = 100;

/** A line on `sink` where that is a terminal; does nothing on a pipe or a file. */
export function createProgressLine(sink: TextSink, clock: Clock): ProgressLine {
  const isTerminal = sink.isTTY === true;
  let shown = "";
  let writtenAt = Number.NEGATIVE_INFINITY;
  const write = (text: string): void => {
    sink.write(`${REWRITE}${text}`);
  };
  return {
    show(text) {
      if (!isTerminal) return;
      const line = printable(text).slice(0, (sink.columns ?? DEFAULT_COLUMNS) - 1);
      if (line === shown || clock.monotonic() - writtenAt < PACE_MS) return;
      shown = line;
      writtenAt = clock.monotonic();
      write(line);
    },
    around(others) {
      if (shown !== "") write("");
      others();
      if (shown !== "") write(shown);
    },
    [Symbol.dispose]() {
      if (shown !== "") write("");
      shown = "";
    },
  };
}

function printable(text: string): string {
  return text.replaceAll(/[^\P{Cc}]/gu, " ");
}
