import { applyUpdates, type PanelState } from "../shared/panel-state.ts";
import type { Snapshot, UpdatesPush } from "../shared/panel.ts";

/**
 * The panel's copy of main's state.
 * `behind`: a snapshot is needed; pushes that arrive meanwhile are kept. `state` is what was known before, if anything.
 * `live`: the copy holds every update up to `number`.
 */
export type Mirror =
  | { readonly kind: "behind"; readonly state: PanelState | null; readonly queued: readonly UpdatesPush[] }
  | { readonly kind: "live"; readonly state: PanelState; readonly number: number };

export const emptyMirror: Mirror = { kind: "behind", state: null, queued: [] };

/** What a snapshot could still need: pushes are a few hundred bytes and a snapshot takes milliseconds. */
const MAX_QUEUED = 1_000;

/** Takes a push: applied when it follows on, ignored when it is known, kept for the next snapshot when one is missing. */
export function receivePush(mirror: Mirror, push: UpdatesPush): Mirror {
  if (mirror.kind === "behind") return { ...mirror, queued: [...mirror.queued, push].slice(-MAX_QUEUED) };
  const last = push.from + push.updates.length - 1;
  if (last <= mirror.number) return mirror;
  if (push.from > mirror.number + 1) return { kind: "behind", state: mirror.state, queued: [push] };
  const news = push.updates.slice(mirror.number + 1 - push.from);
  return { kind: "live", state: applyUpdates(mirror.state, news), number: last };
}

/** Takes a snapshot and what was queued since; `behind` again when the queue has a gap. */
export function receiveSnapshot(mirror: Mirror, snapshot: Snapshot): Mirror {
  // An answer to an older question must not take back what was applied since.
  if (mirror.kind === "live" && mirror.number >= snapshot.number) return mirror;
  const queued = mirror.kind === "behind" ? mirror.queued : [];
  const start: Mirror = { kind: "live", state: snapshot.state, number: snapshot.number };
  return queued.toSorted((a, b) => a.from - b.from).reduce<Mirror>(receivePush, start);
}

/** The host went away: what was known stays to be looked at, and nothing of it counts as live. */
export function loseHost(mirror: Mirror): Mirror {
  return { kind: "behind", state: mirror.state, queued: [] };
}
