import type { FaultBoard } from "./faults.ts";
import type { TokenCheck } from "./oauth-platform.ts";
import type { ConnectFrame } from "./runtime-frames.ts";
import { findBot } from "./tenant-bots.ts";

/** The protocol versions that the runtime speaks (contract 1.2). */
const PROTOCOL_VERSIONS = ["1.0", "2.0", "2.1"] as const;

/** Consent with the token's end (ms since the Unix epoch), or the runtime's words and the code it closes with. */
export type ConnectVerdict =
  | { readonly ok: true; readonly expiresAt: number }
  | { readonly ok: false; readonly message: string; readonly closeCode: number };

/** Looks at all that a CONNECT says, the token first: who is not let in learns nothing of the bots. */
export function judgeConnect(
  frame: ConnectFrame,
  { faults, checkToken }: { readonly faults: FaultBoard; readonly checkToken: (token: string) => TokenCheck },
): ConnectVerdict {
  const token = checkToken(frame.authToken);
  if (!token.ok) return { ok: false, message: `authToken: ${token.message}`, closeCode: 4000 + token.status };
  if (!PROTOCOL_VERSIONS.some((version) => version === frame.protocolVersion)) {
    return { ok: false, message: `protocolVersion is not supported; allowed: ${PROTOCOL_VERSIONS.join(", ")}`, closeCode: 4400 };
  }
  const found = findBot(frame.botId, faults);
  if (found.kind === "unknown") return { ok: false, message: "botId: no bot has this id", closeCode: 4404 };
  if (found.kind === "foreign") return { ok: false, message: "botId: this bot belongs to another tenant", closeCode: 4403 };
  if (found.bot.status !== "active") return { ok: false, message: "botId: this bot is inactive", closeCode: 4400 };
  if (!found.bot.channels.includes(frame.channel)) {
    return { ok: false, message: `channel: this bot serves ${found.bot.channels.join(", ")}`, closeCode: 4400 };
  }
  return { ok: true, expiresAt: token.expiresAt };
}
