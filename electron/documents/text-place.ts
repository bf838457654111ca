/** A place in a text, both from 1; columns count UTF-16 code units, as editors do. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

/** Turns offsets into a text into lines and columns. The lines are counted once, when first asked. */
export function createLineTable(text: string): (offset: number) => TextPlace {
  let starts: readonly number[] | null = null;
  return (offset) => {
    starts ??= lineStarts(text);
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  const ends = /\r\n|\n|\r/g;
  while (ends.exec(text) !== null) starts.push(ends.lastIndex);
  return starts;
}
