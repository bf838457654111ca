import { assertNever } from "../../shared/assert-never.ts";
import type { Clock } from "../../shared/clock.ts";
import type { Fault } from "../../shared/fault.ts";
import { hostOf } from "./attempt.ts";

/** The figures of a host's gate (contract 4.3), times in milliseconds. */
export const GATE_RULES = {
  /** So many failures in a row close it. */
  failures: 5,
  closedMs: 30_000,
  /** The longest pause that is obeyed: a date in `Retry-After` is measured on this machine's clock, which may be wrong. */
  maxPauseMs: 3_600_000,
  /** While one request tries the host, the others look again after so long. */
  lookAgainMs: 1_000,
  /** A probe that has told nothing for so long is forgotten: longer than any request may take. */
  probeMs: 150_000,
} as const;

type GateRules = Readonly<Record<keyof typeof GATE_RULES, number>>;

/** What keeps requests from a host: it fails, or it asked for silence. */
export type PauseReason = "failing" | "asked";

/** What is known of a host. Times on the monotonic clock. `failures`: in a row. */
type GatePhase =
  | { readonly kind: "open"; readonly failures: number }
  | { readonly kind: "paused"; readonly until: number; readonly why: PauseReason; readonly failures: number }
  /** One request tries it. */
  | { readonly kind: "probing"; readonly since: number };

/** `outstanding`: requests that were let through and have told nothing yet. */
export interface GateState {
  readonly phase: GatePhase;
  readonly outstanding: number;
}

export const FRESH_GATE: GateState = { phase: { kind: "open", failures: 0 }, outstanding: 0 };

/** How a request went, as far as it tells of the host. `pauseMs`: the host asked for so long a silence. */
export type GateReport =
  | { readonly kind: "alive" }
  | { readonly kind: "dead"; readonly pauseMs: number }
  | { readonly kind: "pause"; readonly pauseMs: number }
  /** It was given up: nothing is known. */
  | { readonly kind: "left" };

/** Whether a request may be made now; `ms`: ask again after so long. */
export type GateAnswer = { readonly kind: "go" } | { readonly kind: "wait"; readonly ms: number };

/** Asks a gate at `now` (monotonic ms). Pure. */
export function askGate(state: GateState, now: number, rules: GateRules): { readonly state: GateState; readonly answer: GateAnswer } {
  const { phase } = state;
  switch (phase.kind) {
    case "open":
      return letThrough(state, phase);
    case "paused":
      if (now < phase.until) return { state, answer: { kind: "wait", ms: phase.until - now } };
      if (phase.why === "asked") return letThrough(state, { kind: "open", failures: phase.failures });
      return letThrough(state, { kind: "probing", since: now });
    case "probing":
      if (now < phase.since + rules.probeMs) return { state, answer: { kind: "wait", ms: rules.lookAgainMs } };
      return letThrough({ ...state, outstanding: 0 }, { kind: "probing", since: now });
    default:
      return assertNever(phase);
  }
}

function letThrough(state: GateState, phase: GatePhase): { readonly state: GateState; readonly answer: GateAnswer } {
  return { state: { phase, outstanding: state.outstanding + 1 }, answer: { kind: "go" } };
}

/** What a report at `now` (monotonic ms) makes of a gate. Pure. */
export function reportToGate(before: GateState, report: GateReport, now: number, rules: GateRules): GateState {
  const outstanding = Math.max(0, before.outstanding - 1);
  return { phase: phaseAfter(before.phase, report, { now, rules, last: outstanding === 0 }), outstanding };
}

