import type { Language, LanguageSetting } from "../../shared/language.ts";
import { languageOf } from "../../shared/language.ts";
import { germanWords } from "./de.ts";
import { englishWords, type Words } from "./en.ts";

/** In which language main speaks to the person. */
export interface Speech {
  language(): Language;
  words(): Words;
  /** Hears when the language is another; returns what stops it. */
  onChange(listener: () => void): () => void;
}

/** The speech of a program with a panel: its language follows the setting, and where that says so, the machine or the browser. */
export interface OwnSpeech extends Speech {
  /** The setting `panel.language`. */
  set(setting: LanguageSetting): void;
  /** What the machine, or the browser that shows the panel, prefers: tags of BCP 47, the most wanted first. */
  prefer(tags: readonly string[]): void;
}

const catalogue: Readonly<Record<Language, Words>> = { en: englishWords, de: germanWords };

/** The speech of what has no panel: the command line's. */
export const englishSpeech: Speech = { language: () => "en", words: () => englishWords, onChange: () => () => {} };

/** Begins with `system`, and English where nothing is preferred. */
export function createSpeech(preferred: readonly string[] = []): OwnSpeech {
  const listeners = new Set<() => void>();
  let setting: LanguageSetting = "system";
  let tags = preferred;
  let language = languageOf(setting, tags);
  const settle = (): void => {
    const next = languageOf(setting, tags);
    if (next === language) return;
    language = next;
    for (const listener of listeners) listener();
  };
  return {
    language: () => language,
    words: () => catalogue[language],
    onChange(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    set(next) {
      setting = next;
      settle();
    },
    prefer(next) {
      tags = next;
      settle();
    },
  };
}
