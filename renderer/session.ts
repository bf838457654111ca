import type { Clock } from "../shared/clock.ts";
import type { Bridge } from "./bridge.ts";
import type { PanelStore } from "./store.ts";

interface SessionPorts {
  readonly bridge: Bridge;
  readonly store: PanelStore;
  readonly clock: Clock;
  /** Told the number of the last update that the store holds, each time it moves on. */
  readonly onApplied: (updateNumber: number) => void;
}

/** A snapshot that was refused is asked for again after this long. */
const ASK_AGAIN_MS = 1_000;

/**
 * Keeps the store in step with main: pushes go in as they come, and whenever the copy falls behind (start, reconnect,
 * a gap in the numbers) one snapshot is asked for. Returns what ends it.
 */
export function startSession({ bridge, store, clock, onApplied }: SessionPorts): () => void {
  let asking = false;
  let hostGeneration = 0;
  let stopped = false;
  let cancelAskAgain = (): void => {};

  const catchUp = async (): Promise<void> => {
    if (asking || stopped) return;
    asking = true;
    cancelAskAgain();
    const generation = hostGeneration;
    const answer = await bridge.call("panel.snapshot", {});
    asking = false;
    // An answer from before the host went away says nothing about the host that came back.
    if (generation !== hostGeneration) return settle();
    if (answer.ok) {
      store.getState().receiveSnapshot(answer.value);
      return settle();
    }
    if (!stopped) cancelAskAgain = clock.after(ASK_AGAIN_MS, settle);
  };

  const settle = (): void => {
    if (stopped) return;
    const { mirror, host } = store.getState();
    if (mirror.kind === "live") onApplied(mirror.number);
    else if (host.kind === "connected") void catchUp();
  };

  const stopUpdates = bridge.onUpdates((push) => {
    store.getState().receivePush(push);
    settle();
  });
  const stopHost = bridge.onHost((state) => {
    hostGeneration += 1;
    store.getState().hostChanged(state);
    settle();
  });
  return () => {
    stopped = true;
    cancelAskAgain();
    stopUpdates();
    stopHost();
  };
}
