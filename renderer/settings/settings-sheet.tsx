import { texts } from "../texts.ts";
import { usePanel, usePanelState } from "../panel-context.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { DisplaySettingsFields } from "./display-settings.tsx";
import { PolicySettingsFields } from "./policy-settings.tsx";
import { TriggerSettingsFields } from "./trigger-settings.tsx";
import { useSettingsChange } from "./use-settings-change.ts";

/** Triggers, policy and display; what is changed takes effect at once. In role agent the first two are only shown. */
export function SettingsSheet({ onClose }: { readonly onClose: () => void }) {
  const settings = usePanelState((state) => state.settings);
  const { change, refusal, last, undone, undo } = useSettingsChange();
  const showSheet = usePanel((view) => view.showSheet);
  const locked = settings.role === "agent";
  const footer = (
    <footer className="sheet-foot">
      <output className="ellipsis">
        {last !== null
          ? texts.settings.changed(last.label)
          : undone !== null
            ? texts.settings.undone(undone)
            : texts.settings.immediate}
      </output>
      {last === null ? null : (
        <button type="button" className="button" onClick={undo}>
          {texts.undo}
        </button>
      )}
    </footer>
  );
  return (
    <Sheet title={texts.settings.title} className="sheet-settings" onClose={onClose} footer={footer}>
      <DisplaySettingsFields settings={settings.display} change={change} refusal={refusal} />
      {locked ? <p className="locked">{texts.settings.readOnly}</p> : null}
      <TriggerSettingsFields settings={settings.triggers} locked={locked} change={change} refusal={refusal} />
      <PolicySettingsFields settings={settings.policy} locked={locked} change={change} refusal={refusal} />
      <button type="button" className="button sheet-link" onClick={() => showSheet("help")}>
        {texts.help.open}
        <kbd aria-hidden="true">?</kbd>
      </button>
    </Sheet>
  );
}
