import type { Clock } from "../shared/clock.ts";
import { type Language, languageOf } from "../shared/language.ts";
import type { PanelStore } from "./store.ts";
import { keepWhereabouts } from "./whereabouts.ts";

/** While something is typed, it is looked this often whether it still is. */
const LOOK_AGAIN_MS = 500;

interface LanguagePorts {
  readonly store: PanelStore;
  readonly clock: Clock;
  /** The language of the page, which it has for as long as it is loaded. */
  readonly language: Language;
  /** The languages of the system or the browser, the most wanted first. */
  readonly preferred: readonly string[];
  /** Whether something is typed into the page that nobody has taken yet, in whatever view. */
  readonly isTyped: () => boolean;
  /** Takes where the person is, and loads the page again. */
  readonly loadAgain: (whereabouts: string) => void;
}

/**
 * Loads the page again when another language is chosen, and brings the person back to where they were. What is written
 * and not sent is nowhere but in this page, as nothing of what was said may reach the disk, on which browsers keep what
 * a page stores: so the page waits until it is sent or taken back, and as well for what else is typed and not taken up. Only a choice that is made while the page is open
 * counts: a host that serves another language than it says is no reason to load for ever. Returns what ends it.
 */
export function followLanguage({ store, clock, language, preferred, isTyped, loadAgain }: LanguagePorts): () => void {
  let chosenBefore = store.getState().mirror.state?.settings.display.language;
  let wants = false;
  let cancel = (): void => {};
  const settle = (): void => {
    cancel();
    if (!wants || store.getState().drafts.size > 0) return;
    if (isTyped()) {
      cancel = clock.after(LOOK_AGAIN_MS, settle);
      return;
    }
    stop();
    loadAgain(keepWhereabouts(store.getState()));
  };
  const unsubscribe = store.subscribe((view) => {
    const chosen = view.mirror.state?.settings.display.language;
    if (chosen !== undefined) {
      if (chosenBefore !== undefined && chosen !== chosenBefore) wants = languageOf(chosen, preferred) !== language;
      chosenBefore = chosen;
    }
    settle();
  });
  const stop = (): void => {
    cancel();
    unsubscribe();
  };
  return stop;
}
