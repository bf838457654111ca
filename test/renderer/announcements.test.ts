import { describe, expect, it } from "vitest";
import { announcements, type Heard } from "../../renderer/panel/announcements.ts";
import type { ConnectionState } from "../../shared/connection.ts";
import { applyUpdate, type PanelState } from "../../shared/panel-state.ts";
import type { PanelUpdate } from "../../shared/panel-update.ts";
import { panelFixtures } from "../support/panel-fixture.ts";
import { suggestionSet, utterance } from "../support/panel-parts.ts";

const NOW = Date.UTC(2026, 0, 5, 9);
const live = panelFixtures.live(NOW);
const fault = { kind: "transport", code: "socket-lost", detail: "" } as const;

const heard = (state: PanelState | null, hostLost = false): Heard => ({ state, selectedId: "call-johnson", hostLost });

function after(update: PanelUpdate, before: PanelState = live): readonly string[] {
  return announcements(heard(before), heard(applyUpdate(before, update)));
}

function newSet(interactionId: string, texts: readonly string[], visibility: "shown" | "waiting" = "shown"): PanelUpdate {
  const shown = suggestionSet(
    interactionId,
    utterance(NOW, 0, "customer", "refund"),
    9,
    texts.map((text) => [text, 0.9, ""] as const),
    { cards: texts.map(() => ({ visibility })) },
  );
  return { kind: "set", ...shown };
}

const stream = (state: ConnectionState): PanelUpdate => ({ kind: "connection", name: "stream", state, lastHeardAt: NOW });

function saidAlong(states: readonly PanelState[]): readonly string[] {
  return states.slice(1).flatMap((state, index) => announcements(heard(states[index] ?? null), heard(state)));
}

describe("what a screen reader says", () => {
  it("is a new card's text, and of several the first", () => {
    expect(after(newSet("call-johnson", ["Say this"]))).toEqual(["Suggestion: Say this"]);
    expect(after(newSet("call-johnson", ["Say this", "or that"]))).toEqual(["2 suggestions. First: Say this"]);
  });

  it("is the name only, when the card is for an interaction that is not in front", () => {
    expect(after(newSet("chat-alvarez", ["Say this"]))).toEqual(["New suggestion for Maria Alvarez"]);
  });

  it("is a count when cards have to wait", () => {
    expect(after(newSet("call-johnson", ["a", "b"], "waiting"))).toEqual(["2 suggestions wait"]);
  });

  it("is not every utterance, nor what became of a card", () => {
    const line = utterance(NOW, 0, "customer", "hello");
    expect(after({ kind: "utterance", interactionId: "call-johnson", utterance: line })).toEqual([]);
    const [id = ""] = Object.keys(live.interactions[0]?.sets[0]?.cards ?? {});
    const card = (patch: Extract<PanelUpdate, { kind: "card" }>["patch"]): PanelUpdate => ({
      kind: "card",
      interactionId: "call-johnson",
      suggestionId: id,
      patch,
    });
    expect(after(card({ copied: true, pinned: true }))).toEqual([]);
    const dismissed = applyUpdate(live, card({ visibility: "dismissed" }));
    expect(after(card({ visibility: "shown" }), dismissed)).toEqual([]);
  });

  it("is the loss of the connection once, and its return", () => {
    const lost = stream({ kind: "reconnecting", since: NOW, attempt: 1, retryAt: NOW, fault });
    const trying = stream({ kind: "connecting", since: NOW, attempt: 1 });
    const back = stream({ kind: "connected", since: NOW });
    const said: string[] = [];
    let state = live;
    for (const update of [lost, trying, lost, trying, back]) {
      said.push(...after(update, state));
      state = applyUpdate(state, update);
    }
    expect(said).toEqual(["Connection lost, reconnecting", "Connected again"]);
  });

  it("is silent about a late pong that came after all, and says a refusal", () => {
    const checking = applyUpdate(live, stream({ kind: "checking", since: NOW, connectedSince: NOW }));
    expect(announcements(heard(live), heard(checking))).toEqual([]);
    expect(after(stream({ kind: "connected", since: NOW }), checking)).toEqual([]);
    expect(after(stream({ kind: "rejected", since: NOW, fault }))).toEqual(["The platform refused the connection"]);
  });

  it("is silent about a tunnel that comes back by itself", () => {
    const connected = panelFixtures.tunnelConnected(NOW);
    const steps = [panelFixtures.tunnelChecking(NOW), panelFixtures.tunnelReconnecting(NOW), panelFixtures.tunnelValidating(NOW), connected];
    expect(saidAlong([connected, ...steps])).toEqual([]);
  });

  it("is a tunnel that needs a person, once, and its return", () => {
    const down = panelFixtures.tunnelBotInactive(NOW);
    const history = down.tunnel?.transitions ?? [];
    const at = (state: ConnectionState): PanelState => ({
      ...down,
      connections: { ...down.connections, tunnel: { state, lastHeardAt: null } },
      ...(down.tunnel === null ? {} : { tunnel: { ...down.tunnel, transitions: [{ at: NOW, state, reason: null }, ...history] } }),
    });
    const asking = at({ kind: "validating", since: NOW, attempt: 8 });
    const dialling = at({ kind: "connecting", since: NOW, attempt: 8 });
    const back = at({ kind: "connected", since: NOW });
    expect(saidAlong([panelFixtures.tunnelConnected(NOW), down, asking, down, asking, dialling, back])).toEqual([
      "The tunnel is down: The bot is not active.",
      "The tunnel is connected again",
    ]);
  });

  it("is a tunnel that was refused, be it as soon as it was switched on, and not that one was switched on or off", () => {
    const connected = panelFixtures.tunnelConnected(NOW);
    expect(saidAlong([connected, panelFixtures.tunnelRejected(NOW)])).toEqual(["The tunnel was refused"]);
    expect(saidAlong([live, panelFixtures.tunnelRejected(NOW), live])).toEqual(["The tunnel was refused"]);
    expect(saidAlong([live, connected, live])).toEqual([]);
  });

  it("tells interactions that open and end, and notices", () => {
    expect(after({ kind: "interaction", interaction: { id: "n", status: "live", startedAt: NOW, customerName: "Ann" } })).toEqual([
      "Interaction with Ann opened",
    ]);
    const notice = { id: "disk", level: "error", what: "The disk is full.", effect: "", remedy: "", since: NOW } as const;
    expect(after({ kind: "notice", notice })).toEqual(["The disk is full."]);
    const told = applyUpdate(live, { kind: "notice", notice });
    expect(after({ kind: "notice", notice: { ...notice, since: NOW + 1 } }, told)).toEqual([]);
  });

  it("tells when Callside itself goes and comes, and nothing about the first state", () => {
    expect(announcements(heard(live), heard(live, true))).toEqual(["Callside is not running"]);
    expect(announcements(heard(live, true), heard(live))).toEqual(["Connected again"]);
    expect(announcements(heard(null), heard(live))).toEqual([]);
  });
});
