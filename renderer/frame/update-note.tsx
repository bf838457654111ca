import { lazy, Suspense, useState } from "react";
import { usePanelState } from "../panel-context.tsx";
import { LoadBoundary } from "./load-boundary.tsx";

const UpdateReady = lazy(async () => {
  const { UpdateReady: Line } = await import("../settings/update-ready.tsx");
  return { default: Line };
});

/** That an update is ready, while nobody is on the line; once sent away, not again for that version until the next start. */
export function UpdateNote() {
  const version = usePanelState(({ desktop, interactions }) => {
    const live = interactions.some(({ interaction }) => interaction.status === "live");
    return desktop?.update.kind === "ready" && !live ? desktop.update.version : null;
  });
  const [dismissed, setDismissed] = useState<string | null>(null);
  if (version === null || version === dismissed) return null;
  return (
    <LoadBoundary fallback={null}>
      <Suspense fallback={null}>
        <UpdateReady version={version} onDismiss={() => setDismissed(version)} />
      </Suspense>
    </LoadBoundary>
  );
}
