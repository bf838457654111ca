/** A part of a whole in whole percent, at most 100; 0 or 100 only where it is exactly that. Null where there is no whole. */
export function shareOf(part: number, whole: number): number | null {
  if (whole <= 0) return null;
  if (part <= 0) return 0;
  return part >= whole ? 100 : Math.min(99, Math.max(1, Math.round((part / whole) * 100)));
}
