import { describe, expect, it } from "vitest";
import { createPanelStore } from "../../renderer/store.ts";
import { tellViewing } from "../../renderer/viewing.ts";
import type { Bridge } from "../../renderer/bridge.ts";
import type { Focus } from "../../shared/desktop.ts";
import type { PanelUpdate } from "../../shared/panel-update.ts";
import { ok } from "../../shared/result.ts";
import { panelFixtures } from "../support/panel-fixture.ts";

const NOW = Date.UTC(2026, 0, 5, 9);

function opened(focus: Focus | null = null) {
  const store = createPanelStore(() => NOW);
  let number = 0;
  store.getState().hostChanged("connected");
  const snapshot = (more: Focus | null): void => store.getState().receiveSnapshot({ number, state: { ...panelFixtures.live(NOW), focus: more } });
  snapshot(focus);
  const push = (...updates: readonly PanelUpdate[]): void => {
    store.getState().receivePush({ kind: "updates", from: number + 1, updates });
    number += updates.length;
  };
  const to = (target: Focus["target"], count: number): PanelUpdate => ({ kind: "focus", focus: { target, number: count } });
  return {
    store,
    push,
    to,
    /** The panel misses a push and catches up by a snapshot. */
    missAndCatchUp: (more: Focus): void => {
      number += 5;
      store.getState().receivePush({ kind: "updates", from: number, updates: [{ kind: "notice-cleared", id: "x" }] });
      snapshot(more);
    },
    front: () => store.getState().selectedId,
    place: () => store.getState().place,
    sheet: () => store.getState().sheet,
  };
}

const alvarez: Focus["target"] = { kind: "interaction", interactionId: "chat-alvarez" };

describe("what something outside of the panel asks for", () => {
  it("comes to the front: an interaction, with the talk before everything else", () => {
    const { store, push, to, front, place, sheet } = opened();
    store.getState().goTo("simulations");
    store.getState().showSheet("settings");
    push(to(alvarez, 1));
    expect([front(), place(), sheet()]).toEqual(["chat-alvarez", "live", "none"]);
  });

  it("opens what is wrong, and the settings", () => {
    const { push, to, sheet, front } = opened();
    push(to({ kind: "health" }, 1));
    expect(sheet()).toBe("health");
    push(to({ kind: "settings" }, 2));
    expect([sheet(), front()]).toEqual(["settings", "call-johnson"]);
  });

  it("is done once: the agent's own choice afterwards stays", () => {
    const { store, push, to, front } = opened();
    push(to(alvarez, 1));
    store.getState().select("call-johnson");
    push({ kind: "notice-cleared", id: "x" }, to(alvarez, 1));
    expect(front()).toBe("call-johnson");
    push(to(alvarez, 2));
    expect(front()).toBe("chat-alvarez");
  });

  it("is not done by a page that is loaded later", () => {
    const { front, push, to } = opened({ target: alvarez, number: 3 });
    expect(front()).toBe("call-johnson");
    push(to(alvarez, 4));
    expect(front()).toBe("chat-alvarez");
  });

  it("is done also where the panel missed it and catches up", () => {
    const { front, missAndCatchUp } = opened();
    missAndCatchUp({ target: alvarez, number: 1 });
    expect(front()).toBe("chat-alvarez");
  });

  it("finds an interaction that comes with it, and leaves everything as it is where there is none", () => {
    const { store, push, to, front, sheet } = opened();
    push(to({ kind: "interaction", interactionId: "new" }, 1), { kind: "interaction", interaction: { id: "new", status: "live", startedAt: NOW } });
    expect(front()).toBe("new");
    store.getState().showSheet("help");
    push(to({ kind: "interaction", interactionId: "nobody" }, 2));
    expect([front(), sheet()]).toEqual(["new", "help"]);
  });
});

describe("main hears which interaction is in front", () => {
  function told() {
    const panel = opened();
    const calls: unknown[] = [];
    const call: Bridge["call"] = async (name, input) => {
      calls.push([name, input]);
      return ok(null) as never;
    };
    const stop = tellViewing({ bridge: { call }, store: panel.store });
    return { ...panel, calls, stop };
  }
  const of = (interactionId: string | null) => ["panel.viewing", { interactionId }];

  it("at the beginning and whenever it changes, and no more often", () => {
    const { store, push, calls } = told();
    store.getState().showSheet("help");
    store.getState().select("chat-alvarez");
    push({ kind: "notice-cleared", id: "x" });
    for (const interactionId of ["chat-alvarez", "call-johnson", "call-osei"]) push({ kind: "interaction-closed", interactionId });
    expect(calls).toEqual([of("call-johnson"), of("chat-alvarez"), of("call-johnson"), of("call-osei"), of(null)]);
  });

  it("again when it was away, which it may not remember", () => {
    const { store, calls } = told();
    store.getState().hostChanged("lost");
    store.getState().hostChanged("connected");
    expect(calls).toEqual([of("call-johnson")]);
    store.getState().receiveSnapshot({ number: 9, state: panelFixtures.live(NOW) });
    expect(calls).toEqual([of("call-johnson"), of("call-johnson")]);
  });

  it("nothing before the panel knows anything, and nothing after its end", () => {
    const store = createPanelStore(() => NOW);
    const calls: unknown[] = [];
    const call: Bridge["call"] = async (name) => {
      calls.push(name);
      return ok(null) as never;
    };
    const stop = tellViewing({ bridge: { call }, store });
    store.getState().hostChanged("connected");
    expect(calls).toEqual([]);
    stop();
    store.getState().receiveSnapshot({ number: 1, state: panelFixtures.live(NOW) });
    expect(calls).toEqual([]);
  });
});
