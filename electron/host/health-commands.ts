import type { Fault } from "../../shared/fault.ts";
import type { Result } from "../../shared/result.ts";

/** What the panel can ask when something is wrong. */
export interface HealthCommands {
  /** Runs every check anew; what they find is published. */
  check(): void;
  /** Ends a run; what has not been tried is told as stopped. Without one under way nothing happens. */
  stop(): void;
  /** Writes the redacted file and gives its whole path. Fault: `disk`. */
  exportDiagnostics(): Promise<Result<string, Fault>>;
}
