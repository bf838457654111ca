import { z } from "zod";

const MAX_WORDS = 200;

const spokenSchema = z.object({
  message: z.string().min(1).optional().catch(undefined),
  error: z.union([z.string().min(1), z.object({ message: z.string().min(1) }).transform(({ message }) => message)]).optional().catch(undefined),
  reason: z.string().min(1).optional().catch(undefined),
});

/**
 * What a platform says about its refusal: its `message`, `error` or `reason` (contract 1.2), cut short and without
 * control characters; undefined where it says none of these.
 */
export function platformWords(body: unknown): string | undefined {
  const spoken = spokenSchema.safeParse(body);
  if (!spoken.success) return undefined;
  const words = spoken.data.message ?? spoken.data.error ?? spoken.data.reason;
  return words === undefined ? undefined : plainWords(words);
}

/** Text of the other side made fit for an error: without control characters, cut short. */
export function plainWords(text: string): string {
  const plain = text.replaceAll(/\p{C}+/gu, " ").trim();
  return plain.length > MAX_WORDS ? `${plain.slice(0, MAX_WORDS)}…` : plain;
}
