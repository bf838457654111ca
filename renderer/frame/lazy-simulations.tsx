import { Component, lazy, type ReactNode, Suspense } from "react";
import { Unplug } from "lucide-react";
import { texts } from "../texts.ts";
import { Blank } from "../ui/blank.tsx";

/** Its code is fetched when a supervisor first opens it; an agent's panel never carries it. */
const SimulationsView = lazy(async () => {
  const { SimulationsView } = await import("../simulations/simulations-view.tsx");
  return { default: SimulationsView };
});

/** The view of simulations once its code is here; until then, and where it does not come, words that say so. */
export function LazySimulations() {
  return (
    <LoadBoundary>
      <Suspense fallback={<Loading />}>
        <SimulationsView />
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
