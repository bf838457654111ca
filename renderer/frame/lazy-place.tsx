import { type ComponentType, lazy, Suspense } from "react";
import { texts } from "../texts.ts";
import { LoadBoundary, LoadFailed } from "./load-boundary.tsx";
import type { SupervisorPlace } from "./places.ts";

/** Their code is fetched when a supervisor first opens them; an agent's panel never carries it. */
const views = {
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
} as const satisfies Record<SupervisorPlace, ComponentType>;

/** A supervisor's view once its code is here; until then, and where it does not come, words that say so. */
export function LazyPlace({ place }: { readonly place: SupervisorPlace }) {
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
