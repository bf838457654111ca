import { foldCase } from "./fold-text.ts";

/** A run of a script without spaces, folded, with the places where its words begin. */
export interface CutRun {
  readonly folded: string;
  /** Offsets in `folded`, ascending, the first is 0. */
  readonly starts: readonly number[];
  /** How many words begin before an offset in `folded`: the number, in `starts`, of the first one at or after it. */
  wordsBefore(folded: number): number;
  /** The offset in the run as it came of a stretch of `folded` that begins, or ends, there. */
  originalStart(folded: number): number;
  originalEnd(folded: number): number;
}

/** A character with what changes its sound; half-width kana carry their voicing as a character of its own. */
const CLUSTER = /.[\p{M}\p{Default_Ignorable_Code_Point}\uFF9E\uFF9F]*/gsu;

/** Cuts runs of Chinese, Japanese, Thai, Lao, Khmer or Burmese into words by the dictionaries of the runtime. */
export function createRunCutter(): (run: string) => CutRun {
  // Loading the dictionaries takes tens of milliseconds: only who speaks such a language pays for it.
  let segmenter: Intl.Segmenter | undefined;
  return (run) => {
    segmenter ??= new Intl.Segmenter(undefined, { granularity: "word" });
    let folded = "";
    // For each unit of the folded run, the cluster of the run as it came that it stems from.
    const from: number[] = [];
    const to: number[] = [];
    for (const { 0: cluster, index } of run.matchAll(CLUSTER)) {
      const part = foldCase(cluster);
      for (let unit = 0; unit < part.length; unit += 1) {
        from.push(index);
        to.push(index + cluster.length);
      }
      folded += part;
    }
    const starts = Array.from(segmenter.segment(folded), (segment) => segment.index);
    const before = new Uint32Array(folded.length + 1);
    for (let offset = 1, begun = 0; offset <= folded.length; offset += 1) {
      if (starts[begun] === offset - 1) begun += 1;
      before[offset] = begun;
    }
    return {
      folded,
      starts,
      wordsBefore: (offset) => before[offset] ?? starts.length,
      originalStart: (offset) => from[offset] ?? run.length,
      originalEnd: (offset) => to[offset - 1] ?? 0,
    };
  };
}
