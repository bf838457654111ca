import type { FaultName } from "../../electron/sandbox/faults.ts";

/**
 * The truth about the tunnel under each fault of the practice platform's runtime, wherever it is told: whether it works
 * (0), is refused (1) or could not be tried (2), and words of why.
 */
export const truths: readonly (readonly [name: FaultName, value: string, code: 0 | 1 | 2, words: string])[] = [
  ["tunnel-upgrade", "401", 1, "does not accept the credentials"],
  ["tunnel-upgrade", "403", 1, "denies access"],
  ["tunnel-upgrade", "404", 1, "does not know this address"],
  ["tunnel-upgrade", "429", 2, "asks for a pause"],
  ["tunnel-upgrade", "503", 2, "has a problem"],
  ["tunnel-refuse", "no room for you", 1, "no room for you"],
  ["tunnel-wrong-type", "on", 1, "runtime refused the connection"],
  ["tunnel-mute", "on", 2, "took too long"],
  ["tunnel-handshake", "3000", 0, "handshake 3"],
  ["tunnel-handshake", "60000", 2, "took too long"],
  ["tunnel-connected-twice", "on", 0, "works"],
  ["tunnel-not-json", "on", 0, "works"],
  ["tunnel-no-pong", "on", 0, "works"],
  ["tunnel-latency", "400", 0, "works"],
  ["tunnel-push", "3", 0, "works"],
  ["tunnel-late-reply", "2000", 0, "channel available"],
  ["tunnel-late-reply", "60000", 1, "did not answer the check"],
  ["tunnel-double-reply", "on", 0, "works"],
  ["tunnel-refuse-refresh", "on", 0, "works"],
  ["tunnel-no-refresh-reply", "on", 0, "works"],
  ["tunnel-channel", "draining", 1, "not available: draining"],
  ["tunnel-no-probe-reply", "on", 1, "did not answer the check"],
  ["tunnel-sessions", "50", 1, "no free session"],
  ["tunnel-drop", "1", 2, "1006"],
  // Nothing is open yet that it could close.
  ["tunnel-close", "1011", 0, "works"],
  ["bot-inactive", "on", 1, "not active"],
  ["bot-channels", "voice", 1, "does not serve this channel"],
  ["bot-check", "401", 1, "does not accept the credentials"],
  ["bot-check", "403", 1, "denies access"],
  ["bot-check", "404", 1, "does not know this address"],
  ["bot-check", "429", 2, "asks for a pause"],
  ["bot-check", "500", 2, "has a problem"],
  ["bot-check", "timeout", 2, "took too long"],
  ["refuse-token", "400", 1, "lack a permission"],
  ["refuse-token", "401", 1, "does not accept the credentials"],
  ["refuse-token", "429", 2, "asks for a pause"],
  ["refuse-token", "500", 2, "has a problem"],
  ["missing-scope", "runtime:execute", 1, "runtime:execute"],
  ["token-form", "opaque", 1, "cannot be used"],
];
