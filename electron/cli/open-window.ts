import type * as Electron from "electron";
import { describeFault } from "../../shared/fault-table.ts";
import { configOptions, exitCodes, untilStopped, type Command, type CommandContext } from "./command.ts";
import { desktopProgram } from "../app/desktop-program.ts";
import { openDesktop } from "../desktop/desktop.ts";
import type { StaticFiles } from "../host/static-files.ts";
import type { Fault } from "../../shared/fault.ts";
import { err, type Result } from "../../shared/result.ts";
import { readVersion } from "./version.ts";
import type { PanelApp } from "./open-panel.ts";

export interface WindowPorts {
  readonly electron: typeof Electron;
  /** The built preload script; an absolute path. */
  readonly preloadPath: string;
  readonly readFiles: () => Promise<Result<StaticFiles, Fault>>;
  readonly openApp: (context: CommandContext) => Promise<Result<PanelApp, string>>;
}

/** The panel in its own window, until the person closes it, quits or the system ends the program. */
export function windowCommand({ electron, preloadPath, readFiles, openApp }: WindowPorts): Command {
  const open = async (context: CommandContext): Promise<Result<PanelApp & { readonly files: StaticFiles }, string>> => {
    const files = await readFiles();
    if (!files.ok) return err(`${describeFault(files.error).what} ${files.error.detail}`);
    const opened = await openApp(context);
    return opened.ok ? { ok: true, value: { ...opened.value, files: files.value } } : opened;
  };
  return {
    usage: "",
    maxPositionals: 0,
    options: configOptions,
    async run(context) {
      const opened = await open(context);
      if (!opened.ok) {
        // Started from a menu there is no terminal that would show it.
        electron.dialog.showErrorBox("Callside could not start", opened.error);
        context.output.error(opened.error);
        return exitCodes.notTried;
      }
      await using panel = opened.value;
      await using desktop = await openDesktop(electron, {
        program: desktopProgram(panel, { ...context, version: readVersion() }),
        files: panel.files,
        preloadPath,
        devTools: !electron.app.isPackaged,
      });
      context.output.event("ready", {}, null);
      await Promise.race([desktop.closed, untilStopped(context.stopped)]);
      return exitCodes.done;
    },
  };
}
