import { assertNever } from "../../shared/assert-never.ts";
import type { Clock } from "../../shared/clock.ts";
import type { ConnectionState } from "../../shared/connection.ts";
import { bearerAuthorization } from "../net/bearer.ts";
import { createDial } from "../net/dial.ts";
import type { Network } from "../net/network.ts";
import type { BearerTokens } from "../net/oauth.ts";
import { withScope } from "../net/scope-fault.ts";
import { type Arrival, createSocket } from "../net/socket.ts";
import { type GenesysFrame, MAX_FRAME_BYTES, type MalformedReason, parseGenesysFrame, subscribeFrame } from "./genesys-frames.ts";
import type { GenesysStream, StreamEvent } from "./genesys-stream.ts";
import { createResumePoint } from "./resume-point.ts";

/** Either will do (contract 0); the scopes are set on the client. */
const SCOPES = "platform:agent:view or platform:user:view";

/** Far above any frame that is taken: a frame between the two limits is skipped, only one that would fill the memory costs the connection. */
const MAX_PAYLOAD_BYTES = 64 * 1_024 * 1_024;

export interface GenesysStreamOptions {
  readonly socketUrl: string;
  readonly tokens: BearerTokens;
  readonly network: Pick<Network, "socketOptions">;
  readonly clock: Clock;
  readonly random: () => number;
  readonly heartbeatMs: number;
  /** Kept from an earlier run; null: events from now on. */
  readonly resumePoint: number | null;
  readonly onState: (state: ConnectionState) => void;
  readonly onEvent: (event: StreamEvent) => void;
}

/**
 * Opens the organisation's event stream (contract 3.1 to 3.3) and keeps it open: every connection begins with a
 * subscription that names the resume point as it then is. The point moves in memory as events are handed on, so a
 * reconnect asks for nothing twice; what is kept beyond this run is for the taker to say.
 */
export function openGenesysStream(options: GenesysStreamOptions): GenesysStream {
  const { clock, random, onEvent } = options;
  const resume = createResumePoint(options.resumePoint);

  /** Tells what the number says to be missing, and whether the resume point has moved. */
  const count = (number: number | null): boolean => {
    if (number === null) return false;
    const step = resume.take(number);
    if (step.kind === "gap") onEvent(step);
    else if (step.kind === "filled") onEvent({ kind: "gap-filled", count: 1 });
    return step.kind === "gap" || step.kind === "next";
  };

  const moved = (): void => {
    const point = resume.point();
    if (point !== null) onEvent({ kind: "resume", point });
  };

  const take = (frame: GenesysFrame, bytes: number, at: Arrival): void => {
    switch (frame.kind) {
      case "subscribed":
        if (resume.replied(frame.sequenceId)) moved();
        return;
      case "message":
        count(frame.sequenceId);
        onEvent({ kind: "message", message: frame.message, sequenceId: resume.point(), number: frame.sequenceId, receivedAt: at.wall });
        return;
      case "malformed": {
        const ahead = count(frame.sequenceId);
        onEvent({ kind: "malformed", reason: frame.reason, bytes });
        if (ahead) moved();
        return;
      }
      case "other":
        if (count(frame.sequenceId)) moved();
        return;
      default:
        assertNever(frame);
    }
  };

  const skip = (reason: MalformedReason | "not a WebSocket frame", bytes: number): void => {
    onEvent({ kind: "malformed", reason, bytes });
  };

  const socket = createSocket({
    ...bearerAuthorization(options.tokens),
    url: () => options.socketUrl,
    dial: createDial(options.network),
    clock,
    random,
    rules: { pingMs: options.heartbeatMs },
    maxPayloadBytes: MAX_PAYLOAD_BYTES,
    onState: (state) => {
      options.onState(namingScopes(state));
    },
    onOpen: (send) => {
      send(subscribeFrame(resume.point()));
    },
    onFrame: (data, isBinary, at) => {
      if (isBinary) skip("binary", data.length);
      // What is refused for its size is not worth decoding.
      else take(parseGenesysFrame(data.length > MAX_FRAME_BYTES ? "" : data.toString(), data.length), data.length, at);
    },
    onBrokenFrame: (kind) => {
      if (kind === "oversized") skip("too large", MAX_PAYLOAD_BYTES);
      else skip("not a WebSocket frame", 0);
    },
  });
  socket.start();

  return {
    retryNow: () => {
      socket.retryNow();
    },
    lastHeardAt: () => socket.lastHeardAt(),
    state: () => namingScopes(socket.state()),
    [Symbol.asyncDispose]: () => socket[Symbol.asyncDispose](),
  };
}

/** A refusal of the stream names the scopes that it takes (contract 0). */
function namingScopes(state: ConnectionState): ConnectionState {
  if (state.kind !== "rejected" && state.kind !== "reconnecting") return state;
  return { ...state, fault: withScope(state.fault, SCOPES) };
}
