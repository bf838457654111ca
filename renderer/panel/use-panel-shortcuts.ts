import { useActions, usePanel, usePanelState } from "../panel-context.tsx";
import { LATEST_EVENT } from "./transcript-list.tsx";
import { useKeys } from "./use-keys.ts";

/** The keys that work anywhere in the live view; those of the suggestions are with the list. */
export function usePanelShortcuts(): void {
  const step = usePanel((view) => view.step);
  const quiet = usePanelState((state) => state.settings.display.quiet);
  const actions = useActions();
  useKeys((key) => {
    switch (key) {
      case "[":
        step(-1);
        return true;
      case "]":
        step(1);
        return true;
      case "l":
        window.dispatchEvent(new Event(LATEST_EVENT));
        return true;
      case "q":
        actions.setQuiet(!quiet);
        return true;
      default:
        return false;
    }
  });
}
