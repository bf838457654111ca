import { z } from "zod";

/** A number written as text, within bounds; whole where `whole` says so. */
export function numberText(min: number, max: number, whole: boolean) {
  return z
    .string()
    .regex(whole ? /^\d+$/ : /^\d+(\.\d+)?$/)
    .transform(Number)
    .pipe(z.number().min(min).max(max));
}

/** A fault's row in the table that people read: what it takes, what it does. */
export interface FaultRow {
  readonly allowed: string;
  readonly does: string;
}

export const shareText = numberText(0, 1, false);
export const share = shareText.exactOptional();
export const milliseconds = numberText(0, 600_000, true).exactOptional();
export const count = numberText(0, 1_000, true).exactOptional();
export const on = z.literal("on").exactOptional();
export const now = z.literal("now");

/** What the values above take, in words. */
export const SHARE = "a share from 0 to 1";
export const MILLISECONDS = "milliseconds from 0 to 600000";
export const COUNT = "a count from 0 to 1000";
