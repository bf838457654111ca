/** One line of a call, ready to be played. Offsets in milliseconds from the start of the call, score from -1 to 1. */
export interface CallLine {
  readonly index: number;
  readonly offsetMs: number;
  /** The platform says `customer` in its own calls, `caller` in recorded ones (contract 2.1 allows both). */
  readonly speaker: "agent" | "customer" | "caller";
  readonly text: string;
  readonly sentimentScore: number;
}

/** A call that can be played; lines in order of their offsets. */
export interface Call {
  readonly id: string;
  readonly customerName?: string;
  readonly channel: string;
  readonly queue: string;
  readonly language: string;
  readonly lines: readonly CallLine[];
}
