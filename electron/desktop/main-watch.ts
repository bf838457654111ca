import type { EventEmitter } from "node:events";
import type * as Electron from "electron";
import type { Clock } from "../../shared/clock.ts";
import { englishSpeech, type Speech } from "../words/speech.ts";
import { reportInTime, type TakeCrash } from "./crash-taker.ts";

/** Closing in order takes 3 s at most; a program that is broken may not get that far. */
const END_MS = 5_000;
/** What follows from a mistake tells nothing new, and may come without end. */
const MAX_REPORTS = 5;

export interface MainWatchOptions {
  readonly electron: Pick<typeof Electron, "app" | "dialog">;
  /** Node's `process`. */
  readonly events: Pick<EventEmitter, "on" | "off">;
  readonly clock: Clock;
  readonly take: TakeCrash;
  /** Has the program started again once it has ended. */
  readonly restart: () => void;
  /** As far as it is known when something happens; English unless given. */
  readonly speech?: Pick<Speech, "words">;
}

/**
 * Hears mistakes of ours that nobody caught. After one, nothing that main holds can be trusted: it is reported, the
 * person is told what happened and where the report is, and the program ends in order, to start again if they want it.
 * Work goes on behind the box, as far as it can. Disposing stops it.
 */
export function watchMain({ electron, events, clock, take, restart, speech = englishSpeech }: MainWatchOptions): Disposable {
  const { app, dialog } = electron;
  let seen = 0;
  let stopEnd = (): void => {};

  const tell = async (report: string): Promise<void> => {
    const words = speech.words().boxes;
    const message = words.failed;
    if (!app.isReady()) {
      dialog.showErrorBox("Callside", `${message} ${report}`);
      return;
    }
    const { response } = await dialog.showMessageBox({ type: "error", title: "Callside", message, detail: words.failedDetail(report), buttons: [words.restart, words.quit], defaultId: 0, cancelId: 1, noLink: true });
    if (response === 0) restart();
  };

  const end = (): void => {
    stopEnd = clock.after(END_MS, () => {
      app.exit(1);
    });
    app.quit();
  };

  const reported = (thrown: unknown): Promise<string> => reportInTime(thrown, { take, clock, words: speech.words().boxes });

  const onThrown = (thrown: unknown): void => {
    seen += 1;
    if (seen > MAX_REPORTS) return;
    if (seen > 1) {
      void reported(thrown);
      return;
    }
    // The box may fail as everything may now: then it ends all the same.
    void reported(thrown).then(tell).then(end, end);
  };

  events.on("uncaughtException", onThrown);
  events.on("unhandledRejection", onThrown);
  return {
    [Symbol.dispose]() {
      stopEnd();
      events.off("uncaughtException", onThrown);
      events.off("unhandledRejection", onThrown);
    },
  };
}
