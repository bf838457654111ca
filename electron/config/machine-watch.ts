import { isDeepStrictEqual } from "node:util";
import type { Clock } from "../../shared/clock.ts";
import type { ConfigProblem } from "./config-problem.ts";
import { keptText, readKept } from "./machine-kept.ts";
import { readPolicy } from "./machine-policy.ts";
import type { MachinePort } from "./machine-reading.ts";
import type { MachineRules } from "./machine-rules.ts";
import { noRules, practiceRules } from "./machine-rules.ts";
import { settlePolicy } from "./machine-settle.ts";

/** How often IT's policy is looked at, besides when the machine wakes up. */
const REREAD_MS = 600_000;

/** The machine's policy as it holds now. */
export interface MachineState {
  readonly rules: MachineRules;
  readonly problems: readonly ConfigProblem[];
  /** Where values of an earlier reading hold, when they were read (ms since the epoch); else null. */
  readonly keptAt: number | null;
}

export interface MachineWatch extends AsyncDisposable {
  current(): MachineState;
  /** Begins to look again and again, `always`, or only when asked; `onChange` is called when something is different. */
  start(always: boolean, onChange: () => Promise<void>): void;
  /** Looks now; resolves when what was found holds. */
  reread(): Promise<void>;
}

export const noMachine: MachineState = { rules: noRules, problems: [], keptAt: null };

export interface MachineWatchOptions {
  readonly port: MachinePort;
  readonly clock: Clock;
}

/** Reads the machine's policy, and goes on reading it once started. Disposing ends that; a reading under way is given up. */
export async function openMachineWatch({ port, clock }: MachineWatchOptions): Promise<MachineWatch> {
  const closing = new AbortController();
  let state = noMachine;
  let cancel = (): void => {};
  let changed = async (): Promise<void> => {};
  let turn: Promise<void> = Promise.resolve();

  const look = async (): Promise<void> => {
    const [readings, file] = await Promise.all([port.read(closing.signal), port.kept.read()]);
    if (closing.signal.aborted) return;
    const kept = file.ok ? readKept(file.value) : null;
    const settled = settlePolicy(readings.map(readPolicy), kept);
    const problems = [...settled.problems];
    const text = keptText(settled.keep, kept, clock.now());
    if (text !== null) {
      const written = await port.kept.replace(text);
      if (!written.ok) problems.push({ path: "", found: written.error.detail, allowed: "a data folder in which the last good policy can be kept", source: "machine" });
    }
    const rules = port.scope === "practice" ? practiceRules(settled.rules) : settled.rules;
    state = { rules, problems, keptAt: settled.isOld ? (kept?.keptAt ?? null) : null };
  };

  const again = async (): Promise<void> => {
    if (closing.signal.aborted) return;
    const before = state;
    await look();
    if (!closing.signal.aborted && !isDeepStrictEqual(before, state)) await changed();
  };
  const reread = (): Promise<void> => {
    // One after the other: an older reading must not come to hold after a newer one.
    turn = turn.then(again);
    return turn;
  };
  const later = (): void => {
    if (closing.signal.aborted) return;
    cancel = clock.after(REREAD_MS, () => {
      void reread().finally(later);
    });
  };

  await look();
  return {
    current: () => state,
    reread,
    start(always, onChange) {
      changed = onChange;
      if (always) later();
    },
    async [Symbol.asyncDispose]() {
      closing.abort();
      cancel();
      await turn;
    },
  };
}
