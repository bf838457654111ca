import { useEffect, useEffectEvent, useState } from "react";
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import type { Fault } from "../../shared/fault.ts";
import { noRuleDraft } from "../../shared/no-rule-draft.ts";
import type { SettingsPatch } from "../../shared/settings.ts";
import type { RuleDraft } from "../../shared/workshop.ts";
import type { Errand } from "../frame/errand.ts";
import { useActions, usePanel, usePanelState } from "../panel-context.tsx";
import { inversePatch, type PanelPatch } from "../settings/settings-change.ts";
import { useDraftKeeper } from "./use-draft-keeper.ts";
import { patchOf, redraft, type RuleField, type RuleSettings, settled, takenBack, withoutTrigger } from "./rule-draft.ts";

/** What was done with the draft last, which one step takes back. */
export type LastStep =
  | { readonly kind: "none" }
  | { readonly kind: "saved"; readonly draft: RuleDraft; readonly inverse: PanelPatch }
  | { readonly kind: "discarded"; readonly draft: RuleDraft }
  | { readonly kind: "taken-back" };

/** `kept`: the draft, perhaps with something that holds by now. */
interface Kept {
  readonly kept: RuleDraft;
  readonly last: LastStep;
}

export interface RuleDraftView {
  readonly settings: RuleSettings;
  /** Only what differs from what holds. */
  readonly draft: RuleDraft;
  readonly last: LastStep;
  readonly saving: boolean;
  readonly fault: Fault | null;
  /** Why main does not have the draft; null where it has. */
  readonly unkept: Fault | null;
  readonly change: (patch: PanelPatch) => void;
  readonly takeBack: (field: RuleField) => void;
  readonly save: () => void;
  readonly discard: () => void;
  readonly undo: () => void;
}

/**
 * The draft, from its first change until it holds or is thrown away. Main has it from then on, so that it survives the view,
 * the page and the program. `start`: as main has it.
 */
export function useRuleDraft(start: RuleDraft): RuleDraftView {
  const settings = usePanelState((state) => state.settings);
  const errand = usePanel((view) => view.errand);
  const errandDone = usePanel((view) => view.errandDone);
  const { changeSettings } = useActions();
  const { keep, unkept } = useDraftKeeper();
  const [store] = useState(() => createStore((): Kept => ({ kept: start, last: { kind: "none" } })));
  const { kept, last } = useStore(store);
  const [saving, setSaving] = useState(false);
  const [fault, setFault] = useState<Fault | null>(null);
  const draft = settled(kept, settings);

  const put = (next: RuleDraft, step: LastStep): void => {
    store.setState({ kept: next, last: step });
    keep(next);
  };
  /** A change by the person, who has read by then why the last one could not be saved. */
  const edit = (next: RuleDraft, step: LastStep): void => {
    setFault(null);
    put(next, step);
  };
  const send = async (patch: SettingsPatch, taken: () => void): Promise<void> => {
    setSaving(true);
    const answer = await changeSettings(patch);
    setSaving(false);
    setFault(answer.ok ? null : answer.error);
    if (answer.ok) taken();
  };

  const takeUp = useEffectEvent((one: Errand) => {
    if (one.kind !== "try-without") return;
    errandDone(one);
    put(withoutTrigger(draft, settings, one.trigger, one.words), { kind: "none" });
  });
  useEffect(() => {
    if (errand !== null) takeUp(errand);
  }, [errand]);

  return {
    settings,
    draft,
    last,
    saving,
    fault,
    unkept,
    change: (patch) => {
      if (!("desktop" in patch)) edit(redraft(draft, settings, patch), { kind: "none" });
    },
    takeBack: (field) => edit(takenBack(draft, field), { kind: "none" }),
    save() {
      const patch = patchOf(draft, settings);
      if (patch === null) return;
      const inverse = inversePatch({ settings, desktop: null }, patch);
      void send(patch, () => {
        // What was edited while it was being saved is a draft still.
        const now = store.getState().kept;
        put(now === kept ? noRuleDraft : now, { kind: "saved", draft, inverse });
      });
    },
    discard: () => edit(noRuleDraft, { kind: "discarded", draft }),
    undo() {
      if (last.kind === "discarded") edit(last.draft, { kind: "none" });
      if (last.kind !== "saved" || "desktop" in last.inverse) return;
      const { draft: before, inverse } = last;
      void send(inverse, () => put(before, { kind: "taken-back" }));
    },
  };
}
