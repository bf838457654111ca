import type { Fault } from "../shared/fault.ts";
import type { Result } from "../shared/result.ts";
import type { Bridge } from "./bridge.ts";

/** What anybody can do on the page "what is wrong". Every answer comes back to the caller, who says a refusal where it was asked for. */
export interface HealthActions {
  /** Runs every check anew; what they find comes as updates. */
  readonly check: () => Promise<Result<null, Fault>>;
  readonly stop: () => Promise<Result<null, Fault>>;
  /** Writes the redacted file; gives its whole path. */
  readonly exportDiagnostics: () => Promise<Result<string, Fault>>;
}

/** Binds the actions to main. In a file of its own that only the page asks for. */
export function createHealthActions(give: Bridge["call"]): HealthActions {
  return {
    check: () => give("health.check", {}),
    stop: () => give("health.stop", {}),
    async exportDiagnostics() {
      const answer = await give("diagnostics.export", {});
      return answer.ok ? { ok: true, value: answer.value.file } : answer;
    },
  };
}
