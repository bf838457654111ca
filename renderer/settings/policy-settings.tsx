import type { PolicySettings } from "../../shared/settings.ts";
import { settingsTexts } from "../texts/settings-texts.ts";
import { Amount } from "./amount.tsx";
import { Field } from "./field.tsx";
import { PhraseList } from "./phrase-list.tsx";
import { useLock } from "./use-lock.ts";
import type { ChangeField, Refusal } from "./use-settings-change.ts";
import { formatFixed } from "../ui/format.ts";

const { fields, hints } = settingsTexts;
const MAX_PHRASE_LENGTH = 500;

interface PolicySettingsProps {
  readonly settings: PolicySettings;
  readonly locked: boolean;
  readonly change: ChangeField;
  readonly refusal: Refusal | null;
}

/** What may be shown (contract 2.5). */
export function PolicySettingsFields({ settings, locked, change, refusal }: PolicySettingsProps) {
  const held = useLock("assist.prohibitedPhrases") !== null;
  return (
    <fieldset>
      <legend>{settingsTexts.policy}</legend>
      <p className="hint">{settingsTexts.policyHint}</p>
      <Field field="minConfidence" path="assist.minConfidence" refusal={refusal}>
        <Amount
          label={fields.minConfidence}
          value={settings.minConfidence}
          min={0}
          max={1}
          step={0.01}
          format={(value) => formatFixed(value, 2)}
          disabled={locked}
          onChange={(minConfidence) => change("minConfidence", fields.minConfidence, { policy: { minConfidence } })}
        />
      </Field>
      <Field field="maxSuggestions" path="assist.maxSuggestions" refusal={refusal}>
        <Amount
          label={fields.maxSuggestions}
          value={settings.maxSuggestions}
          min={1}
          max={Math.max(10, settings.maxSuggestions)}
          step={1}
          format={String}
          disabled={locked}
          onChange={(maxSuggestions) =>
            change("maxSuggestions", fields.maxSuggestions, { policy: { maxSuggestions } })
          }
        />
      </Field>
      <Field field="prohibitedPhrases" path="assist.prohibitedPhrases" readable refusal={refusal}>
        <PhraseList
          label={fields.prohibitedPhrases}
          hint={hints.prohibitedPhrases}
          phrases={settings.prohibitedPhrases}
          maxLength={MAX_PHRASE_LENGTH}
          disabled={locked || held}
          onChange={(phrases) =>
            change("prohibitedPhrases", fields.prohibitedPhrases, { policy: { prohibitedPhrases: [...phrases] } })
          }
        />
      </Field>
    </fieldset>
  );
}
