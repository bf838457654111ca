import { z } from "zod";
import type { Fault } from "../../shared/fault.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { platformWords, plainWords } from "./platform-words.ts";

/** What the first frame says (contract 1.2). */
export interface Introduction {
  readonly botId: string;
  readonly channel: string;
  readonly protocolVersion: string;
  readonly protocolVersions: readonly string[];
}

/** Three segments of base64url, the first being an object in JSON (`eyJ` is how `{"` begins there). */
const JWT = /^eyJ[\w-]*\.[\w-]+\.[\w-]+$/u;
const MIN_TOKEN_LENGTH = 20;

/** Whether the protocol version may be asked for at all; the fault says which may. */
export function checkProtocol({ protocolVersion, protocolVersions }: Introduction): Result<null, Fault> {
  if (protocolVersions.includes(protocolVersion)) return ok(null);
  const detail = `tunnel.protocolVersion is ${JSON.stringify(protocolVersion)}, allowed: ${protocolVersions.join(", ")}`;
  return err({ kind: "policy", code: "protocol-version", detail });
}

/** Whether the runtime can take the token (contract 1.2). The fault tells its form and nothing of its text. */
export function checkToken(token: string): Result<null, Fault> {
  if (token.length >= MIN_TOKEN_LENGTH && JWT.test(token)) return ok(null);
  const segments = token.split(".").length;
  const found = `${token.length} characters in ${segments} ${segments === 1 ? "segment" : "segments"}${token.startsWith("eyJ") ? "" : ", not beginning with eyJ"}`;
  return err({ kind: "contract", code: "token-form", detail: `the token has ${found}; allowed: at least ${MIN_TOKEN_LENGTH} characters in 3 base64url segments` });
}

/** The first frame of a connection. */
export function connectFrame({ botId, channel, protocolVersion }: Introduction, authToken: string): string {
  return JSON.stringify({ type: "CONNECT", botId, channel, protocolVersion, authToken, metadata: {} });
}

/** Puts a new token in the place of the one that the runtime knows (contract 1.4). */
export function refreshFrame(botId: string, authToken: string): string {
  return JSON.stringify({ type: "REFRESH_TOKEN", botId, authToken });
}

/** Asks whether the channel is still served (contract 1.4). */
export function probeFrame(botId: string): string {
  return JSON.stringify({ type: "CHANNEL_PROBE", botId });
}

/** The last frame (contract 1.5). */
export function disconnectFrame(botId: string): string {
  return JSON.stringify({ type: "DISCONNECT", botId });
}

/** A frame of the runtime, told apart by type alone: its replies carry no number (contract 1.4). */
export type RuntimeFrame =
  | { readonly kind: "connected" }
  | { readonly kind: "token-refreshed" }
  /** The answer to a probe: a `status` and no `type`. */
  | { readonly kind: "status"; readonly status: string }
  /** Anything else in JSON. */
  | { readonly kind: "other"; readonly type: string | null }
  /** A short reason, nothing of the text. */
  | { readonly kind: "malformed"; readonly reason: "binary" | "not JSON" | "not an object" };

const frameSchema = z.looseObject({});

/** Reads one frame of the runtime. Never throws. */
export function readRuntimeFrame(text: string | null): RuntimeFrame {
  if (text === null) return { kind: "malformed", reason: "binary" };
  const value = parseJson(text);
  if (value === undefined) return { kind: "malformed", reason: "not JSON" };
  const parsed = frameSchema.safeParse(value);
  if (!parsed.success || Array.isArray(value)) return { kind: "malformed", reason: "not an object" };
  const { type, status } = parsed.data;
  if (type === "CONNECTED") return { kind: "connected" };
  if (type === "TOKEN_REFRESHED") return { kind: "token-refreshed" };
  if (type === undefined && typeof status === "string") return { kind: "status", status: plainWords(status) };
  return { kind: "other", type: typeof type === "string" ? plainWords(type) : null };
}

/** The runtime's refusal of the first frame, in its own words, else the frame cut short (contract 1.2). */
export function rejection(text: string): Fault {
  const value = parseJson(text);
  // Written anew: an escape in the frame could hide a token that is not to be told.
  const detail = platformWords(value) ?? plainWords(value === undefined ? text : JSON.stringify(value));
  return { kind: "refused", code: "runtime-refused", detail };
}

/** Undefined, which no JSON means, where it is none. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
