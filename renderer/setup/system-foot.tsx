import { assertNever } from "../../shared/assert-never.ts";
import type { SetupSystem } from "../../shared/setup.ts";
import { setupTexts } from "../texts/setup-texts.ts";

interface SystemFootProps {
  readonly system: SetupSystem;
  /** What was just done, or what becomes of what is typed; empty: nothing is to be said. */
  readonly said: string;
  readonly onUndo: () => void;
  readonly onBack: (() => void) | null;
  readonly onNext: () => void;
}

/** Back, undo, skip or next, and save, which is what Enter does. */
export function SystemFoot({ system, said, onUndo, onBack, onNext }: SystemFootProps) {
  const saved = system.kept === "saved";
  return (
    <div className="setup-foot">
      <output className="setup-said">{said}</output>
      <div className="setup-buttons">
        {onBack === null ? null : (
          <button type="button" className="button" onClick={onBack}>
            {setupTexts.back}
          </button>
        )}
        {system.undoable ? (
          <button type="button" className="button" onClick={onUndo}>
            {setupTexts.undo}
          </button>
        ) : null}
        <button type="button" className={saved ? "button button-main" : "button"} onClick={onNext}>
          {saved ? setupTexts.next : setupTexts.skip}
        </button>
        {saved ? null : (
          <button type="submit" className="button button-main">
            {saveWords(system)}
          </button>
        )}
      </div>
    </div>
  );
}

function saveWords({ trial }: SetupSystem): string {
  switch (trial.kind) {
    case "works":
      return setupTexts.save;
    case "fails":
      return setupTexts.saveFailing;
    case "untried":
    case "trying":
      return setupTexts.saveUntried;
    default:
      return assertNever(trial);
  }
}
