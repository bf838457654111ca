// Apart from the schemas, so that the panel does not carry their library for three constants.

/** The throughput's points: one for every five seconds of the last five minutes. */
export const MAX_THROUGHPUT = 60;
export const THROUGHPUT_STEP_MS = 5_000;
/** The upper bounds of the histogram's bars in ms; a last bar takes what is above. */
export const hopBounds = [10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000] as const;