function phaseAfter(phase: GatePhase, report: GateReport, at: { readonly now: number; readonly rules: GateRules; readonly last: boolean }): GatePhase {
  const { now, rules } = at;
  const pausedUntil = (ms: number): number => now + Math.min(ms, rules.maxPauseMs);
  if (report.kind === "pause") {
    const until = pausedUntil(report.pauseMs);
    if (phase.kind !== "paused") return { kind: "paused", until, why: "asked", failures: 0 };
    return until > phase.until ? { ...phase, until } : phase;
  }
  switch (phase.kind) {
    case "open":
      if (report.kind === "left") return phase;
      return report.kind === "alive" ? { kind: "open", failures: 0 } : failed(phase.failures + 1, null);
    case "paused":
      // What was let through before it closed says nothing of what follows, unless it makes things worse.
      if (phase.why === "failing" || report.kind === "left") return phase;
      return report.kind === "alive" ? { ...phase, failures: 0 } : failed(phase.failures + 1, phase);
    case "probing":
      if (report.kind === "alive") return { kind: "open", failures: 0 };
      // Only the last report is surely the probe's: an older request may have been on its way still.
      if (!at.last) return phase;
      return report.kind === "dead" ? failed(rules.failures, null) : { kind: "paused", until: now, why: "failing", failures: rules.failures };
    default:
      return assertNever(phase);
  }

  function failed(failures: number, paused: Extract<GatePhase, { readonly kind: "paused" }> | null): GatePhase {
    const askedUntil = Math.max(paused?.until ?? now, report.kind === "dead" ? pausedUntil(report.pauseMs) : now);
    if (failures >= rules.failures) return { kind: "paused", until: Math.max(askedUntil, now + rules.closedMs), why: "failing", failures };
    return askedUntil > now ? { kind: "paused", until: askedUntil, why: "asked", failures } : { kind: "open", failures };
  }
}

/**
 * What a fault tells of the host. No answer, a server error and a timeout count against it; any other refusal and any
 * answer that cannot be used prove that it lives. A pause that it asks for is obeyed.
 */
export function reportOf(fault: Fault): GateReport {
  if (fault.code === "aborted") return { kind: "left" };
  const pauseMs = fault.retryAfterMs ?? 0;
  if (fault.status === 429) return pauseMs > 0 ? { kind: "pause", pauseMs } : { kind: "alive" };
  const failing = fault.status === undefined ? fault.code === "timeout" || fault.code === "network" : fault.status >= 500;
  return failing ? { kind: "dead", pauseMs } : { kind: "alive" };
}

/** Guards the requests to one host. Every `go` is followed by one of the three reports. */
export interface HostGate {
  enter(): GateAnswer;
  succeeded(): void;
  failed(fault: Fault): void;
  /** The request was given up (or never made): it says nothing of the host. */
  leave(): void;
}

/** One gate per host of this process. */
export interface HostGates {
  /** The gate of the host (with its port) of an address; all addresses there share it. */
  gate(url: string): HostGate;
}

/** What keeps requests from a host now. `until`: ms since the Unix epoch. */
export interface HostPause {
  readonly until: number;
  readonly why: PauseReason;
}

/**
 * Gates that leave a host alone while it fails or asks for silence (contract 4.3): five failures in a row close one for 30 s,
 * then a single request tries the host. `onChange` is told when a pause begins or grows, and null when requests go again.
 * There are no timers: a pause ends when somebody enters after it.
 */
export function createHostGates(options: {
  readonly clock: Clock;
  readonly onChange: (host: string, pause: HostPause | null) => void;
}): HostGates {
  const { clock, onChange } = options;
  const gates = new Map<string, HostGate>();
  return {
    gate(url) {
      const host = hostOf(url);
      const known = gates.get(host);
      if (known !== undefined) return known;
      const made = createGate(clock, (pause) => {
        onChange(host, pause);
      });
      gates.set(host, made);
      return made;
    },
  };
}

function createGate(clock: Clock, onChange: (pause: HostPause | null) => void): HostGate {
  let state = FRESH_GATE;

  const become = (next: GateState, now: number): void => {
    const before = state.phase;
    state = next;
    const { phase } = next;
    if (phase === before) return;
    // A probe is no news, and neither is a pause that is over and only waits for its probe.
    if (phase.kind === "paused" && phase.until > now) {
      if (before.kind === "paused" && before.until === phase.until && before.why === phase.why) return;
      onChange({ until: Math.round(clock.now() + phase.until - now), why: phase.why });
    } else if (phase.kind === "open" && before.kind !== "open") onChange(null);
  };

  const report = (told: GateReport): void => {
    const now = clock.monotonic();
    become(reportToGate(state, told, now, GATE_RULES), now);
  };

  return {
    enter() {
      const now = clock.monotonic();
      const { state: next, answer } = askGate(state, now, GATE_RULES);
      become(next, now);
      return answer;
    },
    succeeded: () => {
      report({ kind: "alive" });
    },
    failed: (fault) => {
      report(reportOf(fault));
    },
    leave: () => {
      report({ kind: "left" });
    },
  };
}
