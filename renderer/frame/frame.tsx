import { Activity, useState } from "react";
import { Announcer } from "../panel/announcer.tsx";
import { ConnectionStrip } from "../panel/connection-strip.tsx";
import { Panel } from "../panel/panel.tsx";
import { usePanel, usePanelState } from "../panel-context.tsx";
import { SetupLayer } from "../setup/setup-layer.tsx";
import { PracticeBar } from "../practice/practice-bar.tsx";
import { LazyPlace } from "./lazy-place.tsx";
import { PlaceRail } from "./place-rail.tsx";
import { type OpenedPlace, placeFor, placesFor } from "./places.ts";
import { SheetLayer } from "./sheet-layer.tsx";
import { UpdateNote } from "./update-note.tsx";
import { useFrameShortcuts } from "./use-frame-shortcuts.ts";
import { usePlaceKeys } from "./use-place-keys.ts";

/**
 * What holds the views: the way between them, the strip at the bottom of each, the sheets in front of them. A view that
 * was opened once is kept as it was left.
 */
export function Frame() {
  const role = usePanelState((state) => state.settings.role);
  const chosen = usePanel((view) => view.place);
  const lost = usePanel((view) => view.host.kind === "lost");
  const practising = usePanelState((state) => state.practice !== null);
  const place = placeFor(role, chosen, practising);
  const [opened, setOpened] = useState<readonly OpenedPlace[]>([]);
  if (place !== "live" && !opened.includes(place)) setOpened([...opened, place]);
  usePlaceKeys();
  useFrameShortcuts();
  return (
    <div className="frame" data-host={lost ? "lost" : "live"} data-places={role === "supervisor"}>
      <PracticeBar place={place} />
      {role === "supervisor" || place !== "live" ? <PlaceRail role={role} place={place} /> : null}
      <div className="place">
        {place === "live" ? <Panel /> : null}
        {opened
          .filter((one) => placesFor(role, practising).includes(one))
          .map((one) => (
            <Activity key={one} mode={place === one ? "visible" : "hidden"}>
              <LazyPlace place={one} />
            </Activity>
          ))}
      </div>
      <UpdateNote />
      <ConnectionStrip />
      <Announcer />
      <SetupLayer />
      <SheetLayer />
    </div>
  );
}
