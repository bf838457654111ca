import { commandTable } from "../../shared/panel.ts";
import { ok } from "../../shared/result.ts";
import { refuse, row, type Outcome, type RowsOf } from "./command-row.ts";
import type { HealthCommands } from "./health-commands.ts";

/** The commands of the page "what is wrong": everybody's, for an agent is the first who sees it. `health`: null where nothing can be tried. */
export function healthRows(health: () => HealthCommands | null): RowsOf<"health"> & RowsOf<"diagnostics"> {
  const offered = <O>(run: (commands: HealthCommands) => Outcome<O>): Outcome<O> => {
    const commands = health();
    return commands === null ? refuse("not-found-here", "there is nothing here that could be tried") : run(commands);
  };
  return {
    "health.check": row(commandTable["health.check"].input, () =>
      offered((commands) => {
        commands.check();
        return ok(null);
      }),
    ),
    "health.stop": row(commandTable["health.stop"].input, () =>
      offered((commands) => {
        commands.stop();
        return ok(null);
      }),
    ),
    "diagnostics.export": row(commandTable["diagnostics.export"].input, () =>
      offered(async (commands) => {
        const file = await commands.exportDiagnostics();
        return file.ok ? ok({ file: file.value }) : file;
      }),
    ),
  };
}
