import { useState } from "react";
import { describeFault } from "../../shared/fault-table.ts";
import type { SettingsPatch } from "../../shared/settings.ts";
import { useActions, usePanelState } from "../panel-context.tsx";
import { inversePatch, refusalText, type SettingsGroup, type TakenChange } from "./settings-change.ts";

/** A field that main refused, and its words. */
export interface Refusal {
  readonly field: string;
  readonly message: string;
}

/** Changes one field: the group and field it belongs to, its name for the person, and the patch. */
export type ChangeField = (group: SettingsGroup, field: string, label: string, patch: SettingsPatch) => void;

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
  const actions = useActions();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [last, setLast] = useState<TakenChange | null>(null);
  const [undone, setUndone] = useState<string | null>(null);

  const send = async (patch: SettingsPatch, field: string, group: SettingsGroup, taken: () => void): Promise<void> => {
    const answer = await actions.changeSettings(patch);
    if (answer.ok) {
      setRefusal(null);
      taken();
      return;
    }
    const { what, remedy } = describeFault(answer.error);
    const words = answer.error.detail === "" ? `${what} ${remedy}` : refusalText(answer.error.detail, group, field);
    setRefusal({ field, message: words });
  };

  return {
    refusal,
    last,
    undone,
    change(group, field, label, patch) {
      const inverse = inversePatch(settings, patch);
      void send(patch, field, group, () => {
        setLast({ inverse, label, field, group });
        setUndone(null);
      });
    },
    undo() {
      if (last === null) return;
      void send(last.inverse, last.field, last.group, () => {
        setUndone(last.label);
        setLast(null);
      });
    },
  };
}
