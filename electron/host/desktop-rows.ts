import type { Fault } from "../../shared/fault.ts";
import { commandTable } from "../../shared/panel.ts";
import { ok, type Result } from "../../shared/result.ts";
import type { ConfigPatch } from "../config/panel-settings.ts";
import { refuse, row, type Outcome, type RowsOf } from "./command-row.ts";
import type { Publisher } from "./publisher.ts";
import type { UpdateCommands } from "./update-commands.ts";

export interface DesktopRowPorts {
  readonly publisher: Pick<Publisher, "state">;
  readonly changeSettings: (patch: ConfigPatch) => Promise<Result<null, Fault>>;
  /** A field records keys from now on, or does no more; absent where none are held. */
  readonly recordKeys?: (recording: boolean) => void;
  /** Null where the program does not update itself. */
  readonly updates: () => UpdateCommands | null;
}

/** The commands that only the program in its own window has. */
export function desktopRows({ publisher, changeSettings, recordKeys, updates }: DesktopRowPorts): RowsOf<"desktop"> & RowsOf<"updates"> {
  const updating = (run: (commands: UpdateCommands) => Outcome<null>): Outcome<null> => {
    const commands = updates();
    return commands === null ? refuse("not-found-here", "this program does not update itself") : run(commands);
  };
  return {
    "desktop.change": row(commandTable["desktop.change"].input, (patch) =>
      publisher.state().desktop === null ? refuse("not-found-here", "the panel is in a browser: it has no window of its own") : changeSettings({ desktop: patch }),
    ),
    "desktop.record": row(commandTable["desktop.record"].input, ({ recording }) => {
      if (publisher.state().desktop === null) return refuse("not-found-here", "the panel is in a browser: it holds no keys");
      recordKeys?.(recording);
      return ok(null);
    }),
    "updates.check": row(commandTable["updates.check"].input, () => updating((commands) => commands.check())),
    "updates.install": row(commandTable["updates.install"].input, () => updating((commands) => commands.install())),
    "updates.later": row(commandTable["updates.later"].input, () => updating((commands) => commands.later())),
  };
}
