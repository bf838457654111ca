import type { TriggerSettings } from "../../shared/settings.ts";
import { settingsTexts } from "../texts/settings-texts.ts";
import { formatScore } from "../ui/format.ts";
import { Switch } from "../ui/switch.tsx";
import { Amount } from "./amount.tsx";
import { Choice } from "./choice.tsx";
import { Field } from "./field.tsx";
import { PhraseList } from "./phrase-list.tsx";
import { useLock } from "./use-lock.ts";
import type { ChangeField, Refusal } from "./use-settings-change.ts";

const { fields, hints, triggerOn, languages } = settingsTexts;
const MAX_KEYWORD_LENGTH = 200;

interface TriggerSettingsProps {
  readonly settings: TriggerSettings;
  readonly locked: boolean;
  readonly change: ChangeField;
  readonly refusal: Refusal | null;
}

/** When the platform is asked (contract 2.2). */
export function TriggerSettingsFields({ settings, locked, change, refusal }: TriggerSettingsProps) {
  const held = useLock("assist.keywords") !== null;
  return (
    <fieldset>
      <legend>{settingsTexts.triggers}</legend>
      <p className="hint">{settingsTexts.triggersHint}</p>
      <Field field="enableKeywordTrigger" path="assist.enableKeywordTrigger" refusal={refusal}>
        <Switch
          label={fields.enableKeywordTrigger}
          checked={settings.enableKeywordTrigger}
          disabled={locked}
          onChange={(enableKeywordTrigger) =>
            change("enableKeywordTrigger", fields.enableKeywordTrigger, { triggers: { enableKeywordTrigger } })
          }
        />
      </Field>
      <Field field="keywords" path="assist.keywords" readable refusal={refusal}>
        <PhraseList
          label={fields.keywords}
          hint={hints.keywords}
          phrases={settings.keywords}
          maxLength={MAX_KEYWORD_LENGTH}
          disabled={locked || held}
          onChange={(keywords) => change("keywords", fields.keywords, { triggers: { keywords: [...keywords] } })}
        />
      </Field>
      <Field field="enableSentimentTrigger" path="assist.enableSentimentTrigger" refusal={refusal}>
        <Switch
          label={fields.enableSentimentTrigger}
          checked={settings.enableSentimentTrigger}
          disabled={locked}
          onChange={(enableSentimentTrigger) =>
            change("enableSentimentTrigger", fields.enableSentimentTrigger, { triggers: { enableSentimentTrigger } })
          }
        />
      </Field>
      <Field field="sentimentThreshold" path="assist.sentimentThreshold" refusal={refusal}>
        <Amount
          label={fields.sentimentThreshold}
          value={settings.sentimentThreshold}
          min={-1}
          max={1}
          step={0.05}
          format={formatScore}
          disabled={locked}
          onChange={(sentimentThreshold) =>
            change("sentimentThreshold", fields.sentimentThreshold, { triggers: { sentimentThreshold } })
          }
        />
      </Field>
      <Field field="triggerOn" path="assist.triggerOn" refusal={refusal}>
        <Choice
          label={fields.triggerOn}
          value={settings.triggerOn}
          options={[
            ["customer", triggerOn.customer],
            ["both", triggerOn.both],
          ]}
          disabled={locked}
          onChange={(value) => change("triggerOn", fields.triggerOn, { triggers: { triggerOn: value } })}
        />
      </Field>
      <Field field="triggers.language" path="assist.language" refusal={refusal}>
        <Choice
          label={fields.language}
          value={settings.language}
          options={[
            ["en", languages.en],
            ["de", languages.de],
            ["es", languages.es],
            ["fr", languages.fr],
            ["it", languages.it],
            ["nl", languages.nl],
            ["pt", languages.pt],
          ]}
          disabled={locked}
          onChange={(language) => change("triggers.language", fields.language, { triggers: { language } })}
        />
      </Field>
    </fieldset>
  );
}
