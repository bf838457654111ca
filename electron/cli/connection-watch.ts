import type { ConnectionName } from "../../shared/connection.ts";
import type { Fault } from "../../shared/fault.ts";
import { exitCodes, untilStopped, type CommandContext, type ExitCode } from "./command.ts";
import { exitCodeOf } from "./fault-exit.ts";
import { faultMessage } from "./fault-message.ts";
import type { HeadlessPorts } from "./headless.ts";

/** What a command knows of the connection that it lives on. */
export interface ConnectionWatch {
  readonly onConnection: HeadlessPorts["onConnection"];
  /** Resolves when the program is to end (0), or the connection is refused for good, which has been said then. */
  untilOver(): Promise<ExitCode>;
}

/** Follows the connection `name`: the event `ready`, with `readyText` for a person, comes once, when it is first up. */
export function watchConnection(context: CommandContext, name: ConnectionName, readyText: string | null): ConnectionWatch {
  const { output, stopped } = context;
  const refused = Promise.withResolvers<Fault>();
  let ready = false;
  return {
    onConnection: (changed, state) => {
      if (changed !== name) return;
      if (state.kind === "connected" && !ready) {
        ready = true;
        output.event("ready", {}, readyText);
      }
      if (state.kind === "rejected") refused.resolve(state.fault);
    },
    async untilOver() {
      const fault = await Promise.race([refused.promise, untilStopped(stopped)]);
      if (fault === undefined) return exitCodes.done;
      output.error(faultMessage(fault));
      return exitCodeOf(fault);
    },
  };
}
