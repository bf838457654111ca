import { bridgeState } from "../connection/bridge-state.ts";
import { tunnelState } from "../connection/tunnel-state.ts";
import { latencyNow } from "../../shared/tunnel-latency.ts";
import type { ConnectionState } from "../../shared/connection.ts";
import type { IntegrationsView } from "../../shared/integration-view.ts";
import type { PanelState } from "../../shared/panel-state.ts";
import type { SimulationsView } from "../../shared/simulation-view.ts";
import { assertNever } from "../../shared/assert-never.ts";
import type { Place } from "../frame/places.ts";
import { connectionTone, type ConnectionTone, connectionWords } from "../panel/connection-words.ts";
import { texts } from "../texts.ts";
import { overviewTexts } from "../texts/overview-texts.ts";
import { formatAge, formatLatency } from "../ui/format.ts";

const { systems: words } = overviewTexts;

/** One system now: in the words of the strip, with the figure that matters, and where more of it stands. */
export interface SystemRow {
  readonly name: string;
  readonly tone: ConnectionTone;
  readonly state: string;
  readonly detail: string;
  readonly place: Place | "connections";
}

const off: ConnectionState = { kind: "idle" };

/** The systems of a role: an agent's panel is told of the connections only. `now` in ms since the Unix epoch. */
export function systemRows(state: PanelState, now: number): readonly SystemRow[] {
  const connections = [streamRow(state, now), tunnelRow(state, now), bridgeRow(state, now)];
  return state.settings.role === "agent" ? connections.filter(({ tone }) => tone !== "off") : [...connections, integrationsRow(state.integrations, now), simulationsRow(state.simulations)];
}

function streamRow({ connections }: PanelState, now: number): SystemRow {
  const state = connections.stream?.state ?? off;
  const heardAt = connections.stream?.lastHeardAt ?? null;
  return { name: words.stream, tone: connectionTone(state), state: connectionWords(state, now), detail: heardAt === null ? words.unheard : words.heard(formatAge(now - heardAt)), place: "connections" };
}

function tunnelRow(panel: PanelState, now: number): SystemRow {
  const state = tunnelState(panel);
  const latency = state === null ? null : latencyNow(state, panel.tunnel);
  const p95 = panel.tunnel?.p95 ?? null;
  return {
    name: words.tunnel,
    tone: connectionTone(state ?? off),
    state: state === null ? texts.connection.idle : connectionWords(state, now),
    detail: state === null ? "" : latency === null ? words.noLatency : words.latency(formatLatency(latency), p95 === null ? texts.none : formatLatency(p95)),
    place: "connections",
  };
}

function bridgeRow({ connections, bridge, settings }: PanelState, now: number): SystemRow {
  const state = bridgeState({ connections });
  const decide = bridge === null ? 0 : bridge.deadLetters.count + bridge.uncertain.count;
  const tone = connectionTone(state ?? off);
  return {
    name: words.bridge,
    tone: tone === "ok" && decide > 0 ? "warn" : tone,
    state: state === null ? texts.connection.idle : connectionWords(state, now),
    detail: bridge === null ? "" : decide > 0 ? words.decide(decide) : words.waiting(bridge.queue.waiting),
    place: settings.role === "supervisor" ? "bridge" : "connections",
  };
}

function integrationsRow(view: IntegrationsView | null, now: number): SystemRow {
  const row = { name: words.integrations, place: "integrations" } as const;
  if (view === null) return { ...row, tone: "off", state: texts.connection.idle, detail: "" };
  if (view.rows.length === 0) return { ...row, tone: "off", state: words.noIntegrations, detail: "" };
  const registered = view.rows.filter(({ registered: one }) => one !== null).length;
  const paused = view.rows.filter(({ stats }) => stats.pausedUntil !== null && stats.pausedUntil > now).length;
  const calls = view.rows.reduce((sum, { stats }) => sum + stats.calls, 0);
  const failures = view.rows.reduce((sum, { stats }) => sum + stats.failures, 0);
  return {
    ...row,
    tone: paused > 0 ? "warn" : "ok",
    state: words.registered(registered, view.rows.length),
    detail: paused > 0 ? words.paused(paused) : calls === 0 ? words.noCalls : words.failing(failures, calls),
  };
}

function simulationsRow(view: SimulationsView | null): SystemRow {
  const row = { name: words.simulations, place: "simulations" } as const;
  if (view === null) return { ...row, tone: "off", state: texts.connection.idle, detail: "" };
  const suite = view.suite?.name ?? words.noSuite;
  switch (view.work.kind) {
    case "preparing":
      return { ...row, tone: "ok", state: words.preparing, detail: suite };
    case "running":
    case "cancelling":
      return { ...row, tone: "ok", state: words.running(view.work.progress.done, view.work.progress.total), detail: suite };
    case "idle": {
      if (view.batch === null) return { ...row, tone: "off", state: words.notRun, detail: suite };
      const { counts, governance } = view.batch;
      const compliant = governance === "COMPLIANT";
      return { ...row, tone: compliant ? "ok" : "warn", state: words.passed(counts.passed, counts.total), detail: compliant ? words.compliant : words.review };
    }
    default:
      return assertNever(view.work);
  }
}
