import type { ConnectionState } from "../../shared/connection.ts";
import type { Fault, FaultCode } from "../../shared/fault.ts";
import type { Transition } from "../../shared/tunnel.ts";

/** A tunnel that a person has to see to: what was refused, since when (ms since the Unix epoch), and whether it is being asked about. */
export interface TunnelTrouble {
  readonly kind: "refused" | "waiting" | "asking";
  readonly fault: Fault;
  readonly since: number;
}

/** It is looked at again by itself, but mended only by a person (contract 1.1). */
const forPersons: ReadonlySet<FaultCode> = new Set(["bot-inactive", "channel-missing", "session-limit"]);

/**
 * What is wrong with the tunnel that waiting does not mend, or null. While the bot is asked again nothing is known to
 * be better, so the trouble before it (from `transitions`, newest first) stays; it ends when the bot lets us dial.
 */
export function tunnelTrouble(state: ConnectionState | null, transitions: readonly Transition[]): TunnelTrouble | null {
  if (state === null) return null;
  if (state.kind !== "validating") return troubleOf(state);
  const before = transitions.find((one) => one.state.kind !== "validating");
  const trouble = before === undefined ? null : troubleOf(before.state);
  return trouble === null ? null : { ...trouble, kind: "asking" };
}

/** Whether a connection that has just been made ends a trouble of the kind of {@link tunnelTrouble}. */
export function endsTrouble(transitions: readonly Transition[]): boolean {
  const newest = transitions[0]?.state.kind === "connected" ? 1 : 0;
  const earlier = transitions.slice(newest);
  const working = earlier.findIndex(({ state }) => state.kind === "connected" || state.kind === "degraded");
  return earlier.slice(0, working < 0 ? undefined : working).some(({ state }) => troubleOf(state) !== null);
}

function troubleOf(state: ConnectionState): TunnelTrouble | null {
  if (state.kind === "rejected") return { kind: "refused", fault: state.fault, since: state.since };
  if (state.kind !== "reconnecting" || !forPersons.has(state.fault.code)) return null;
  return { kind: "waiting", fault: state.fault, since: state.since };
}
