import type { Clock } from "../../shared/clock.ts";
import type { Result } from "../../shared/result.ts";
import { answerInTime } from "./answer-in-time.ts";
import { errorWords } from "./error-words.ts";
import type { KeyStore } from "./vault.ts";

/** The place of this machine that protects secrets, or why there is none; `openVault` takes it as it is. */
export type FoundStore = { readonly keyStore: KeyStore; readonly why: null } | { readonly keyStore: null; readonly why: string };

/** Long enough for a person to answer what the OS asks at the first use. */
const OPEN_MS = 60_000;

const UNANSWERED: FoundStore = { keyStore: null, why: "the key store of this system has not answered" };

/** What `open` finds, within a minute; whatever goes wrong, also what it throws, says why there is no store. */
export async function findStore(open: () => Promise<Result<KeyStore, string>>, clock: Clock, signal: AbortSignal): Promise<FoundStore> {
  if (signal.aborted) return UNANSWERED;
  try {
    const found = await answerInTime(open(), OPEN_MS, clock, signal);
    if (found === undefined) return UNANSWERED;
    return found.ok ? { keyStore: found.value, why: null } : { keyStore: null, why: found.error };
  } catch (error) {
    return { keyStore: null, why: `the key store of this system cannot be used: ${errorWords(error, null)}` };
  }
}
