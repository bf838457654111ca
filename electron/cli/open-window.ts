import type * as Electron from "electron";
import { describeFault } from "../../shared/fault-table.ts";
import { commonOptions, configOptions, exitCodes, untilStopped, type Command, type CommandContext, type ExitCode } from "./command.ts";
import type { CrashDesk } from "../app/crash-desk.ts";
import { createClosing } from "../app/closing.ts";
import { desktopProgram } from "../app/desktop-program.ts";
import { updatesProgram } from "../app/updates-program.ts";
import { openDesktop } from "../desktop/desktop.ts";
import type { LinkInbox } from "../desktop/link-inbox.ts";
import type { UpdateHandover } from "../desktop/update-handover.ts";
import { watchQuit } from "../desktop/quit-watch.ts";
import { stopInTime } from "../desktop/stop-in-time.ts";
import type { StaticFiles } from "../host/static-files.ts";
import type { Fault } from "../../shared/fault.ts";
import { err, type Result } from "../../shared/result.ts";
import { readVersion } from "./version.ts";
import type { PanelApp, PanelAppOptions } from "./open-panel.ts";
import { createSpeech, type OwnSpeech } from "../words/speech.ts";
import { bugText } from "./bug-text.ts";

/** How long a person who quits waits for this; up to 250 ms more are left to the crash desk, which says that it was in order. */
const QUIT_BUDGET_MS = 2_750;
/** Within it: what works says goodbye first, and what keeps its records is left the rest. */
const CLOSING_LIMITS = { partMs: 700, workMs: 2_200 } as const;

/** The program's own flags, and what says that nobody waits for its window. */
const windowOptions = { ...configOptions, hidden: { takes: null, does: "Start behind the tray icon." } } as const;
/** Every flag that means something at a start. */
export const windowFlags = { ...windowOptions, ...commonOptions } as const;

export interface WindowPorts {
  readonly electron: typeof Electron;
  /** The built preload script; an absolute path. */
  readonly preloadPath: string;
  readonly readFiles: () => Promise<Result<StaticFiles, Fault>>;
  readonly openApp: (context: CommandContext, options: PanelAppOptions) => Promise<Result<PanelApp, string>>;
  /** The links that the program was started with or is given by the system; none unless given. */
  readonly links?: LinkInbox;
  /** Reports crashes; nobody unless given. */
  readonly crashes?: CrashDesk;
  /** In which language the person is spoken to before there is a panel, and after; its own unless given. */
  readonly speech?: OwnSpeech;
  /** Has the program started again once it has ended; not at all unless given. */
  readonly restart?: () => void;
  /** Does at the very end what updates leave to it; without it the program does not update itself. */
  readonly handover?: UpdateHandover;
}

/**
 * The panel in its own window, until the person closes it, quits or the system ends the program. Then everything is
 * closed in order, within 3 s, also where it is still opening: the window, the connections with their goodbyes, and last what keeps the records.
 */
export function windowCommand({ electron, preloadPath, readFiles, openApp, links, crashes, handover, restart = () => {}, speech = createSpeech() }: WindowPorts): Command {
  const open = async (context: CommandContext): Promise<Result<PanelApp & { readonly files: StaticFiles }, string>> => {
    const files = await readFiles();
    if (!files.ok) return err(`${describeFault(files.error).what} ${files.error.detail}`);
    const opened = await openApp(context, { closingLimits: CLOSING_LIMITS, speech });
    return opened.ok ? { ok: true, value: { ...opened.value, files: files.value } } : opened;
  };
  return {
    usage: "",
    maxPositionals: 0,
    options: windowOptions,
    async run(context) {
      using quit = watchQuit(electron.app, context.clock);
      const closed = new AbortController();
      /** Aborts when somebody ends the program, however far it has opened by then. */
      const stopped = AbortSignal.any([context.stopped, quit.asked, closed.signal]);
      const closing = createClosing({ clock: context.clock, limits: null, onLate: () => {} });
      let panel: PanelApp | null = null;

      const show = async (): Promise<ExitCode> => {
        const opening = open({ ...context, stopped });
        closing.use("program", {
          async [Symbol.asyncDispose]() {
            const opened = await opening;
            if (opened.ok) await opened.value[Symbol.asyncDispose]();
          },
        });
        const opened = await opening;
        if (stopped.aborted) return exitCodes.done;
        if (!opened.ok) {
          // Started from a menu there is no terminal that would show it. On Linux a box that comes before this is none.
          await electron.app.whenReady();
          speech.prefer([electron.app.getLocale()]);
          electron.dialog.showErrorBox(speech.words().boxes.notStarted, opened.error);
          context.output.error(opened.error);
          return exitCodes.notTried;
        }
        const shown = opened.value;
        panel = shown;
        await crashes?.bind(shown.app(), () => shown.desk.publisher.state());
        shown.onSwitched((app) => {
          crashes?.rebind(app);
        });
        if (stopped.aborted) return exitCodes.done;
        const program = desktopProgram(shown, { ...context, version: readVersion(), dataFolder: context.folders.data });
        const desktop = await openDesktop(electron, {
          program,
          files: shown.files,
          preloadPath,
          devTools: !electron.app.isPackaged,
          hidden: context.args.has("hidden"),
          restart,
          onClosed: () => {
            closed.abort();
          },
          ...(links === undefined ? {} : { links }),
          ...(crashes === undefined ? {} : { takeCrash: crashes.take }),
          ...(handover === undefined
            ? {}
            : { updates: updatesProgram(shown, { electron, platform: program.platform, env: context.env, random: context.random, newName: () => shown.app().newId(), handover, restart, process }) }),
        });
        if (stopped.aborted) {
          await desktop[Symbol.asyncDispose]();
          return exitCodes.done;
        }
        closing.use("window", desktop);
        context.output.event("ready", {}, null);
        await untilStopped(stopped);
        return exitCodes.done;
      };

      try {
        return await Promise.race([show(), untilStopped(stopped).then(() => exitCodes.done)]);
      } finally {
        quit.closing();
        await stopInTime(() => closing[Symbol.asyncDispose](), {
          clock: context.clock,
          budgetMs: QUIT_BUDGET_MS,
          hurry: quit.hurry,
          stillOpen: () => (panel === null ? closing.open() : [...closing.open().filter((name) => name !== "program"), ...panel.app().openParts()]),
          onLeft: (why, parts) => {
            panel?.app().records.log("warn", "ended before all was closed", { why, parts });
            context.output.note(`Ended before all was closed. Still open: ${parts.join(", ")}.`);
          },
          onBug: (bug) => {
            context.output.note(bugText(bug));
          },
        });
      }
    },
  };
}
