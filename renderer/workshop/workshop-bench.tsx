import { useMemo, useState } from "react";
import type { RuleDraft } from "../../shared/workshop.ts";
import { PolicySettingsFields } from "../settings/policy-settings.tsx";
import { TriggerSettingsFields } from "../settings/trigger-settings.tsx";
import { texts } from "../texts.ts";
import { workshopTexts } from "../texts/workshop-texts.ts";
import { FaultNote, Note } from "../ui/note.tsx";
import { ChangeFigures } from "./change-figures.tsx";
import { ChangeResults } from "./change-results.tsx";
import { DraftList } from "./draft-list.tsx";
import { differencesOf, patchOf, rulesWith } from "./rule-draft.ts";
import { TrialScope } from "./trial-scope.tsx";
import { everyTrial } from "./trial-choice.ts";
import { useRehearsal } from "./use-rehearsal.ts";
import { type RuleDraftView, useRuleDraft } from "./use-rule-draft.ts";

const words = workshopTexts;

/** The draft at one side, what it would have changed at the other. */
export function WorkshopBench({ start }: { readonly start: RuleDraft }) {
  const view = useRuleDraft(start);
  const { settings, draft, change, fault, unkept } = view;
  const [choice, setChoice] = useState(everyTrial);
  const rules = rulesWith(draft, settings);
  const differences = differencesOf(draft, settings);
  const question = useMemo(() => {
    const { triggers = {}, policy = {} } = patchOf(draft, settings) ?? {};
    const { interactions, channel, queue } = choice;
    return { triggers, policy, interactions, filter: { from: null, to: null, channel, queue, agentId: null } };
  }, [draft, settings, choice]);
  const trial = useRehearsal(question, [settings.triggers, settings.policy]);
  return (
    <div className="shop-body">
      <header className="shop-head">
        <div>
          <h1>{words.title}</h1>
          <p className="hint">{words.hint}</p>
        </div>
        <DraftButtons view={view} changed={differences.length > 0} />
      </header>
      <div className="notes">
        <StepNote view={view} />
        {unkept === null ? null : <FaultNote title={words.notKept} fault={unkept} />}
        {fault === null ? null : <FaultNote title={words.saveFailed} fault={fault} />}
      </div>
      <ChangeFigures trial={trial} />
      <div className="shop-cols">
        <section className="shop-rules sheet-body" aria-label={words.draft.rules}>
          <DraftList differences={differences} settings={settings} rules={rules} onTakeBack={view.takeBack} />
          <TriggerSettingsFields settings={rules.triggers} locked={false} change={(_field, _label, patch) => change(patch)} refusal={null} />
          <PolicySettingsFields settings={rules.policy} locked={false} change={(_field, _label, patch) => change(patch)} refusal={null} />
        </section>
        <div className="shop-trial">
          <TrialScope choice={choice} trial={trial} onChoose={setChoice} />
          <ChangeResults trial={trial} touched={differences.length > 0} chosen={choice.channel !== null || choice.queue !== null} loosensMaximum={rules.policy.maxSuggestions > settings.policy.maxSuggestions} />
        </div>
      </div>
    </div>
  );
}

function DraftButtons({ view: { saving, save, discard }, changed }: { readonly view: RuleDraftView; readonly changed: boolean }) {
  return (
    <div className="shop-buttons">
      <button type="button" className="button" disabled={!changed || saving} onClick={discard}>
        {words.discard}
      </button>
      <button type="button" className="button button-main" disabled={!changed || saving} onClick={save}>
        {saving ? words.saving : words.save}
      </button>
    </div>
  );
}

/** What was just done, and the way back. */
function StepNote({ view: { last, undo, saving } }: { readonly view: RuleDraftView }) {
  if (last.kind === "none") return null;
  if (last.kind === "taken-back") return <Note tone="none">{words.takenBack}</Note>;
  return (
    <Note
      tone="none"
      action={
        <button type="button" className="button" disabled={saving} onClick={undo}>
          {texts.undo}
        </button>
      }
    >
      {last.kind === "saved" ? words.saved : words.discarded}
    </Note>
  );
}
