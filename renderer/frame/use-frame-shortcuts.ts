import { useKeys } from "../panel/use-keys.ts";
import { usePanel } from "../panel-context.tsx";

/** The keys that work in every view. */
export function useFrameShortcuts(): void {
  const showSheet = usePanel((view) => view.showSheet);
  useKeys((key) => {
    switch (key) {
      case "c":
        showSheet("connections");
        return true;
      case ",":
        showSheet("settings");
        return true;
      case "w":
        showSheet("health");
        return true;
      case "?":
        showSheet("help");
        return true;
      default:
        return false;
    }
  });
}
