import type { Clock } from "../../shared/clock.ts";

/** A stream that lines are written to, such as the process's own. */
export interface TextSink {
  /** Whether it is a terminal, and how wide. */
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
  on(event: "error", listener: (error: Error) => void): unknown;
  off(event: "error", listener: (error: Error) => void): unknown;
}

/** Where a command says what happens (design 6). */
export interface Output extends Disposable {
  readonly json: boolean;
  /**
   * Something happened: with --json one line `{event, timestamp, ...fields}`, else the readable `human` (null: nothing).
   */
  event(name: string, fields: object, human: string | null): void;
  /** The work failed: an `error` event, or a line on stderr. */
  error(message: string): void;
  /** A remark for the person, on stderr. */
  note(text: string): void;
  /** Text as it is, on stdout: help, a document. */
  raw(text: string): void;
}

export interface OutputOptions {
  readonly json: boolean;
  readonly stdout: TextSink;
  readonly stderr: TextSink;
  readonly clock: Clock;
  /** Called once when whoever reads stdout has gone away. */
  readonly onBroken: () => void;
}

/** Characters after which lines go out without waiting for the end of the turn. */
const MAX_GATHERED = 64 * 1_024;

/** Binds the two streams. What comes from outside is stripped of control characters before a person's terminal sees it. */
export function createOutput({ json, stdout, stderr, clock, onBroken }: OutputOptions): Output {
  let broken = false;
  const onStdoutError = (): void => {
    if (broken) return;
    broken = true;
    onBroken();
  };
  // Nobody reads the remarks any more; the work itself goes on.
  const onStderrError = (): void => undefined;
  stdout.on("error", onStdoutError);
  stderr.on("error", onStderrError);

  // Lines of one turn of the event loop go out together: a pipe takes a system call for each write, and a busy stream
  // brings hundreds of frames in one turn.
  let gathered = "";
  const flush = (): void => {
    if (gathered === "") return;
    const text = gathered;
    gathered = "";
    if (!broken) stdout.write(text);
  };
  const write = (text: string): void => {
    if (broken) return;
    if (gathered === "") queueMicrotask(flush);
    gathered += `${text}\n`;
    if (gathered.length >= MAX_GATHERED) flush();
  };
  let lastMs = Number.NaN;
  let lastTimestamp = "";
  const timestamp = (): string => {
    const now = clock.now();
    if (now !== lastMs) {
      lastMs = now;
      lastTimestamp = new Date(now).toISOString();
    }
    return lastTimestamp;
  };
  const note = (text: string): void => {
    // On a terminal both streams are read as one.
    flush();
    stderr.write(`${printable(text)}\n`);
  };
  const event = (name: string, fields: object, human: string | null): void => {
    if (json) write(JSON.stringify({ event: name, timestamp: timestamp(), ...fields }));
    else if (human !== null) write(printable(human));
  };
  return {
    json,
    event,
    error: (message) => {
      if (json) event("error", { message }, null);
      else note(`callside: ${message}`);
    },
    note,
    raw: write,
    [Symbol.dispose]() {
      flush();
      stdout.off("error", onStdoutError);
      stderr.off("error", onStderrError);
    },
  };
}

/** Text without control characters other than line breaks and tabs: what a terminal would take for a command. */
function printable(text: string): string {
  return text.replace(/[^\P{Cc}\n\t]/gu, "�");
}
