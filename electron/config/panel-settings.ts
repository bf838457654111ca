import type { DesktopPatch } from "../../shared/desktop.ts";
import type { Lock, Settings, SettingsPatch } from "../../shared/settings.ts";
import { shownFields } from "./assist-section.ts";
import type { Config } from "./complete-config.ts";

/** The part of the configuration that the panel shows (shared/settings.ts), and what of it is locked; where assist is off, its defaults. */
export function panelSettings(config: Config, mode: Settings["mode"], locks: readonly Lock[] = []): Settings {
  const assist = config.assist ?? shownFields.parse({});
  return {
    mode,
    role: config.panel.role,
    triggers: {
      keywords: [...assist.keywords],
      sentimentThreshold: assist.sentimentThreshold,
      enableKeywordTrigger: assist.enableKeywordTrigger,
      enableSentimentTrigger: assist.enableSentimentTrigger,
      triggerOn: assist.triggerOn,
      language: assist.language,
    },
    policy: {
      prohibitedPhrases: [...config.phrases.prohibited],
      minConfidence: assist.minConfidence,
      maxSuggestions: assist.maxSuggestions,
    },
    display: { cardsPerMinute: config.panel.cardsPerMinute, quiet: config.panel.quiet, theme: config.panel.theme, language: config.panel.language },
    locks,
  };
}

/** One value of the configuration by its path, `assist.minConfidence`. */
export interface ConfigChange {
  readonly path: readonly string[];
  readonly value: unknown;
}

/** Whatever a person changes from the panel. */
export type ConfigPatch = SettingsPatch & {
  readonly desktop?: DesktopPatch;
  /** Values by their path, as the first run writes them; `undefined` takes a key away. */
  readonly set?: readonly ConfigChange[];
};

/**
 * Where the fields of a change from the panel stand in the configuration. Each shortcut is a value of its own: one that
 * is set by a flag keeps nobody from changing the others.
 */
export function configChanges({ triggers, policy, display, desktop = {}, set = [] }: ConfigPatch): readonly ConfigChange[] {
  const { shortcuts, ...rest } = desktop;
  const inside = (path: readonly string[], fields: object = {}): readonly ConfigChange[] =>
    Object.entries(fields)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]: [string, unknown]) => ({ path: [...path, key], value }));
  return [
    ...inside(["assist"], triggers),
    ...inside(["assist"], policy),
    ...inside(["panel"], display),
    ...inside(["desktop"], rest),
    ...inside(["desktop", "shortcuts"], shortcuts),
    ...set,
  ];
}
