import { useActions, usePanel, usePanelState } from "../panel-context.tsx";
import { LATEST_EVENT } from "./transcript-list.tsx";
import { useKeys } from "./use-keys.ts";

/** The keys that work anywhere in the panel; those of the suggestions are with the list. */
export function usePanelShortcuts(): void {
  const step = usePanel((view) => view.step);
  const showSheet = usePanel((view) => view.showSheet);
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
      case "c":
        showSheet("connections");
        return true;
      case ",":
        showSheet("settings");
        return true;
      case "?":
        showSheet("help");
        return true;
      default:
        return false;
    }
  });
}
