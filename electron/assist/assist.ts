import type { AssistEvent } from "../../shared/assist-event.ts";
import type { Clock } from "../../shared/clock.ts";
import type { ConnectionState } from "../../shared/connection.ts";
import type { Gaps } from "../../shared/gaps.ts";
import { bearerAuthorization } from "../net/bearer.ts";
import { createDial } from "../net/dial.ts";
import { createHttp } from "../net/http.ts";
import type { Network } from "../net/network.ts";
import { createTokens } from "../net/oauth.ts";
import { withScope } from "../net/scope-fault.ts";
import { createSocket } from "../net/socket.ts";
import { createAssistEngine, type AssistSettings } from "./assist-engine.ts";
import { MAX_FRAME_BYTES, type UpdatePayload } from "./parse-frame.ts";
import { createSuggestApi } from "./suggest-api.ts";

/** The scopes that agent assist asks for (contract 0). */
export const ASSIST_SCOPES = ["agentassist:read", "dialog:read", "analytics:write", "streaming:subscribe"];

/**
 * Far above any frame that is taken: a frame between the two limits is skipped and counted like any that breaks the
 * contract, only one that would fill the memory costs the connection.
 */
const MAX_PAYLOAD_BYTES = 64 * 1_024 * 1_024;

/** Where the platform is, and who we are there. The secret goes into the token request and nowhere else. */
export interface AssistPlatform {
  readonly tokenUrl: string;
  readonly apiUrl: string;
  readonly streamUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface AssistOptions {
  readonly platform: AssistPlatform;
  readonly settings: AssistSettings;
  readonly network: Network;
  readonly clock: Clock;
  readonly random: () => number;
  /** Told apart from the sets and unnamed utterances of other runs by it. */
  readonly setPrefix: string;
  readonly emit: (event: AssistEvent) => void;
  readonly onConnection: (state: ConnectionState) => void;
}

/** Agent assist at work: the stream is followed and moments are answered until it is disposed. */
export interface Assist extends AsyncDisposable {
  apply(settings: AssistSettings): void;
  /** Takes what was said in an interaction that does not come from the stream; see the engine's `hear`. */
  hear(payload: UpdatePayload): void;
  /** A new connection at once, whatever the present one claims. */
  retryNow(): void;
  /** When the stream was last heard, ms since the Unix epoch. */
  lastHeardAt(): number | null;
  /** What the numbering of our own payloads shows to be missing, since the start. */
  gaps(): Gaps;
}

/** Opens agent assist (contract 2) on one platform: token, stream, engine. Connects at once and in the background. */
export function openAssist(options: AssistOptions): Assist {
  const { platform, network, clock, random, emit } = options;
  const closing = new AsyncDisposableStack();
  const tokens = closing.use(
    createTokens({
      tokenUrl: platform.tokenUrl,
      clientId: platform.clientId,
      clientSecret: platform.clientSecret,
      scopes: ASSIST_SCOPES,
      clock,
      random,
      fetch: network.fetch,
    }),
  );
  const send = createHttp({ clock, random, fetch: network.fetch, tokens });
  const engine = closing.use(
    createAssistEngine({
      settings: options.settings,
      ask: createSuggestApi({ send, apiUrl: platform.apiUrl }),
      clock,
      emit,
      setPrefix: options.setPrefix,
    }),
  );
  const socket = closing.use(
    createSocket({
      ...bearerAuthorization(tokens),
      url: () => platform.streamUrl,
      dial: createDial(network),
      clock,
      random,
      maxPayloadBytes: MAX_PAYLOAD_BYTES,
      onState: (state) => {
        options.onConnection(namingScope(state));
      },
      onFrame: (data, isBinary, at) => {
        // What the engine refuses for its size is not worth decoding.
        const text = data.length > MAX_FRAME_BYTES ? "" : data.toString();
        engine.take(isBinary ? null : text, data.length, at);
      },
      onBrokenFrame: (kind) => {
        emit({ kind: "malformed", reason: kind === "oversized" ? "too large" : "not a WebSocket frame", bytes: kind === "oversized" ? MAX_PAYLOAD_BYTES : 0 });
      },
    }),
  );
  socket.start();
  return {
    apply: (settings) => {
      engine.apply(settings);
    },
    hear: (payload) => {
      engine.hear(payload);
    },
    retryNow: () => {
      socket.retryNow();
    },
    lastHeardAt: () => socket.lastHeardAt(),
    gaps: () => engine.gaps(),
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  };
}

/** A refusal of the stream names the scope that it takes (contract 0). */
function namingScope(state: ConnectionState): ConnectionState {
  if (state.kind !== "rejected" && state.kind !== "reconnecting") return state;
  return { ...state, fault: withScope(state.fault, "streaming:subscribe") };
}
