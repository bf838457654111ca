import type { Lock } from "./settings.ts";

/** The lock that keeps the key `path` from being changed: its own, that of something around it, or of something within. */
export function lockAt(locks: readonly Lock[], path: string): Lock | undefined {
  return locks.find((lock) => lock.path === path || path.startsWith(`${lock.path}.`) || lock.path.startsWith(`${path}.`));
}
