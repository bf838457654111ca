/** A text as a pattern (of the flag `u`) that finds just that text. */
export function escapePattern(text: string): string {
  return text.replaceAll(/[\^$\\.*+?()[\]{}|/]/gu, String.raw`\$&`);
}
