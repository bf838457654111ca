import type { DisplaySettings } from "../../shared/settings.ts";
import { settingsTexts } from "../texts/settings-texts.ts";
import { Switch } from "../ui/switch.tsx";
import { Amount } from "./amount.tsx";
import { Choice } from "./choice.tsx";
import { Field } from "./field.tsx";
import type { ChangeField, Refusal } from "./use-settings-change.ts";

const { fields, hints, panelLanguages, themes } = settingsTexts;

interface DisplaySettingsProps {
  readonly settings: DisplaySettings;
  readonly change: ChangeField;
  readonly refusal: Refusal | null;
}

/** How much is shown, and how. Everyone's own, whatever the role. */
export function DisplaySettingsFields({ settings, change, refusal }: DisplaySettingsProps) {
  return (
    <fieldset>
      <legend>{settingsTexts.display}</legend>
      <Field field="theme" path="panel.theme" refusal={refusal}>
        <Choice
          label={fields.theme}
          value={settings.theme}
          options={[
            ["system", themes.system],
            ["light", themes.light],
            ["dark", themes.dark],
          ]}
          onChange={(theme) => change("theme", fields.theme, { display: { theme } })}
        />
      </Field>
      <Field field="display.language" path="panel.language" refusal={refusal}>
        <Choice
          label={fields.panelLanguage}
          hint={hints.panelLanguage}
          value={settings.language}
          options={[
            ["system", panelLanguages.system],
            ["en", panelLanguages.en],
            ["de", panelLanguages.de],
          ]}
          onChange={(language) => change("display.language", fields.panelLanguage, { display: { language } })}
        />
      </Field>
      <Field field="cardsPerMinute" path="panel.cardsPerMinute" refusal={refusal}>
        <Amount
          label={fields.cardsPerMinute}
          hint={hints.cardsPerMinute}
          value={settings.cardsPerMinute}
          min={1}
          max={Math.max(12, settings.cardsPerMinute)}
          step={1}
          format={String}
          onChange={(cardsPerMinute) =>
            change("cardsPerMinute", fields.cardsPerMinute, { display: { cardsPerMinute } })
          }
        />
      </Field>
      <Field field="quiet" path="panel.quiet" refusal={refusal}>
        <Switch
          label={fields.quiet}
          hint={hints.quiet}
          checked={settings.quiet}
          onChange={(quiet) => change("quiet", fields.quiet, { display: { quiet } })}
        />
      </Field>
    </fieldset>
  );
}
