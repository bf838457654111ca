import type { Notification } from "electron";
import { assertNever } from "../../shared/assert-never.ts";
import type { ShortcutAction } from "../../shared/desktop.ts";
import { bestCard } from "./best-card.ts";
import { carryOut } from "./desktop-change.ts";
import type { DesktopPorts } from "./desktop-ports.ts";

const MAX_COPIED = 60;
/** It only says that it was done; left in the system's list, it would be read on a lock screen later. */
const TOLD_MS = 4_000;

/** What the global shortcuts do. Disposing takes back what is told of it. */
export interface ShortcutActions extends Disposable {
  /** Does it; what comes while another one is under way waits for its end, so that "quiet" pressed twice is on and off again. */
  act(action: ShortcutAction): void;
}

/**
 * Binds the shortcuts to what they do. While the panel is out of view, nothing there could tell that it was done: a
 * short notification does.
 */
export function createShortcutActions(ports: DesktopPorts): ShortcutActions {
  const { electron, window, publisher, commands, clock, speech, onBug } = ports;
  const { powerMonitor } = electron;
  let shown: Notification | null = null;
  let stopTimer = (): void => {};
  let last = Promise.resolve();
  let stopped = false;

  const takeBack = (): void => {
    stopTimer();
    shown?.close();
    shown = null;
  };
  powerMonitor.on("lock-screen", takeBack);

  const tell = (title: string): void => {
    if (stopped || window.isInView() || !electron.Notification.isSupported()) return;
    takeBack();
    // In the title, which no system reads as mark-up: it holds what the platform wrote.
    shown = new electron.Notification({ title, silent: true });
    shown.show();
    stopTimer = clock.after(TOLD_MS, takeBack);
  };

  const copyFirst = async (): Promise<void> => {
    const best = bestCard(publisher.state(), ports.viewing(), clock.now());
    if (best === null) {
      tell(speech.words().shortcuts.nothingToCopy);
      return;
    }
    const { interactionId, suggestion } = best;
    try {
      await electron.clipboard.writeText(suggestion.text);
    } catch {
      // Another program may hold the clipboard; that is nothing to report, and pressing again is all that helps.
      tell(speech.words().shortcuts.notCopied);
      return;
    }
    tell(speech.words().shortcuts.copied(beginning(suggestion.text)));
    await carryOut(ports, { change: "copied", run: () => commands("suggestion.record", { interactionId, suggestionId: suggestion.id, disposition: "copied" }) });
  };

  const quiet = async (): Promise<void> => {
    const on = !publisher.state().settings.display.quiet;
    const done = await carryOut(ports, { change: "quiet", run: () => commands("settings.change", { display: { quiet: on } }) });
    const words = speech.words().shortcuts;
    tell(done ? (on ? words.quietOn : words.quietOff) : words.quietRefused);
  };

  const perform = async (action: ShortcutAction): Promise<void> => {
    switch (action) {
      case "show":
        if (window.isInFront()) window.hide();
        else window.show();
        return;
      case "copyFirst":
        return copyFirst();
      case "quiet":
        return quiet();
      default:
        return assertNever(action);
    }
  };

  return {
    act(action) {
      last = last.then(() => perform(action)).catch(onBug);
    },
    [Symbol.dispose]() {
      stopped = true;
      powerMonitor.off("lock-screen", takeBack);
      takeBack();
    },
  };
}

/** The first characters, as a person counts them, in one line. */
function beginning(text: string): string {
  const letters = Array.from(new Intl.Segmenter().segment(text.replaceAll(/\s+/gu, " ").trim()), ({ segment }) => segment);
  return letters.length <= MAX_COPIED ? letters.join("") : `${letters.slice(0, MAX_COPIED - 1).join("")}…`;
}
