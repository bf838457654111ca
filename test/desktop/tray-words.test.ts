import { describe, expect, it } from "vitest";
import type { ConnectionName, ConnectionState } from "../../shared/connection.ts";
import type { Fault, FaultCode } from "../../shared/fault.ts";
import { applyUpdates, emptyPanelState, type PanelState } from "../../shared/panel-state.ts";
import type { PanelUpdate } from "../../shared/panel-update.ts";
import { trayTooltip, trayWords } from "../../electron/desktop/tray-words.ts";
import { connectionWords } from "../../renderer/panel/connection-words.ts";
import { openInteraction, sampleSet, sampleSettings, sampleTunnel } from "../support/sample-panel.ts";

const AT = Date.UTC(2026, 0, 5, 9);
const fault = (code: FaultCode): Fault => ({ kind: "refused", code, detail: "what was found" });
const connected: ConnectionState = { kind: "connected", since: AT };

function standing(connections: Partial<Record<ConnectionName, ConnectionState>>, ...more: readonly PanelUpdate[]): PanelState {
  const updates = (["stream", "tunnel", "bridge"] as const).flatMap((name): readonly PanelUpdate[] => {
    const state = connections[name];
    return state === undefined ? [] : [{ kind: "connection", name, state, lastHeardAt: null }];
  });
  return applyUpdates(emptyPanelState({ ...sampleSettings, mode: "live" }), [...updates, ...more]);
}

const cards = (visibility: "shown" | "waiting" | "dismissed", ...ids: readonly string[]) =>
  Object.fromEntries(ids.map((id) => [id, { visibility, pinned: false, feedback: null, copied: false, displayed: false }]));

