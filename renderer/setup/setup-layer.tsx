import { lazy, Suspense } from "react";
import { LoadBoundary } from "../frame/load-boundary.tsx";
import { usePanelState } from "../panel-context.tsx";

/** Fetched where there is a first run, or when it is asked for. */
const Welcome = lazy(async () => {
  const { WelcomeCard } = await import("./welcome-card.tsx");
  return { default: WelcomeCard };
});
const Connect = lazy(async () => {
  const { ConnectSheet } = await import("./connect-sheet.tsx");
  return { default: ConnectSheet };
});

/** The first run, before the panel: a card that can be put away, or the sheet in which systems are connected. */
export function SetupLayer() {
  const step = usePanelState((state) => state.setup?.step ?? null);
  if (step === null) return null;
  return (
    <LoadBoundary fallback={null}>
      <Suspense fallback={null}>{step === "welcome" ? <Welcome /> : <Connect />}</Suspense>
    </LoadBoundary>
  );
}
