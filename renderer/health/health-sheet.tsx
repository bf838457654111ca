import { Unplug } from "lucide-react";
import { lazy, Suspense } from "react";
import { LoadBoundary, LoadFailed } from "../frame/load-boundary.tsx";
import { usePanel } from "../panel-context.tsx";
import { texts } from "../texts.ts";
import { Blank } from "../ui/blank.tsx";
import { Sheet } from "../ui/sheet.tsx";

/** Fetched when it is first opened: most shifts never need it. */
const HealthPage = lazy(async () => {
  const page = await import("./health-page.tsx");
  return { default: page.HealthPage };
});

/**
 * The page "what is wrong", for everybody. Without Callside behind the panel that is the answer: nothing can be run, and
 * the page's own code could not be fetched.
 */
export function HealthSheet({ onClose }: { readonly onClose: () => void }) {
  const lost = usePanel((view) => view.host.kind === "lost");
  return (
    <Sheet title={texts.health.title} className="sheet-connection sheet-health" onClose={onClose}>
      {lost ? (
        <Blank icon={Unplug} title={texts.connection.hostLostTitle} role="alert">
          {texts.connection.hostLostRemedy}
        </Blank>
      ) : (
        <LoadBoundary fallback={<LoadFailed level={2} />}>
          <Suspense fallback={<output className="splash splash-loading">{texts.health.loading}</output>}>
            <HealthPage />
          </Suspense>
        </LoadBoundary>
      )}
    </Sheet>
  );
}
