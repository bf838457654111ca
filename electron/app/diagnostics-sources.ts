import type { ConnectionName, ConnectionState } from "../../shared/connection.ts";
import type { Fault } from "../../shared/fault.ts";
import type { HealthLine } from "../../shared/health.ts";
import type { PanelState } from "../../shared/panel-state.ts";
import type { App } from "../app.ts";
import type { Diagnostics } from "../diagnostics/diagnostics.ts";

const MAX_TRANSITIONS = 20;
const CONNECTIONS: readonly ConnectionName[] = ["stream", "tunnel", "bridge"];

/** What the parts of the program know of themselves, in the form of the file. Reads only what is in memory. */
export function systemsOf(app: App, state: PanelState): Pick<Diagnostics, "connections" | "tunnel" | "bridge" | "integrations" | "simulations" | "health" | "notices" | "metrics"> {
  return {
    connections: CONNECTIONS.map((name) => connectionOf(app, name)),
    tunnel: tunnelOf(app),
    bridge: bridgeOf(app),
    integrations: integrationsOf(state),
    simulations: simulationsOf(state),
    health: { state: state.health.state, since: timeOf(state.health.since), lines: state.health.lines.map(lineOf) },
    notices: app.notices.all().map(({ since, ...notice }) => ({ ...notice, since: iso(since) })),
    metrics: app.metricsText().split("\n").filter((line) => line !== "" && !line.startsWith("#")),
  };
}

/** In one word for each connection, for reports of crashes. */
export function connectionWords(app: App): Readonly<Record<string, string>> {
  return Object.fromEntries(CONNECTIONS.map((name) => [name, app.connection(name).state.kind]));
}

function connectionOf(app: App, name: ConnectionName): Diagnostics["connections"][number] {
  const { state, lastHeardAt, gaps } = app.connection(name);
  return {
    name,
    state: state.kind,
    since: "since" in state ? iso(state.since) : null,
    lastHeardAt: timeOf(lastHeardAt),
    attempt: "attempt" in state ? state.attempt : null,
    retryAt: state.kind === "reconnecting" ? iso(state.retryAt) : null,
    fault: faultIn(state),
    lost: gaps === undefined ? null : Math.max(0, gaps.missed - gaps.recovered),
  };
}

function faultIn(state: ConnectionState): ReturnType<typeof faultOf> | null {
  return state.kind === "reconnecting" || state.kind === "rejected" ? faultOf(state.fault) : null;
}

function faultOf({ code, detail, status, closeCode }: Fault) {
  return { code, detail, ...(status === undefined ? {} : { status }), ...(closeCode === undefined ? {} : { closeCode }) };
}

function tunnelOf(app: App): Diagnostics["tunnel"] {
  const view = app.tunnel();
  if (view === null) return null;
  const { handshakeMs, latencyMs, p50, p95, lastBeatAt, reconnects, countedSince, pushes, ignored, transitions } = view;
  return {
    handshakeMs,
    latencyMs,
    p50,
    p95,
    lastBeatAt: timeOf(lastBeatAt),
    reconnects,
    countedSince: iso(countedSince),
    pushes,
    ignored,
    transitions: transitions.slice(0, MAX_TRANSITIONS).map(({ at, state }) => ({ at: iso(at), state: state.kind, code: faultIn(state)?.code ?? null })),
  };
}

function bridgeOf(app: App): Diagnostics["bridge"] {
  const view = app.bridge.view();
  if (view === null) return null;
  const { scope, received, answered, leftToAgent, withheld, duplicates, malformed, queue, deadLetters, uncertain, clockAheadMs, storage } = view;
  return {
    since: iso(view.since),
    scope,
    received,
    answered,
    leftToAgent,
    withheld,
    duplicates,
    malformed,
    waiting: queue.waiting,
    working: queue.working,
    deadLetters: deadLetters.count,
    deadLetterCodes: [...new Set(deadLetters.list.map(({ fault }) => fault.code))],
    uncertain: uncertain.count,
    clockAheadMs,
    storage,
    paused: view.paused.map(({ host, until, why }) => ({ host, until: iso(until), why })),
    hops: view.hops.map(({ hop, level, recentMs, p50, p95, p99, count }) => ({ hop, level, recentMs, p50, p95, p99, count })),
  };
}

function integrationsOf({ integrations }: PanelState): Diagnostics["integrations"] {
  if (integrations === null) return null;
  return {
    definitions: integrations.rows.map(({ method, host, problems, registered, stats: { calls, failures, p50, p95, p99 } }) => ({
      method,
      host,
      problems,
      registered: registered !== null,
      calls,
      failures,
      p50,
      p95,
      p99,
    })),
    secretsKeptIn: integrations.secrets.keptIn,
    secrets: integrations.secrets.rows.length,
  };
}

function simulationsOf({ simulations }: PanelState): Diagnostics["simulations"] {
  if (simulations === null) return null;
  const { suite, problems, work, fault, batch } = simulations;
  return {
    cases: suite?.cases ?? null,
    problems: problems?.count ?? 0,
    work: work.kind,
    fault: fault === null ? null : faultOf(fault),
    batch: batch === null ? null : { end: batch.end.kind, startedAt: iso(batch.startedAt), finishedAt: iso(batch.finishedAt), successRate: batch.successRate },
  };
}

function lineOf({ subject, check, target, outcome }: HealthLine): Diagnostics["health"]["lines"][number] {
  return {
    subject,
    check,
    target,
    outcome: outcome.kind,
    found: "found" in outcome ? outcome.found : "why" in outcome ? outcome.why : null,
    fault: outcome.kind === "bad" ? faultOf(outcome.fault) : null,
    tookMs: "tookMs" in outcome ? outcome.tookMs : null,
  };
}

function timeOf(at: number | null): string | null {
  return at === null ? null : iso(at);
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
