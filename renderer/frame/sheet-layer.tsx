import { type ComponentType, lazy, type LazyExoticComponent, Suspense, useEffect } from "react";
import { ConnectionSheet } from "../connection/connection-sheet.tsx";
import { HealthSheet } from "../health/health-sheet.tsx";
import { usePanel } from "../panel-context.tsx";
import { texts } from "../texts.ts";
import { Sheet } from "../ui/sheet.tsx";
import { LoadBoundary, LoadFailed } from "./load-boundary.tsx";

interface SheetProps {
  readonly onClose: () => void;
}

const fetchSettings = () => import("../settings/settings-sheet.tsx");
const fetchHelp = () => import("../panel/shortcut-help.tsx");

const SettingsSheet = lazy(async () => ({ default: (await fetchSettings()).SettingsSheet }));
const ShortcutHelp = lazy(async () => ({ default: (await fetchHelp()).ShortcutHelp }));

/** The sheet in front of the views, if one is open. */
export function SheetLayer() {
  const sheet = usePanel((view) => view.sheet);
  const showSheet = usePanel((view) => view.showSheet);
  useFetchedAhead();
  const onClose = (): void => showSheet("none");
  return (
    <>
      {sheet === "settings" ? <FetchedSheet sheet={SettingsSheet} title={texts.settings.open} onClose={onClose} /> : null}
      {sheet === "connections" ? <ConnectionSheet onClose={onClose} /> : null}
      {sheet === "health" ? <HealthSheet onClose={onClose} /> : null}
      {sheet === "help" ? <FetchedSheet sheet={ShortcutHelp} title={texts.help.open} onClose={onClose} /> : null}
    </>
  );
}

/** The first picture of the panel does not wait for them; when there is nothing else to do they come, so that they open at once, and still do when Callside has gone from behind the panel. */
function useFetchedAhead(): void {
  useEffect(() => {
    const asked = requestIdleCallback(() => {
      // What fails here is told where it is opened, which asks again.
      Promise.all([fetchSettings(), fetchHelp()]).catch(() => {});
    });
    return () => {
      cancelIdleCallback(asked);
    };
  }, []);
}

interface FetchedSheetProps extends SheetProps {
  readonly sheet: LazyExoticComponent<ComponentType<SheetProps>>;
  readonly title: string;
}

function FetchedSheet({ sheet: Content, title, onClose }: FetchedSheetProps) {
  const failed = (
    <Sheet title={title} className="sheet-connection" onClose={onClose}>
      <LoadFailed level={2} />
    </Sheet>
  );
  return (
    <LoadBoundary fallback={failed}>
      <Suspense fallback={null}>
        <Content onClose={onClose} />
      </Suspense>
    </LoadBoundary>
  );
}
