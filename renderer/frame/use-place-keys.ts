import { useRef } from "react";
import { usePanel, usePanelState, useServices } from "../panel-context.tsx";
import { useKeys } from "../panel/use-keys.ts";
import { type KeyPair, pressInPair } from "./places.ts";

/** The keys from view to view, `g` and a letter. They are heard before the keys of the view in front. */
export function usePlaceKeys(): void {
  const { clock } = useServices();
  const role = usePanelState((state) => state.settings.role);
  const practising = usePanelState((state) => state.practice !== null);
  const goTo = usePanel((view) => view.goTo);
  const pair = useRef<KeyPair>({ kind: "none" });
  useKeys((key) => {
    const pressed = pressInPair(pair.current, key, clock.monotonic(), role, practising);
    pair.current = pressed.pair;
    if (pressed.place !== null) goTo(pressed.place);
    return pressed.used;
  }, "first");
}