describe("the tray's line", () => {
  it.each<[string, Partial<Record<ConnectionName, ConnectionState>>, string, string]>([
    ["nothing is configured", {}, "off", "Not connected"],
    ["all are off", { stream: { kind: "idle" }, tunnel: { kind: "idle" } }, "off", "Not connected"],
    ["it stands", { stream: connected }, "good", "Connected"],
    ["one that is off stands beside", { stream: connected, bridge: { kind: "idle" } }, "good", "Connected"],
    ["the bot is validated", { tunnel: { kind: "validating", since: AT, attempt: 0 } }, "trouble", "Validating the bot"],
    ["the first try is under way", { stream: { kind: "connecting", since: AT, attempt: 0 } }, "trouble", "Connecting to the stream"],
    ["it was lost", { stream: { kind: "reconnecting", since: AT, attempt: 3, retryAt: AT + 4_000, fault: fault("network") } }, "trouble", "Reconnecting to the stream, attempt 3"],
    ["a pong is late", { stream: connected, tunnel: { kind: "checking", since: AT, connectedSince: AT } }, "trouble", "Checking the tunnel"],
    ["the channel is gone", { tunnel: { kind: "degraded", since: AT, connectedSince: AT, cause: "channel-unavailable", detail: "paused" } }, "trouble", "Channel unavailable (paused)"],
    ["the channel is gone without a word", { tunnel: { kind: "degraded", since: AT, connectedSince: AT, cause: "channel-unavailable", detail: " Unavailable " } }, "trouble", "Channel unavailable"],
    ["the runtime is silent", { tunnel: { kind: "degraded", since: AT, connectedSince: AT, cause: "probe-unanswered", detail: "" } }, "trouble", "Runtime does not answer"],
    ["credentials are wrong", { stream: { kind: "rejected", since: AT, fault: fault("credentials") } }, "trouble", "Credentials refused: see What is wrong"],
    ["there are no credentials", { stream: { kind: "rejected", since: AT, fault: fault("no-credentials") } }, "trouble", "Credentials are missing: see What is wrong"],
    ["it was refused otherwise", { bridge: { kind: "rejected", since: AT, fault: fault("protocol-version") } }, "trouble", "The bridge was refused: see What is wrong"],
    ["it is closed", { tunnel: { kind: "closed", since: AT } }, "off", "The tunnel is closed"],
  ])("says it where %s", (_when, connections, tone, line) => {
    expect(trayWords(standing(connections))).toEqual({ tone, line });
  });

  it("tells the worst of several, and names it", () => {
    const lost: ConnectionState = { kind: "reconnecting", since: AT, attempt: 1, retryAt: AT, fault: fault("network") };
    const refused: ConnectionState = { kind: "rejected", since: AT, fault: fault("forbidden") };
    expect(trayWords(standing({ stream: connected, tunnel: lost })).line).toBe("Reconnecting to the tunnel, attempt 1");
    expect(trayWords(standing({ stream: lost, tunnel: connected, bridge: refused })).line).toBe("The bridge was refused: see What is wrong");
    expect(trayWords(standing({ stream: connected, tunnel: { kind: "closed", since: AT } })).line).toBe("The tunnel is closed");
  });

  it("tells the round trip of a tunnel that stands, and of no other", () => {
    const told = { kind: "tunnel", tunnel: sampleTunnel(41.7) } as const;
    expect(trayWords(standing({ stream: connected, tunnel: connected }, told)).line).toBe("Connected, 42 ms");
    expect(trayWords(standing({ stream: connected, tunnel: { kind: "idle" } }, told)).line).toBe("Connected");
    expect(trayWords(standing({ tunnel: connected }, { kind: "tunnel", tunnel: sampleTunnel(0.42) })).line).toBe("Connected, 0.4 ms");
  });

  it("says that it is practice only while nothing is wrong", () => {
    const practise = (state: ConnectionState) => ({ ...standing({ stream: state }), settings: sampleSettings });
    expect(trayWords(practise(connected))).toEqual({ tone: "good", line: "Practice mode" });
    expect(trayWords(practise({ kind: "connecting", since: AT, attempt: 0 })).line).toBe("Connecting to the stream");
  });

  it("puts an error that is no connection's after a refusal and before all else", () => {
    const notice: PanelUpdate = { kind: "notice", notice: { id: "audit", level: "error", what: "The audit file cannot be written.", effect: "", remedy: "", since: AT } };
    expect(trayWords(standing({ stream: connected }, notice))).toEqual({ tone: "trouble", line: "The audit file cannot be written" });
    expect(trayWords(standing({ stream: { kind: "rejected", since: AT, fault: fault("credentials") } }, notice)).line).toMatch(/^Credentials refused/u);
    expect(trayWords(standing({ stream: connected }, { ...notice, notice: { ...notice.notice, level: "warning" } })).tone).toBe("good");
  });

  it("counts live conversations and what waits in them", () => {
    const set = (id: string, visibility: "shown" | "waiting", ...ids: readonly string[]): PanelUpdate => ({ kind: "set", set: sampleSet(id, `set-${id}`, ids), cards: cards(visibility, ...ids), tunnelMs: null });
    const one = [openInteraction("a"), set("a", "shown", "x")];
    expect(trayWords(standing({ stream: connected }, ...one)).line).toBe("Connected · 1 live conversation");
    const two = [...one, openInteraction("b"), set("b", "waiting", "y"), openInteraction("over", "ended"), set("over", "waiting", "z")];
    expect(trayWords(standing({ stream: connected }, ...two)).line).toBe("Connected · 2 live conversations, 1 suggestion waits");
    expect(trayWords(standing({ stream: connected }, ...two, openInteraction("c"), set("c", "waiting", "p", "q"))).line).toBe("Connected · 3 live conversations, 3 suggestions wait");
  });

  it("stays the same while only time goes by", () => {
    const silent = standing({ stream: { kind: "reconnecting", since: AT, attempt: 2, retryAt: AT + 60_000, fault: fault("network") } });
    const heard = applyUpdates(silent, [{ kind: "connection", name: "stream", state: { kind: "reconnecting", since: AT, attempt: 2, retryAt: AT + 1_000, fault: fault("network") }, lastHeardAt: AT }]);
    expect(trayWords(heard)).toEqual(trayWords(silent));
  });

  it.each<ConnectionState>([
    { kind: "validating", since: AT, attempt: 2 },
    { kind: "validating", since: AT, attempt: 0 },
    { kind: "connected", since: AT },
    { kind: "degraded", since: AT, connectedSince: AT, cause: "channel-unavailable", detail: "paused" },
    { kind: "degraded", since: AT, connectedSince: AT, cause: "probe-unanswered", detail: "" },
  ])("has the panel's own words for $kind", (state) => {
    expect(trayWords(standing({ tunnel: state })).line).toBe(connectionWords(state, AT));
  });

  it.each<[Extract<ConnectionState, { attempt: number }>, string]>([
    [{ kind: "connecting", since: AT, attempt: 2 }, "Connecting"],
    [{ kind: "reconnecting", since: AT, attempt: 2, retryAt: AT, fault: fault("network") }, "Reconnecting"],
  ])("has the panel's own words for $0.kind, with the connection's name put in", (state, verb) => {
    expect(trayWords(standing({ tunnel: state })).line.replace(" to the tunnel", "")).toBe(connectionWords(state, AT));
    expect(connectionWords(state, AT)).toContain(verb);
  });
});

describe("the tray's tooltip", () => {
  it("names the program and keeps to what Windows shows", () => {
    expect(trayTooltip({ tone: "good", line: "Connected" })).toBe("Callside: Connected");
    const long = trayTooltip({ tone: "trouble", line: "x ".repeat(200) });
    expect([long.length, long.at(-1)]).toEqual([127, "…"]);
  });
});
