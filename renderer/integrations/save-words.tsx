import { useStore } from "zustand";
import { assertNever } from "../../shared/assert-never.ts";
import { describeFault } from "../texts/fault-words.ts";
import { integrationTexts } from "../texts/integration-texts.ts";
import type { SaveState } from "./draft-saver.ts";
import { textTrouble } from "./typed-text.ts";
import type { Workbench } from "./workbench.ts";

const { save: words } = integrationTexts;

/** Whether what is written is saved, and what can be done where it is not. */
export function SaveWords({ workbench }: { readonly workbench: Workbench }) {
  const save = useStore(workbench.store, (state) => state.save);
  const ready = useStore(workbench.store, (state) => state.loading.kind === "ready");
  const { source, body } = useStore(workbench.store, (state) => state.typed);
  const unread = textTrouble(source, "object") !== null || textTrouble(body, "object or nothing") !== null;
  const refused = save.kind === "failed" && save.fault.code !== "network" ? save.fault : null;
  return (
    <div className="save-words" data-typed={unread || save.kind === "failed"} data-tone={save.kind === "failed" ? "warn" : "none"}>
      <output title={refused === null ? undefined : `${describeFault(refused).what} ${describeFault(refused).cause}`}>{!ready ? "" : unread ? words.invalid : saveWords(save)}</output>
      {refused === null ? null : (
        <button type="button" className="button" onClick={() => void workbench.flush()}>
          {words.retry}
        </button>
      )}
    </div>
  );
}

function saveWords(save: SaveState): string {
  switch (save.kind) {
    case "saved":
      return words.saved;
    case "waiting":
      return words.waiting;
    case "saving":
      return words.saving;
    case "failed":
      return save.fault.code === "network" ? words.lost : `${words.failed}: ${describeFault(save.fault).what}`;
    default:
      return assertNever(save);
  }
}
