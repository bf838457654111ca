import type { ConfigFilePort } from "./config-file.ts";

/** A value that stands by itself, as a registry has it: text, a number, or a list of texts. */
export interface LooseValue {
  /** Its name in parts: `assist`, `minConfidence`. */
  readonly path: readonly string[];
  readonly value: string | number | readonly string[];
}

/**
 * What stands at one place where IT's policy can be. `absent`: nobody has put one there. `text`: JSON. `values`: single
 * values, perhaps with JSON beside them. `unreadable`: something is there, and what it says is not known.
 */
export type MachineReading =
  | { readonly kind: "absent"; readonly origin: string }
  | { readonly kind: "text"; readonly origin: string; readonly text: string }
  | { readonly kind: "values"; readonly origin: string; readonly text: string | null; readonly values: readonly LooseValue[] }
  | { readonly kind: "unreadable"; readonly origin: string; readonly found: string; readonly allowed: string };

/** How the machine is asked what IT has set. */
export interface MachinePort {
  /** Every place where a policy can stand, the one that comes first first. Bounded in time and size; does not reject. */
  read(signal: AbortSignal): Promise<readonly MachineReading[]>;
  /** Where the last good policy is kept. */
  readonly kept: ConfigFilePort;
  /** `practice`: only what does not lead to a platform (see `practiceRules`). */
  readonly scope?: "practice";
}
