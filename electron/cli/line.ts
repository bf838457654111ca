import type { Output } from "./output.ts";

/** One line of output (design 6): the event, its fields, and what a person reads instead (null: nothing). */
export interface Line {
  readonly event: string;
  readonly fields: object;
  readonly human: string | null;
}

/** Writes a line; null where there is nothing to say. */
export function sayLine(output: Output, line: Line | null): void {
  if (line !== null) output.event(line.event, line.fields, line.human);
}
