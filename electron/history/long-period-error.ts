/** A period has more days than can be counted apart; the message says how many, and how many are allowed. */
export class LongPeriodError extends Error {}
