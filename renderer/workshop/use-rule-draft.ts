import { useEffect, useState } from "react";
import type { Fault } from "../../shared/fault.ts";
import type { SettingsPatch } from "../../shared/settings.ts";
import { useActions, usePanel, usePanelState } from "../panel-context.tsx";
import { inversePatch, type PanelPatch } from "../settings/settings-change.ts";
import { createLeaveGuard } from "./leave-guard.ts";
import { isNoDraft, noDraft, patchOf, redraft, type RuleDraft, type RuleField, type RuleSettings, settled, takenBack, withoutTrigger } from "./rule-draft.ts";

/** What was done with the draft last, which one step takes back. */
export type LastStep =
  | { readonly kind: "none" }
  | { readonly kind: "saved"; readonly draft: RuleDraft; readonly inverse: PanelPatch }
  | { readonly kind: "discarded"; readonly draft: RuleDraft }
  | { readonly kind: "taken-back" };

export interface RuleDraftView {
  readonly settings: RuleSettings;
  /** Only what differs from what holds. */
  readonly draft: RuleDraft;
  readonly last: LastStep;
  readonly saving: boolean;
  readonly fault: Fault | null;
  readonly change: (patch: PanelPatch) => void;
  readonly takeBack: (field: RuleField) => void;
  readonly save: () => void;
  readonly discard: () => void;
  readonly undo: () => void;
}

/** The draft, from its first change until it holds or is thrown away. It survives leaving the view. */
export function useRuleDraft(): RuleDraftView {
  const settings = usePanelState((state) => state.settings);
  const inBrowser = usePanelState((state) => state.desktop === null);
  const errand = usePanel((view) => view.errand);
  const errandDone = usePanel((view) => view.errandDone);
  const { changeSettings } = useActions();
  // The program's own window is hidden when it is closed, not unloaded, and has no question to show.
  const [guard] = useState(() => createLeaveGuard(window));
  const [kept, setKept] = useState<RuleDraft>(noDraft);
  const [last, setLast] = useState<LastStep>({ kind: "none" });
  const [saving, setSaving] = useState(false);
  const [fault, setFault] = useState<Fault | null>(null);
  const draft = settled(kept, settings);

  const put = (next: RuleDraft, step: LastStep): void => {
    setKept(next);
    setLast(step);
    setFault(null);
    guard.set(inBrowser && !isNoDraft(next));
  };
  const send = async (patch: SettingsPatch, taken: () => void): Promise<void> => {
    setSaving(true);
    const answer = await changeSettings(patch);
    setSaving(false);
    if (answer.ok) taken();
    else setFault(answer.error);
  };

  useEffect(() => {
    if (errand?.kind !== "try-without") return;
    errandDone(errand);
    put(withoutTrigger(draft, settings, errand.trigger, errand.words), { kind: "none" });
    // An errand is taken up once, whatever the draft is by then.
  }, [errand]);

  return {
    settings,
    draft,
    last,
    saving,
    fault,
    change: (patch) => {
      if (!("desktop" in patch)) put(redraft(draft, settings, patch), { kind: "none" });
    },
    takeBack: (field) => put(takenBack(draft, field), { kind: "none" }),
    save() {
      const patch = patchOf(draft, settings);
      if (patch === null) return;
      const inverse = inversePatch({ settings, desktop: null }, patch);
      void send(patch, () => put(noDraft, { kind: "saved", draft, inverse }));
    },
    discard: () => put(noDraft, { kind: "discarded", draft }),
    undo() {
      if (last.kind === "discarded") put(last.draft, { kind: "none" });
      if (last.kind !== "saved" || "desktop" in last.inverse) return;
      const { draft: before, inverse } = last;
      void send(inverse, () => put(before, { kind: "taken-back" }));
    },
  };
}
