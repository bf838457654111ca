import { type ComponentType, lazy, Suspense } from "react";
import { texts } from "../texts.ts";
import { LoadBoundary, LoadFailed } from "./load-boundary.tsx";
import type { OpenedPlace } from "./places.ts";

/** Their code is fetched when they are first opened; the panel of the talk does not carry it. */
const views = {
  overview: lazy(async () => {
    const { OverviewPage } = await import("../overview/overview-page.tsx");
    return { default: OverviewPage };
  }),
  history: lazy(async () => {
    const { HistoryPage } = await import("../history/history-page.tsx");
    return { default: HistoryPage };
  }),
  workshop: lazy(async () => {
    const { WorkshopPage } = await import("../workshop/workshop-page.tsx");
    return { default: WorkshopPage };
  }),
  simulations: lazy(async () => {
    const { SimulationsView } = await import("../simulations/simulations-view.tsx");
    return { default: SimulationsView };
  }),
  bridge: lazy(async () => {
    const { BridgePage } = await import("../bridge-view/bridge-page.tsx");
    return { default: BridgePage };
  }),
  integrations: lazy(async () => {
    const { IntegrationsPage } = await import("../integrations/integrations-page.tsx");
    return { default: IntegrationsPage };
  }),
  practice: lazy(async () => {
    const { PracticePage } = await import("../practice/practice-page.tsx");
    return { default: PracticePage };
  }),
} as const satisfies Record<OpenedPlace, ComponentType>;

/** A view once its code is here; until then, and where it does not come, words that say so. */
export function LazyPlace({ place }: { readonly place: OpenedPlace }) {
  const View = views[place];
  return (
    <LoadBoundary fallback={<Failed />}>
      <Suspense fallback={<Loading />}>
        <View />
      </Suspense>
    </LoadBoundary>
  );
}

function Loading() {
  return (
    <main className="splash">
      <output className="splash-loading">{texts.places.loading}</output>
    </main>
  );
}

function Failed() {
  return (
    <main className="splash">
      <LoadFailed level={1} />
    </main>
  );
}
