import { Component, type ComponentType, lazy, type ReactNode, Suspense } from "react";
import { Unplug } from "lucide-react";
import { texts } from "../texts.ts";
import { Blank } from "../ui/blank.tsx";
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
    <LoadBoundary>
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

interface LoadBoundaryState {
  readonly failed: boolean;
}

class LoadBoundary extends Component<{ readonly children: ReactNode }, LoadBoundaryState> {
  override state: LoadBoundaryState = { failed: false };

  static getDerivedStateFromError(): LoadBoundaryState {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <main className="splash">
        <Blank level={1} icon={Unplug} title={texts.places.failed} role="alert">
          <p>{texts.places.failedHint}</p>
          <button type="button" className="button" onClick={() => location.reload()}>
            {texts.places.reload}
          </button>
        </Blank>
      </main>
    );
  }
}
