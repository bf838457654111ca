import type { Bridge } from "./bridge.ts";
import type { PanelStore } from "./store.ts";

interface ViewingPorts {
  readonly bridge: Pick<Bridge, "call">;
  readonly store: PanelStore;
}

/**
 * Tells main which interaction is in front: what is done from outside of the panel, as by a global shortcut, is done to
 * that one. Told again to a host that came back, which may be another. Returns what ends it.
 */
export function tellViewing({ bridge, store }: ViewingPorts): () => void {
  /** Undefined: whoever is there now has not been told. */
  let told: string | null | undefined;
  const look = (): void => {
    const { host, mirror, selectedId } = store.getState();
    if (host.kind !== "connected") told = undefined;
    // Until the page has a state of its own, nothing is in front of anybody.
    else if (mirror.kind === "live" && selectedId !== told) {
      told = selectedId;
      // One that does not arrive is followed by the next; a person has nothing to do about it.
      void bridge.call("panel.viewing", { interactionId: selectedId });
    }
  };
  look();
  return store.subscribe(look);
}
