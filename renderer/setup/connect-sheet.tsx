import { useMemo, useState } from "react";
import { setupSystems } from "../../shared/setup-fields.ts";
import { useActions, usePanelState } from "../panel-context.tsx";
import { setupTexts } from "../texts/setup-texts.ts";
import { Note } from "../ui/note.tsx";
import { Sheet } from "../ui/sheet.tsx";
import "../ui/overview.css";
import "./setup.css";
import { SetupDone } from "./setup-done.tsx";
import { createSetupActions } from "./setup-actions.ts";
import { type SetupPlace, setupPlaces } from "./setup-place.ts";
import { SystemForm } from "./system-form.tsx";
import { SystemSteps } from "./system-steps.tsx";

/** Connects one system after the other, each optional. Closing it loses nothing: what was typed waits for the next time. */
export function ConnectSheet() {
  const panel = useActions();
  const actions = useMemo(() => createSetupActions(panel.give), [panel]);
  const setup = usePanelState((state) => state.setup);
  const [place, setPlace] = useState<SetupPlace>("assist");
  if (setup === null) return null;
  const at = setupPlaces.indexOf(place);
  const go = (by: 1 | -1): void => setPlace(setupPlaces[at + by] ?? place);
  const system = setup.systems.find(({ form }) => form.system === place);
  const leave = async (to: "practice" | "panel"): Promise<void> => {
    const left = await actions.leave(to);
    if (!left.ok) panel.report(left.error);
  };
  const welcome = async (): Promise<void> => {
    const shown = await actions.show("welcome");
    if (!shown.ok) panel.report(shown.error);
  };
  const back = at > 0 ? () => go(-1) : setup.why === "unconfigured" ? () => void welcome() : null;
  return (
    <Sheet title={setupTexts.title} className="sheet-setup" onClose={() => void leave("panel")}>
      <SystemSteps place={place} systems={setup.systems} onGo={setPlace} />
      <div className="setup-main">
        {setup.vaultHindrance === null ? null : (
          <Note tone="warn">
            <b>{setupTexts.secrets.memoryTitle(setup.vaultHindrance)}</b> {setupTexts.secrets.memory}
          </Note>
        )}
        {setup.draftTrouble === null ? null : (
          <Note tone="warn">
            <b>{setupTexts.draftTrouble}</b> {setup.draftTrouble.detail}
          </Note>
        )}
        {system === undefined ? (
          <SetupDone setup={setup} onGo={setPlace} onBack={back} onLeave={(to) => void leave(to)} />
        ) : (
          // Each system's form is its own: what is typed into one is sent when it goes away.
          <SystemForm key={system.form.system} system={system} view={setup} at={at + 1} of={setupSystems.length} actions={actions} onBack={back} onNext={() => go(1)} />
        )}
      </div>
    </Sheet>
  );
}
