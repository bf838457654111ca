import type { InteractionView, PanelState } from "../../shared/panel-state.ts";
import { describeFault } from "../texts/fault-words.ts";
import { tunnelState } from "../connection/tunnel-state.ts";
import { endsTrouble, tunnelTrouble } from "../connection/tunnel-trouble.ts";
import { simulationNews } from "../frame/simulation-news.ts";
import { texts } from "../texts.ts";
import { bridgeNews, chatNews } from "./chat-news.ts";
import { fullName } from "./interaction-names.ts";

/** What a listener has to know: the interaction in front, and whether main can be heard. */
export interface Heard {
  readonly state: PanelState | null;
  readonly selectedId: string | null;
  readonly hostLost: boolean;
}

/**
 * What a screen reader says about the step from `before` to `after`: new cards, interactions that open or end, and
 * the connection going and coming, and notices. Not what is said in the talk, and nothing about the first state.
 */
export function announcements(before: Heard, after: Heard): readonly string[] {
  if (!before.hostLost && after.hostLost) return [texts.announce.hostLost];
  if (before.state === null || after.state === null || before.state === after.state) {
    return before.hostLost && !after.hostLost ? [texts.announce.connected] : [];
  }
  const told = new Set(before.state.notices.map((notice) => notice.what));
  const notices = after.state.notices.map((notice) => notice.what).filter((what) => !told.has(what));
  const connections = [...connectionNews(before.state, after.state), ...tunnelNews(before.state, after.state), ...bridgeNews(before.state, after.state)];
  return [...connections, ...notices, ...simulationNews(before.state, after.state), ...interactionNews(before.state, after.state, after.selectedId)];
}

function connectionNews(before: PanelState, after: PanelState): readonly string[] {
  const was = before.connections.stream?.state.kind;
  const is = after.connections.stream?.state.kind;
  if (was === is || was === undefined) return [];
  if (is === "connected" && was !== "checking") return [texts.announce.connected];
  if (is === "rejected") return [texts.announce.rejected];
  // Lost is said once: an attempt that fails goes connecting, reconnecting, connecting, ...
  if (is === "reconnecting" && was !== "connecting") return [texts.announce.lost];
  return [];
}

/** A tunnel that comes back by itself is the strip's affair; told is what a person has to see to, and its end. */
function tunnelNews(before: PanelState, after: PanelState): readonly string[] {
  const was = tunnelState(before);
  const is = tunnelState(after);
  if (is === null) return [];
  const trouble = tunnelTrouble(is, after.tunnel?.transitions ?? []);
  if (trouble !== null) {
    const known = tunnelTrouble(was, before.tunnel?.transitions ?? []);
    if (known?.fault.code === trouble.fault.code) return [];
    return [trouble.kind === "refused" ? texts.announce.tunnelRefused : texts.announce.tunnelDown(describeFault(trouble.fault).what)];
  }
  const opened = is.kind === "connected" && was !== null && was.kind !== "connected" && was.kind !== "degraded";
  return opened && endsTrouble(after.tunnel?.transitions ?? []) ? [texts.announce.tunnelBack] : [];
}

function interactionNews(before: PanelState, after: PanelState, selectedId: string | null): readonly string[] {
  const known = new Map(before.interactions.map((view) => [view.interaction.id, view]));
  return after.interactions.flatMap((view) => {
    const old = known.get(view.interaction.id);
    if (old === view) return [];
    const name = fullName(view.interaction);
    if (old === undefined) return [texts.announce.opened(name)];
    const ended = old.interaction.status === "live" && view.interaction.status === "ended" ? [texts.announce.ended(name)] : [];
    const selected = view.interaction.id === selectedId;
    return [...chatNews(old, view, selected), ...cardNews(old, view, selected), ...ended];
  });
}

function cardNews(before: InteractionView, after: InteractionView, selected: boolean): readonly string[] {
  if (before.sets === after.sets) return [];
  const shownBefore = new Set(cardsIn(before, "shown").map((suggestion) => suggestion.id));
  const dismissedBefore = new Set(cardsIn(before, "dismissed").map((suggestion) => suggestion.id));
  const fresh = cardsIn(after, "shown").filter(({ id }) => !shownBefore.has(id) && !dismissedBefore.has(id));
  const [first] = fresh;
  if (first !== undefined) {
    if (!selected) return [texts.announce.suggestionElsewhere(fullName(after.interaction))];
    return [fresh.length === 1 ? texts.announce.suggestion(first.text) : texts.announce.suggestions(fresh.length, first.text)];
  }
  const waiting = cardsIn(after, "waiting").length;
  return selected && waiting > cardsIn(before, "waiting").length ? [texts.announce.waiting(waiting)] : [];
}

function cardsIn(view: InteractionView, visibility: "shown" | "waiting" | "dismissed") {
  return view.sets.flatMap(({ set, cards }) =>
    set.suggestions.filter((suggestion) => cards[suggestion.id]?.visibility === visibility),
  );
}
