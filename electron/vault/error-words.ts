const MAX_WORDS = 300;
/** As many characters in a row that a message shares with a secret give away too much of it. */
const SHARED = 6;

/** What a key store said, in one line. Nothing of it where it repeats `secret` or a piece of it. */
export function errorWords(error: unknown, secret: string | null): string {
  const words = error instanceof Error ? error.message : String(error);
  if (words.trim() === "" || (secret !== null && shares(words, secret))) return "it refused";
  const line = words.replaceAll(/\s+/gu, " ").trim();
  return line.length > MAX_WORDS ? `${line.slice(0, MAX_WORDS)}…` : line;
}

function shares(words: string, secret: string): boolean {
  if (secret.length <= SHARED) return words.includes(secret);
  for (let from = 0; from + SHARED <= secret.length; from += 1) if (words.includes(secret.slice(from, from + SHARED))) return true;
  return false;
}
