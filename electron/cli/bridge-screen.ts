import type { CommandContext } from "./command.ts";
import { sayLine, type Line } from "./line.ts";
import { createProgressLine } from "./progress-line.ts";

/** How often the line of figures is written anew. */
const PACE_MS = 1_000;

/** What a person sees of a service at a terminal: lines for what matters, and below them one of figures. */
export interface BridgeScreen extends Disposable {
  /** Writes a line, with the time of day before it. */
  say(line: Line | null): void;
  remark(text: string): void;
  /** Erases the figures until they are written anew: something else is about to be written. */
  clear(): void;
  /** Begins to show what `text` says, again and again; null shows nothing. */
  follow(text: () => string | null): void;
}

/** The figures are on stderr, and only where that is a terminal; lines are where output goes. */
export function createBridgeScreen({ output, clock, stderr }: CommandContext): BridgeScreen {
  const progress = createProgressLine(stderr, clock);
  let cancel = (): void => {};
  const clear = (): void => {
    progress[Symbol.dispose]();
  };
  return {
    say(line) {
      if (line === null) return;
      if (line.human !== null) clear();
      const human = line.human === null ? null : `${new Date(clock.now()).toTimeString().slice(0, 8)}  ${line.human}`;
      sayLine(output, { ...line, human });
    },
    remark(text) {
      clear();
      output.note(text);
    },
    clear,
    follow(text) {
      if (output.json) return;
      const show = (): void => {
        const now = text();
        if (now !== null) progress.show(now);
        cancel = clock.after(PACE_MS, show);
      };
      show();
    },
    [Symbol.dispose]() {
      cancel();
      clear();
    },
  };
}
