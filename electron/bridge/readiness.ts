import { describeFault } from "../../shared/fault-table.ts";
import type { ConnectionState } from "../../shared/connection.ts";

/** Whether messages are taken at the moment; where not, why, in words. */
export interface Readiness {
  readonly ok: boolean;
  readonly reasons: readonly string[];
}

/** Whether the event socket is open; one whose pong is late is, until it is known to be dead. */
export function isOpen(connection: ConnectionState): boolean {
  return connection.kind === "connected" || connection.kind === "checking" || connection.kind === "degraded";
}

/** Ready is a bridge whose socket is open and whose inbox can be written; `storage`: why it cannot, else null. */
export function readinessOf(connection: ConnectionState, storage: string | null): Readiness {
  const reasons = [
    ...(isOpen(connection) ? [] : [`The event socket is not open: ${connectionWords(connection)}`]),
    ...(storage === null ? [] : [`The inbox cannot be written: ${storage}`]),
  ];
  return { ok: reasons.length === 0, reasons };
}

/** Of a fault only the table's words: its detail may name addresses, which are not everybody's on this machine. */
function connectionWords(connection: ConnectionState): string {
  const { kind } = connection;
  return kind === "reconnecting" || kind === "rejected" ? `${kind}. ${describeFault(connection.fault).what}` : `${kind}.`;
}
