import type { Lock } from "../../shared/settings.ts";
import type { MachineRules } from "./machine-rules.ts";
import type { Override } from "./overrides.ts";

/** What is said of a key that is held because the policy cannot be read. */
const UNKNOWN_REASON = "The policy of this machine cannot be read, so the strict rules hold until it can.";

/**
 * The keys that cannot be changed here, each once, the policy of the machine before flags and environment. `overrides`
 * are those that are in effect.
 */
export function configLocks(overrides: readonly Override[], { rules, unknown }: MachineRules): readonly Lock[] {
  const locks = new Map<string, Lock>();
  const add = (lock: Lock): void => {
    // Neither once more, nor a part of what is held as a whole.
    const isHeld = [...locks.keys()].some((path) => path === lock.path || lock.path.startsWith(`${path}.`));
    if (!isHeld) locks.set(lock.path, lock);
  };
  for (const { path, reason } of rules) add({ path: path.join("."), by: "machine", reason });
  for (const { path, source, origin } of overrides.toReversed()) {
    switch (source) {
      case "machine":
        // Its own rules stand above; what is left is held because another place cannot be read.
        if (unknown !== null) add({ path: path.join("."), by: "machine", reason: UNKNOWN_REASON });
        break;
      case "flag":
        add({ path: path.join("."), by: "flag", reason: origin });
        break;
      case "env":
        add({ path: path.join("."), by: "environment", reason: origin });
        break;
    }
  }
  return [...locks.values()].toSorted((a, b) => a.path.localeCompare(b.path, "en"));
}
