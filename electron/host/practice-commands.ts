import type { Fault } from "../../shared/fault.ts";
import type { PracticeMoment, PracticeStart } from "../../shared/practice.ts";
import type { Result } from "../../shared/result.ts";
import type { SetupForm, SetupSecret, SetupView } from "../../shared/setup.ts";

/** What the panel can ask of practice; how it goes on is published. */
export interface PracticeCommands {
  /** Ends what runs and plays this call. Faults: `not-found-here` (no such call). */
  start(start: PracticeStart): Promise<Result<null, Fault>>;
  stop(): Promise<Result<null, Fault>>;
  free(): Promise<Result<null, Fault>>;
  /** What a score consists of. Faults: `not-found-here`. */
  moments(scoreId: string): Promise<Result<readonly PracticeMoment[], Fault>>;
}

/**
 * What the panel can ask of the first run; how it goes on is published. Faults: `disk`, `not-found-here`, `invalid-input`,
 * `not-allowed` (locked, or a role that must stay).
 */
export interface SetupCommands {
  show(step: SetupView["step"]): Promise<Result<null, Fault>>;
  /** Keeps what was typed, and tries it once it stands still and could be right. */
  enter(form: SetupForm): Promise<Result<null, Fault>>;
  /** Fault: also `no-secret` where the key store refuses it. */
  secret(secret: SetupSecret): Promise<Result<null, Fault>>;
  try(system: SetupForm["system"]): Promise<Result<null, Fault>>;
  save(system: SetupForm["system"]): Promise<Result<null, Fault>>;
  undo(system: SetupForm["system"]): Promise<Result<null, Fault>>;
  leave(to: "practice" | "panel"): Promise<Result<null, Fault>>;
}
