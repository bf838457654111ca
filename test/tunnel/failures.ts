import type { SocketFailure } from "../../electron/net/socket-failure.ts";
import { statusFault } from "../../electron/net/status-fault.ts";
import type { Fault } from "../../shared/fault.ts";

const fault = (kind: Fault["kind"], code: Fault["code"]): Fault => ({ kind, code, detail: "found" });

/** What follows a failure the first time, and where the renewal of the token did not help. */
export interface Row {
  readonly name: string;
  readonly failure: SocketFailure;
  readonly follows: "wait" | "wait a minute" | "rejected" | "renew, then wait" | "renew, then rejected";
}

const close = (code: number, follows: Row["follows"]): Row => ({ name: `close ${code}`, failure: { kind: "close", code, reason: "said" }, follows });
const upgrade = (status: number, follows: Row["follows"]): Row => ({ name: `upgrade ${status}`, failure: { kind: "upgrade", status, retryAfterMs: undefined }, follows });
const before = (name: string, found: Fault, follows: Row["follows"]): Row => ({ name, failure: { kind: "authorization", fault: found }, follows });

/** The one table of what ends a tunnel, and of what follows (contract 1.1 to 1.4, and 0 for sockets). */
export const failureTable: readonly Row[] = [
  // Before anything is dialled: token endpoint, bot check, our own rules.
  before("credentials refused", statusFault(401, "found"), "rejected"),
  before("a scope is missing", fault("refused", "missing-scope"), "rejected"),
  before("403", statusFault(403, "found"), "rejected"),
  before("404", statusFault(404, "found"), "rejected"),
  before("protocol version", fault("policy", "protocol-version"), "rejected"),
  before("a token that is no JWT", fault("contract", "token-form"), "renew, then rejected"),
  before("bot inactive", fault("refused", "bot-inactive"), "wait a minute"),
  before("channel missing", fault("refused", "channel-missing"), "wait a minute"),
  before("session limit", fault("refused", "session-limit"), "wait a minute"),
  before("429", statusFault(429, "found"), "wait"),
  before("400", statusFault(400, "found"), "wait"),
  before("503", statusFault(503, "found"), "wait"),
  before("network", fault("transport", "network"), "wait"),
  before("timeout", fault("transport", "timeout"), "wait"),
  before("a reply that breaks the contract", fault("contract", "malformed-reply"), "wait"),
  // The upgrade.
  upgrade(401, "renew, then wait"),
  upgrade(403, "rejected"),
  upgrade(404, "rejected"),
  upgrade(426, "wait"),
  upgrade(429, "wait"),
  upgrade(500, "wait"),
  upgrade(503, "wait"),
  { name: "unreachable", failure: { kind: "unreachable", reason: "refused" }, follows: "wait" },
  { name: "undialable", failure: { kind: "undialable" }, follows: "wait" },
  // The runtime's answer to CONNECT.
  { name: "CONNECT rejected", failure: { kind: "handshake", fault: fault("refused", "runtime-refused") }, follows: "wait" },
  // The end of a connection.
  { name: "a frame too large", failure: { kind: "oversized", limitBytes: 1 }, follows: "wait" },
  { name: "a broken frame", failure: { kind: "protocol", reason: "WS_ERR_INVALID_OPCODE" }, follows: "wait" },
  close(1000, "wait"),
  close(1001, "wait"),
  close(1005, "wait"),
  close(1006, "wait"),
  close(1008, "renew, then wait"),
  close(1011, "wait"),
  close(1012, "wait"),
  close(1013, "wait"),
  close(4000, "wait"),
  close(4400, "wait"),
  close(4401, "renew, then wait"),
  close(4403, "rejected"),
  close(4404, "rejected"),
  close(4408, "wait"),
  close(4429, "wait"),
  close(4999, "wait"),
];
