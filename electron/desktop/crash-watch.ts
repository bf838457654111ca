import type * as Electron from "electron";
import type { BrowserWindow } from "electron";
import type { Clock } from "../../shared/clock.ts";
import type { Speech } from "../words/speech.ts";
import { APP_PAGE } from "./app-protocol.ts";
import { reportWords, type TakeCrash } from "./crash-taker.ts";
import { createReloadLimit } from "./reload-limit.ts";

export interface CrashWatchOptions {
  readonly electron: Pick<typeof Electron, "app" | "dialog">;
  readonly window: BrowserWindow;
  readonly clock: Clock;
  readonly take: TakeCrash;
  readonly speech: Pick<Speech, "words">;
  /** Has the program started again once it has ended. */
  readonly restart: () => void;
  /** Begins to end the program in order. */
  readonly quit: () => void;
  /** Hears a mistake of ours that the work survives. */
  readonly onBug: (bug: unknown) => void;
}

/** What a process says that ended as it should. */
const ORDERLY = "clean-exit";

/**
 * Watches the panel's page and the processes that Electron runs beside it. Each that ends unexpectedly is reported. The
 * page is loaded again at once, since what it shows is main's and nothing of it is lost; after three times in a minute
 * the person is asked. Other processes are started again by Electron. Disposing stops it; call it before the window closes.
 */
export function watchCrashes({ electron, window, clock, take, speech, restart, quit, onBug }: CrashWatchOptions): Disposable {
  const { app, dialog } = electron;
  const contents = window.webContents;
  const mayReload = createReloadLimit(clock);
  let isOver = false;
  let isAsking = false;
  /** It froze and is ended by us: its end is no second crash. */
  let isReplacing = false;

  const isGone = (): boolean => isOver || window.isDestroyed();

  const ask = async (report: Parameters<typeof reportWords>[0]): Promise<void> => {
    if (isAsking) return;
    const words = speech.words().boxes;
    isAsking = true;
    const { response } = await dialog.showMessageBox({
      type: "error",
      title: "Callside",
      message: words.pageFails,
      detail: words.pageFailsDetail(reportWords(report, words)),
      buttons: [words.restart, words.quit],
      defaultId: 0,
      cancelId: 1,
      noLink: true,
    });
    isAsking = false;
    if (isGone()) return;
    if (response === 0) restart();
    quit();
  };

  const loadAgain = async (kind: "page" | "frozen", reason: string): Promise<void> => {
    const allowed = mayReload();
    const reporting = take({ kind, reason });
    // At once: the report need not be on the disk before the agent has the panel again.
    if (allowed) await window.loadURL(APP_PAGE);
    const report = await reporting;
    if (!allowed && !isGone()) await ask(report);
  };

  const onPageGone = (_event: unknown, { reason, exitCode }: Electron.RenderProcessGoneDetails): void => {
    if (isGone() || reason === ORDERLY) return;
    if (isReplacing) {
      isReplacing = false;
      loadAgain("frozen", "the page answered no more").catch(onBug);
      return;
    }
    loadAgain("page", `${reason} (exit code ${exitCode})`).catch(onBug);
  };

  const onFrozen = (): void => {
    if (isGone() || isReplacing) return;
    isReplacing = true;
    contents.forcefullyCrashRenderer();
  };

  const onChildGone = (_event: unknown, { type, reason, exitCode, name }: Electron.Details): void => {
    if (isGone() || reason === ORDERLY) return;
    take({ kind: "child", reason: `${type}${name === undefined ? "" : ` (${name})`}: ${reason} (exit code ${exitCode})` }).catch(onBug);
  };

  contents.on("render-process-gone", onPageGone);
  window.on("unresponsive", onFrozen);
  app.on("child-process-gone", onChildGone);
  return {
    [Symbol.dispose]() {
      isOver = true;
      app.off("child-process-gone", onChildGone);
    },
  };
}
