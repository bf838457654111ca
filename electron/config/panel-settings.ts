import type { DesktopPatch } from "../../shared/desktop.ts";
import type { Settings, SettingsPatch } from "../../shared/settings.ts";
import { shownFields } from "./assist-section.ts";
import type { Config } from "./complete-config.ts";

/** The part of the configuration that the panel shows (shared/settings.ts); where assist is off, its defaults. */
export function panelSettings(config: Config, mode: Settings["mode"]): Settings {
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
      prohibitedPhrases: [...assist.prohibitedPhrases],
      minConfidence: assist.minConfidence,
      maxSuggestions: assist.maxSuggestions,
    },
    display: { cardsPerMinute: config.panel.cardsPerMinute, quiet: config.panel.quiet, theme: config.panel.theme },
    locks: [],
  };
}

/** One value of the configuration by its path, `assist.minConfidence`. */
export interface ConfigChange {
  readonly path: readonly [section: string, key: string];
  readonly value: unknown;
}

/** Whatever a person changes from the panel. */
export type ConfigPatch = SettingsPatch & { readonly desktop?: DesktopPatch };

/** Where the fields of a change from the panel stand in the configuration. */
export function configChanges(patch: ConfigPatch): readonly ConfigChange[] {
  const inSection = (section: string, fields: object = {}): readonly ConfigChange[] =>
    Object.entries(fields)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]: [string, unknown]) => ({ path: [section, key], value }));
  return [...inSection("assist", patch.triggers), ...inSection("assist", patch.policy), ...inSection("panel", patch.display), ...inSection("desktop", patch.desktop)];
}
