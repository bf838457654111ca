import { describe, expect, it } from "vitest";
import { createPanelStore, selectedView } from "../../renderer/store.ts";
import type { PanelUpdate } from "../../shared/panel-update.ts";
import { panelFixtures } from "../support/panel-fixture.ts";

const NOW = Date.UTC(2026, 0, 5, 9);

function opened() {
  const store = createPanelStore(() => NOW);
  let number = 0;
  store.getState().receiveSnapshot({ number, state: panelFixtures.live(NOW) });
  const push = (...updates: readonly PanelUpdate[]): void => {
    store.getState().receivePush({ kind: "updates", from: number + 1, updates });
    number += updates.length;
  };
  return { store, push };
}

describe("which interaction is in front", () => {
  it("is the first live one to begin with", () => {
    expect(opened().store.getState().selectedId).toBe("call-johnson");
  });

  it("stays the agent's choice while others open and end", () => {
    const { store, push } = opened();
    store.getState().select("chat-alvarez");
    push(
      { kind: "interaction", interaction: { id: "new", status: "live", startedAt: NOW } },
      { kind: "interaction", interaction: { id: "chat-alvarez", status: "ended", startedAt: NOW, endedAt: NOW } },
    );
    expect(store.getState().selectedId).toBe("chat-alvarez");
  });

  it("moves to a live one when it is closed, and is none when all are", () => {
    const { store, push } = opened();
    push({ kind: "interaction-closed", interactionId: "call-johnson" });
    expect(store.getState().selectedId).toBe("chat-alvarez");
    push({ kind: "interaction-closed", interactionId: "chat-alvarez" });
    expect(store.getState().selectedId).toBe("call-osei");
    push({ kind: "interaction-closed", interactionId: "call-osei" });
    expect(selectedView(store.getState())).toBeNull();
  });

  it("steps around both ends, and nowhere when there is none", () => {
    const { store } = opened();
    store.getState().step(-1);
    expect(store.getState().selectedId).toBe("call-osei");
    store.getState().step(1);
    expect(store.getState().selectedId).toBe("call-johnson");
    const none = createPanelStore(() => NOW);
    none.getState().step(1);
    expect(none.getState().selectedId).toBeNull();
  });

  it("cannot be one that does not exist", () => {
    const { store } = opened();
    store.getState().select("nobody");
    expect(store.getState().selectedId).toBe("call-johnson");
  });
});

describe("what the agent has seen", () => {
  it("is remembered when an interaction is left, and forgotten when it is closed", () => {
    const { store, push } = opened();
    store.getState().select("chat-alvarez");
    expect(store.getState().seen["call-johnson"]).toHaveLength(3);
    push({ kind: "interaction-closed", interactionId: "call-johnson" });
    expect(store.getState().seen).toEqual({});
  });
});

describe("drawing", () => {
  it("is spared for what did not change", () => {
    const { store, push } = opened();
    const before = store.getState().mirror.state;
    push({ kind: "connection", name: "stream", state: { kind: "connected", since: NOW }, lastHeardAt: NOW });
    expect(store.getState().mirror.state?.interactions).toBe(before?.interactions);
    expect(store.getState().mirror.state?.settings).toBe(before?.settings);
  });
});
