import type { Fault } from "../../shared/fault.ts";
import type { Result } from "../../shared/result.ts";

/** What the panel can ask of the program's updates. How it goes on is published in the desktop's view. */
export interface UpdateCommands {
  /** Looks for an update now. Fault: `not-found-here` where updates are off. */
  check(): Result<null, Fault>;
  /** Installs what is ready: at once, or, while an interaction is live, when the last one has ended. Fault: `not-found-here`. */
  install(): Result<null, Fault>;
  /** Takes a waiting install back. Fault: `not-found-here`. */
  later(): Result<null, Fault>;
}
