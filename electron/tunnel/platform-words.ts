import { z } from "zod";
import { withholdTokens } from "../net/withhold-tokens.ts";

const MAX_WORDS = 200;
/** No more of a text is looked at: a frame may be a megabyte. */
const MAX_READ = 4_000;

const spokenSchema = z.object({
  message: z.string().min(1).optional().catch(undefined),
  error: z.union([z.string().min(1), z.object({ message: z.string().min(1) }).transform(({ message }) => message)]).optional().catch(undefined),
  reason: z.string().min(1).optional().catch(undefined),
});

/**
 * What a platform says about its refusal: its `message`, `error` or `reason` (contract 1.2), made fit to be shown;
 * undefined where it says none of these.
 */
export function platformWords(body: unknown): string | undefined {
  const spoken = spokenSchema.safeParse(body);
  if (!spoken.success) return undefined;
  const words = spoken.data.message ?? spoken.data.error ?? spoken.data.reason;
  return words === undefined ? undefined : plainWords(words);
}

/** Text of the other side made fit to be shown: without tokens that it may quote and control characters, cut short. */
export function plainWords(text: string): string {
  const plain = withholdTokens(text.slice(0, MAX_READ)).replaceAll(/\p{C}+/gu, " ").trim();
  return plain.length > MAX_WORDS ? `${plain.slice(0, MAX_WORDS)}…` : plain;
}
