import type { Fault } from "../../shared/fault.ts";
import type { PracticeStart } from "../../shared/practice.ts";
import type { Result } from "../../shared/result.ts";
import type { SetupForm } from "../../shared/setup.ts";

/** What the panel can ask of practice; how it goes on is published. */
export interface PracticeCommands {
  /** Ends what runs and plays this call. Faults: `not-found-here` (no such call). */
  start(start: PracticeStart): Promise<Result<null, Fault>>;
  stop(): Promise<Result<null, Fault>>;
  free(): Promise<Result<null, Fault>>;
}

/** What the panel can ask of the first run; how it goes on is published. Faults: `disk`, `not-found-here`, `not-allowed` (locked). */
export interface SetupCommands {
  show(): Promise<Result<null, Fault>>;
  enter(form: SetupForm): Promise<Result<null, Fault>>;
  try(system: SetupForm["system"]): Promise<Result<null, Fault>>;
  save(system: SetupForm["system"]): Promise<Result<null, Fault>>;
  leave(to: "practice" | "panel"): Promise<Result<null, Fault>>;
}
