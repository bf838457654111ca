import type { Clock } from "../../shared/clock.ts";

/** A stream that lines are written to, such as the process's own. */
export interface TextSink {
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

  const write = (text: string): void => {
    if (!broken) stdout.write(`${text}\n`);
  };
  const note = (text: string): void => {
    stderr.write(`${printable(text)}\n`);
  };
  const event = (name: string, fields: object, human: string | null): void => {
    if (json) write(JSON.stringify({ event: name, timestamp: new Date(clock.now()).toISOString(), ...fields }));
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
      stdout.off("error", onStdoutError);
      stderr.off("error", onStderrError);
    },
  };
}

/** Text without control characters other than line breaks and tabs: what a terminal would take for a command. */
function printable(text: string): string {
  return text.replace(/[^\P{Cc}\n\t]/gu, "�");
}
