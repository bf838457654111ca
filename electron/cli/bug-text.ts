/** A mistake of ours in the words of a diagnostic, with the place where it happened. */
export function bugText(bug: unknown): string {
  return `a mistake of ours was survived: ${bug instanceof Error ? (bug.stack ?? bug.message) : String(bug)}`;
}
