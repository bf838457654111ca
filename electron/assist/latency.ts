/** Milliseconds with three places: what lies behind them is noise, and costs more to write down. */
export function toMicroseconds(ms: number): number {
  return Math.round(ms * 1_000) / 1_000;
}
