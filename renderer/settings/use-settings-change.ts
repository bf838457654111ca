import { useState } from "react";
import { useActions, usePanelState } from "../panel-context.tsx";
import { inversePatch, type PanelPatch, refusalText, type TakenChange } from "./settings-change.ts";

/** A field that main refused, and its words. */
export interface Refusal {
  readonly field: string;
  readonly message: string;
}

/** Changes one field: its key, its name for the person, and the patch. */
export type ChangeField = (field: string, label: string, patch: PanelPatch) => void;

export interface SettingsChange {
  readonly change: ChangeField;
  readonly refusal: Refusal | null;
  readonly last: TakenChange | null;
  /** The label of what was just taken back, if that was the last thing done. */
  readonly undone: string | null;
  readonly undo: () => void;
}

/** Settings that take effect at once, with a way back from the last change and main's refusal at the field. */
export function useSettingsChange(): SettingsChange {
  const settings = usePanelState((state) => state.settings);
  const desktop = usePanelState((state) => state.desktop?.settings ?? null);
  const actions = useActions();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [last, setLast] = useState<TakenChange | null>(null);
  const [undone, setUndone] = useState<string | null>(null);

  const send = async (patch: PanelPatch, field: string, taken: () => void): Promise<void> => {
    const answer = await ("desktop" in patch ? actions.desktop.change(patch.desktop) : actions.changeSettings(patch));
    if (answer.ok) {
      setRefusal(null);
      taken();
      return;
    }
    setRefusal({ field, message: refusalText(answer.error, field) });
  };

  return {
    refusal,
    last,
    undone,
    change(field, label, patch) {
      const inverse = inversePatch({ settings, desktop }, patch);
      void send(patch, field, () => {
        setLast({ inverse, label, field });
        setUndone(null);
      });
    },
    undo() {
      if (last === null) return;
      void send(last.inverse, last.field, () => {
        setUndone(last.label);
        setLast(null);
      });
    },
  };
}
