import { createHash } from "node:crypto";
import type { Clock } from "../../shared/clock.ts";

const KEY_BYTES = 32;
const MAX_KEYS = 16;
const MAX_SESSIONS = 64;
/** Long enough to carry an address from a terminal to a browser by hand. */
const DEFAULT_KEY_LIFETIME_MS = 10 * 60_000;

export interface EntryKeysOptions {
  readonly clock: Clock;
  /** Cryptographically strong random bytes. */
  readonly random: (length: number) => Uint8Array;
  readonly keyLifetimeMs?: number;
}

/** Who may come in: one-time keys, each good for one session. */
export interface EntryKeys {
  /** A new key, valid once and for ten minutes. */
  issue(): string;
  /** Takes a key for a session's token; null when the key is unknown, used or expired. */
  exchange(key: string): string | null;
  isSession(token: string): boolean;
}

/**
 * Keeps keys and sessions in memory only, and only as their hashes: looking a hash up tells nobody by its time how
 * much of a guess was right. The oldest make room when there are too many.
 */
export function createEntryKeys({ clock, random, keyLifetimeMs = DEFAULT_KEY_LIFETIME_MS }: EntryKeysOptions): EntryKeys {
  const keys = new Map<string, number>();
  const sessions = new Set<string>();
  const newSecret = (): string => Buffer.from(random(KEY_BYTES)).toString("base64url");
  return {
    issue() {
      const key = newSecret();
      keys.set(hash(key), clock.monotonic() + keyLifetimeMs);
      forgetOldest(keys, MAX_KEYS);
      return key;
    },
    exchange(key) {
      const hashed = hash(key);
      const expiresAt = keys.get(hashed);
      keys.delete(hashed);
      if (expiresAt === undefined || clock.monotonic() >= expiresAt) return null;
      const token = newSecret();
      sessions.add(hash(token));
      forgetOldest(sessions, MAX_SESSIONS);
      return token;
    },
    isSession: (token) => sessions.has(hash(token)),
  };
}

function hash(secret: string): string {
  return createHash("sha256").update(secret).digest("base64");
}

function forgetOldest(kept: Map<string, number> | Set<string>, limit: number): void {
  for (const oldest of kept.keys()) {
    if (kept.size <= limit) return;
    kept.delete(oldest);
  }
}
