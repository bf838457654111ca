/** How a practice call is presented. */
export interface CallWords {
  readonly title: string;
  readonly about: string;
}

/** Practice calls by their id. Empty: in English they are presented as they present themselves. */
export const practiceCallWords: Readonly<Record<string, CallWords>> = {};
