import type { Result } from "../../shared/result.ts";
import { configOptions, exitCodes, untilStopped, type Command, type CommandContext } from "./command.ts";
import { openBrowser, type BrowserLauncher } from "./open-browser.ts";

/** The panel, served to browsers on this machine. */
interface PanelService extends AsyncDisposable {
  /** A new address that lets one browser in, once. */
  address(): string;
}

/** Starts the program with the panel on the loopback host; in `error`, what a person should read. */
export type OpenPanel = (context: CommandContext) => Promise<Result<PanelService, string>>;

/** `open [--no-browser]`: the panel in this machine's browser until stopped; event `ready {url}`. */
export function openCommand(openPanel: OpenPanel, launch: BrowserLauncher): Command {
  return {
    usage: "",
    maxPositionals: 0,
    options: { "no-browser": { takes: null, does: "Print the address and open no browser." }, ...configOptions },
    async run(context) {
      const { output, env, platform } = context;
      const opened = await openPanel(context);
      if (!opened.ok && context.stopped.aborted) return exitCodes.done;
      if (!opened.ok) {
        output.error(opened.error);
        return exitCodes.notTried;
      }
      await using panel = opened.value;
      const url = panel.address();
      const failed = context.args.has("no-browser") ? "" : await openBrowser(panel.address(), { env, platform, launch });
      output.event("ready", { url, browser: failed === null }, readyText(url, failed));
      await untilStopped(context.stopped);
      return exitCodes.done;
    },
  };
}

/** `failed`: why no browser was opened, empty where none was wanted, null where one was. */
function readyText(url: string, failed: string | null): string {
  if (failed === null) return `The panel is open in your browser. For another window, once: ${url}\nCtrl+C ends it.`;
  const why = failed === "" ? "" : ` (${failed})`;
  return `Open the panel in a browser on this machine${why}; the address works once: ${url}\nCtrl+C ends it.`;
}
