import { lazy, Suspense } from "react";
import { LoadBoundary, LoadFailed } from "../frame/load-boundary.tsx";
import { texts } from "../texts.ts";
import { usePanel, usePanelState } from "../panel-context.tsx";
import { SetupLink } from "../setup/setup-link.tsx";
import { settingsTexts } from "../texts/settings-texts.ts";
import { Sheet } from "../ui/sheet.tsx";
import { DisplaySettingsFields } from "./display-settings.tsx";
import { PolicySettingsFields } from "./policy-settings.tsx";
import { TriggerSettingsFields } from "./trigger-settings.tsx";
import { useSettingsChange } from "./use-settings-change.ts";

/** Fetched in the program's own window only: a panel in a browser has no use for it. */
const DesktopSettingsFields = lazy(async () => {
  const { DesktopSettingsFields: Fields } = await import("./desktop-settings.tsx");
  return { default: Fields };
});

/** Display, the desktop where there is one, triggers and policy; what is changed takes effect at once. In role agent the last two are only shown. */
export function SettingsSheet({ onClose }: { readonly onClose: () => void }) {
  const settings = usePanelState((state) => state.settings);
  const desktop = usePanelState((state) => state.desktop);
  const { change, refusal, last, undone, undo } = useSettingsChange();
  const showSheet = usePanel((view) => view.showSheet);
  const locked = settings.role === "agent";
  const footer = (
    <footer className="sheet-foot">
      <output className="ellipsis">
        {last !== null
          ? settingsTexts.changed(last.label)
          : undone !== null
            ? settingsTexts.undone(undone)
            : settingsTexts.immediate}
      </output>
      {last === null ? null : (
        <button type="button" className="button" onClick={undo}>
          {texts.undo}
        </button>
      )}
    </footer>
  );
  return (
    <Sheet title={texts.settings.open} className="sheet-settings" onClose={onClose} footer={footer}>
      <DisplaySettingsFields settings={settings.display} change={change} refusal={refusal} />
      {desktop === null ? null : (
        <LoadBoundary fallback={<LoadFailed level={2} />}>
          <Suspense fallback={null}>
            <DesktopSettingsFields view={desktop} change={change} refusal={refusal} />
          </Suspense>
        </LoadBoundary>
      )}
      {locked ? <p className="locked">{settingsTexts.readOnly}</p> : null}
      <TriggerSettingsFields settings={settings.triggers} locked={locked} change={change} refusal={refusal} />
      <PolicySettingsFields settings={settings.policy} locked={locked} change={change} refusal={refusal} />
      <p className="sheet-links">
        <button type="button" className="button" onClick={() => showSheet("help")}>
          {texts.help.open}
          <kbd aria-hidden="true">?</kbd>
        </button>
        <button type="button" className="button" onClick={() => showSheet("health")}>
          {settingsTexts.wrong}
          <kbd aria-hidden="true">w</kbd>
        </button>
        <SetupLink />
      </p>
    </Sheet>
  );
}
