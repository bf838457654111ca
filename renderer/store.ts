import { createStore, type StoreApi } from "zustand/vanilla";
import type { InteractionView, PanelState } from "../shared/panel-state.ts";
import type { Snapshot, UpdatesPush } from "../shared/panel.ts";
import { assertNever } from "../shared/assert-never.ts";
import type { Focus } from "../shared/desktop.ts";
import type { HostState } from "./bridge.ts";
import { newFocus } from "./focus.ts";
import { type Errand, placeOfErrand } from "./frame/errand.ts";
import type { Place } from "./frame/places.ts";
import { emptyMirror, loseHost, type Mirror, receivePush, receiveSnapshot } from "./mirror.ts";
import { shownCardIds } from "./panel/card-order.ts";
import { nowhere, type Sheet, type Whereabouts } from "./whereabouts.ts";
import { type Draft, type Drafts, noDraft, withDraft } from "./panel/drafts.ts";

/** Whether main can be heard, as the panel shows it. `since` in ms since the Unix epoch. */
type Host =
  | { readonly kind: "starting"; readonly since: number }
  | { readonly kind: "connected" }
  | { readonly kind: "lost"; readonly since: number };

/** Everything that the panel draws from: main's state, and what only concerns this view of it. */
export interface PanelView {
  readonly mirror: Mirror;
  readonly host: Host;
  /** The interaction in front; null only while there is none. */
  readonly selectedId: string | null;
  /** Per interaction that is not in front: the cards that had been on screen when the agent left it. */
  readonly seen: Readonly<Record<string, readonly string[]>>;
  /** What is written and not sent, by interaction. */
  readonly drafts: Drafts;
  /** The cards that messages of this page came from, by delivery. */
  readonly sentCards: ReadonlyMap<string, string>;
  readonly sheet: Sheet;
  /** The view in front, as it was chosen; who may see it is another matter. */
  readonly place: Place;
  /** What the view in front was asked to show; null once it has taken that up. */
  readonly errand: Errand | null;
  readonly receivePush: (push: UpdatesPush) => void;
  readonly receiveSnapshot: (snapshot: Snapshot) => void;
  readonly hostChanged: (state: HostState) => void;
  readonly select: (interactionId: string) => void;
  /** Selects the next (1) or previous (-1) interaction, around the end. */
  readonly step: (by: 1 | -1) => void;
  /** Changes the draft of an interaction. */
  readonly redraft: (interactionId: string, change: (draft: Draft) => Draft) => void;
  /** Remembers which card a message came from, for when it is taken back. */
  readonly cardSent: (deliveryId: string, suggestionId: string) => void;
  readonly showSheet: (sheet: Sheet) => void;
  readonly goTo: (place: Place) => void;
  /** Goes to the view that the errand is for. */
  readonly send: (errand: Errand) => void;
  /** The errand is taken up. */
  readonly errandDone: (errand: Errand) => void;
}

/** Far more than can be held at a time. */
const MAX_SENT_CARDS = 200;

export type PanelStore = StoreApi<PanelView>;

/** The panel's store. `now`: wall clock, ms since the Unix epoch. `from`: where the person was when the page was loaded again. */
export function createPanelStore(now: () => number, from: Whereabouts = nowhere): PanelStore {
  return createStore<PanelView>()((set, get) => {
    const take = (mirror: Mirror): void => {
      const before = get().mirror;
      if (mirror === before) return;
      set((view) => ({ mirror, ...reselect(view, mirror.state) }));
      const wanted = newFocus(before.state, mirror.state);
      if (wanted !== null) bringForward(wanted);
    };
    const bringForward = (target: Focus["target"]): void => {
      switch (target.kind) {
        case "interaction": {
          const { select, mirror } = get();
          // It may have been closed meanwhile; then nothing is taken from what is in front now.
          if (mirror.state?.interactions.some((one) => one.interaction.id === target.interactionId) !== true) return;
          select(target.interactionId);
          set({ place: "live", sheet: "none" });
          return;
        }
        case "health":
        case "settings":
          set({ sheet: target.kind });
          return;
        default:
          assertNever(target);
      }
    };
    return {
      mirror: emptyMirror,
      host: { kind: "starting", since: now() },
      selectedId: from.selectedId,
      seen: {},
      drafts: new Map(),
      sentCards: new Map(),
      sheet: from.sheet,
      place: from.place,
      errand: null,
      receivePush(push) {
        take(receivePush(get().mirror, push));
      },
      receiveSnapshot(snapshot) {
        take(receiveSnapshot(get().mirror, snapshot));
      },
      hostChanged(state) {
        if (state === "connected") {
          set({ host: { kind: "connected" } });
          return;
        }
        set((view) => ({
          mirror: loseHost(view.mirror),
          host: view.host.kind === "lost" ? view.host : { kind: "lost", since: now() },
        }));
      },
      select(interactionId) {
        const { mirror, selectedId, seen } = get();
        const interactions = mirror.state?.interactions ?? [];
        if (interactionId === selectedId || !interactions.some((one) => one.interaction.id === interactionId)) return;
        const left = interactions.find((one) => one.interaction.id === selectedId);
        set({
          selectedId: interactionId,
          seen: left === undefined ? seen : { ...seen, [left.interaction.id]: shownCardIds(left) },
        });
      },
      step(by) {
        const { mirror, selectedId, select } = get();
        const ids = (mirror.state?.interactions ?? []).map((one) => one.interaction.id);
        const next = ids.at((ids.indexOf(selectedId ?? "") + by) % ids.length);
        if (next !== undefined) select(next);
      },
      redraft(interactionId, change) {
        const { drafts } = get();
        set({ drafts: withDraft(drafts, interactionId, change(drafts.get(interactionId) ?? noDraft)) });
      },
      cardSent(deliveryId, suggestionId) {
        set((view) => ({ sentCards: new Map([...view.sentCards, [deliveryId, suggestionId] as const].slice(-MAX_SENT_CARDS)) }));
      },
      showSheet(sheet) {
        set({ sheet });
      },
      goTo(place) {
        set({ place });
      },
      send(errand) {
        set({ place: placeOfErrand(errand), errand, sheet: "none" });
      },
      errandDone(errand) {
        if (get().errand === errand) set({ errand: null });
      },
    };
  });
}

/** The interaction in front, or null. */
export function selectedView(view: PanelView): InteractionView | null {
  return view.mirror.state?.interactions.find((one) => one.interaction.id === view.selectedId) ?? null;
}

/** Keeps the agent's choice while it exists; else the first live interaction, else the newest. Forgets what is gone. */
function reselect(view: PanelView, state: PanelState | null): Pick<PanelView, "selectedId" | "seen"> {
  const interactions = state?.interactions ?? [];
  const ids = new Set(interactions.map((one) => one.interaction.id));
  const gone = Object.keys(view.seen).some((id) => !ids.has(id));
  const seen = gone ? Object.fromEntries(Object.entries(view.seen).filter(([id]) => ids.has(id))) : view.seen;
  if (view.selectedId !== null && ids.has(view.selectedId)) return { selectedId: view.selectedId, seen };
  const next = interactions.find((one) => one.interaction.status === "live") ?? interactions.at(-1);
  return { selectedId: next?.interaction.id ?? null, seen };
}
