import type { OpenedVault } from "../vault/vault.ts";
import type { OpenSecrets } from "./secrets-desk.ts";

/**
 * One vault for all who open it: what is put by one is read by the others, also where memory alone keeps it. It is opened
 * once, when the first asks; `signal` ends the wait for a key store for all of them.
 */
export function shareSecrets(open: OpenSecrets, signal: AbortSignal): OpenSecrets {
  const damaged: string[] = [];
  const listeners = new Set<(path: string) => void>();
  let opened: Promise<OpenedVault> | null = null;
  return ({ onDamaged }) => {
    listeners.add(onDamaged);
    for (const path of damaged) onDamaged(path);
    opened ??= open({
      signal,
      onDamaged: (path) => {
        damaged.push(path);
        for (const listener of listeners) listener(path);
      },
    });
    return opened;
  };
}
