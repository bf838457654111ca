import type { Span } from "../../shared/interaction.ts";

/** A stretch of text, marked or not; `start` is where it begins, in UTF-16 code units. */
export interface TextSegment {
  readonly start: number;
  readonly text: string;
  readonly marked: boolean;
}

/** Cuts a text at its marks. Marks may overlap, be out of order or reach past the end; the segments always join to the text. */
export function textSegments(text: string, marks: readonly Span[]): readonly TextSegment[] {
  const segments: TextSegment[] = [];
  let at = 0;
  const push = (end: number, marked: boolean): void => {
    if (end > at) segments.push({ start: at, text: text.slice(at, end), marked });
    at = Math.max(at, end);
  };
  for (const mark of marks.toSorted((a, b) => a.start - b.start)) {
    push(Math.min(mark.start, text.length), false);
    push(Math.min(mark.end, text.length), true);
  }
  push(text.length, false);
  return segments;
}
