import { judgeConnect } from "./connect-check.ts";
import type { FaultBoard } from "./faults.ts";
import type { TokenCheck } from "./oauth-platform.ts";
import { type ConnectFrame, readRuntimeFrame, type RefreshFrame, type RuntimeFrame } from "./runtime-frames.ts";
import { NOT_JSON, pushFrames } from "./runtime-noise.ts";
import type { SandboxClock } from "./sandbox-clock.ts";

/** A session of a bot; `startedAt` in ms since the Unix epoch. */
export interface RuntimeSession {
  readonly id: string;
  readonly botId: string;
  readonly channel: string;
  readonly startedAt: number;
}

export interface ConversationOptions {
  readonly faults: FaultBoard;
  readonly clock: SandboxClock;
  readonly checkToken: (token: string) => TokenCheck;
  /** A name for a session that begins now. */
  readonly nextSessionId: () => string;
  readonly onBegin: (session: RuntimeSession) => void;
  readonly onEnd: (session: RuntimeSession) => void;
  /** A frame of the form that the contract gives it. */
  readonly onFrame: (type: RuntimeFrame["type"]) => void;
  readonly send: (text: string) => void;
  /** Closes the connection; `parted` where it was the client that took its leave. */
  readonly hangUp: (code: number, words: string, parted: boolean) => void;
}

/** The runtime's side of one connection. */
export interface Conversation {
  hear(data: Buffer, isBinary: boolean): void;
  /** Looks again whether the session's token is alive. */
  recheckToken(): void;
  /** The connection is gone: the session ends, and nothing of it is left. */
  end(): void;
}

/** `connecting`: CONNECT was heard and has no answer yet. */
type Stage =
  | { readonly kind: "fresh" }
  | { readonly kind: "connecting" }
  | { readonly kind: "open"; readonly session: RuntimeSession; readonly token: string }
  | { readonly kind: "over" };

const REFUSAL_WORDS = "the runtime has no capacity";

/**
 * Talks as the runtime does (contract 1.2 to 1.5): CONNECT first and once, then refresh, probe, DISCONNECT. What does
 * not belong gets an error frame and changes nothing. A session lives as long as its token, then it is closed with 4401.
 */
export function openConversation(options: ConversationOptions): Conversation {
  const { faults, clock } = options;
  let stage: Stage = { kind: "fresh" };
  const timers = new Set<() => void>();
  let cancelExpiry = (): void => undefined;

  const later = (delayMs: number | undefined, act: () => void): void => {
    if (delayMs === undefined || delayMs === 0) {
      act();
      return;
    }
    const cancel = clock.after(delayMs, () => {
      timers.delete(cancel);
      act();
    });
    timers.add(cancel);
  };

  const end = (): void => {
    if (stage.kind === "open") options.onEnd(stage.session);
    stage = { kind: "over" };
    cancelExpiry();
    for (const cancel of timers) cancel();
    timers.clear();
  };

  const hangUp = (code: number, words: string, parted = false): void => {
    end();
    options.hangUp(code, words, parted);
  };

  const send = (frame: object): void => {
    options.send(JSON.stringify(frame));
  };

  const complain = (code: string, message: string): void => {
    send({ type: "ERROR", code, message });
  };

  const say = (frame: object, twice: boolean): void => {
    if (faults.values["tunnel-not-json"] === "on") options.send(NOT_JSON);
    send(frame);
    if (twice) send(frame);
  };

  const reject = (message: string, closeCode: number): void => {
    say({ type: "REJECTED", message }, false);
    hangUp(closeCode, "rejected");
  };

  /** Answers a refresh or a probe. */
  const answer = (frame: object): void => {
    for (const push of pushFrames(faults.values["tunnel-push"] ?? 0, clock.now())) send(push);
    later(faults.values["tunnel-late-reply"], () => {
      say(frame, faults.values["tunnel-double-reply"] === "on");
    });
  };

  const recheckToken = (): void => {
    if (stage.kind !== "open") return;
    const token = options.checkToken(stage.token);
    cancelExpiry();
    if (!token.ok) hangUp(4401, "token expired");
    else cancelExpiry = clock.after(Math.max(0, token.expiresAt - clock.now()), recheckToken);
  };

  const begin = (frame: ConnectFrame): void => {
    if (faults.values["tunnel-wrong-type"] === "on") {
      stage = { kind: "fresh" };
      say({ type: "WELCOME", message: "send CONNECT" }, false);
      return;
    }
    const words = faults.values["tunnel-refuse"];
    if (words !== undefined) {
      reject(words === "on" ? REFUSAL_WORDS : words, 1013);
      return;
    }
    const verdict = judgeConnect(frame, options);
    if (!verdict.ok) {
      reject(verdict.message, verdict.closeCode);
      return;
    }
    const { botId, channel, protocolVersion } = frame;
    const session = { id: options.nextSessionId(), botId, channel, startedAt: clock.now() };
    stage = { kind: "open", session, token: frame.authToken };
    options.onBegin(session);
    recheckToken();
    const timestamp = new Date(session.startedAt).toISOString();
    say({ type: "CONNECTED", sessionId: session.id, botId, channel, protocolVersion, timestamp }, faults.values["tunnel-connected-twice"] === "on");
  };

  const connect = (frame: ConnectFrame): void => {
    if (stage.kind !== "fresh") {
      complain("ALREADY_CONNECTED", "CONNECT is sent once per connection");
      return;
    }
    stage = { kind: "connecting" };
    if (faults.values["tunnel-mute"] === "on") return;
    later(faults.values["tunnel-handshake"], () => {
      begin(frame);
    });
  };

  const refresh = (frame: RefreshFrame, session: RuntimeSession): void => {
    if (faults.values["tunnel-no-refresh-reply"] === "on") return;
    if (faults.values["tunnel-refuse-refresh"] === "on") {
      answer({ type: "TOKEN_REJECTED", message: "refused for practice" });
      return;
    }
    const token = options.checkToken(frame.authToken);
    if (!token.ok) {
      answer({ type: "TOKEN_REJECTED", message: `authToken: ${token.message}` });
      return;
    }
    stage = { kind: "open", session, token: frame.authToken };
    recheckToken();
    answer({ type: "TOKEN_REFRESHED", expiresAt: new Date(token.expiresAt).toISOString() });
  };

  const take = (frame: RuntimeFrame): void => {
    options.onFrame(frame.type);
    if (frame.type === "CONNECT") {
      connect(frame);
      return;
    }
    if (frame.type === "DISCONNECT") {
      hangUp(1000, "goodbye", true);
      return;
    }
    if (stage.kind !== "open") {
      complain("NOT_CONNECTED", "CONNECT comes first");
      return;
    }
    if (frame.botId !== stage.session.botId) {
      complain("WRONG_BOT", `${frame.type}: botId is not that of this session`);
      return;
    }
    if (frame.type === "REFRESH_TOKEN") {
      refresh(frame, stage.session);
      return;
    }
    recheckToken();
    if (stage.kind === "open" && faults.values["tunnel-no-probe-reply"] !== "on") {
      answer({ status: faults.values["tunnel-channel"] ?? "available" });
    }
  };

  return {
    hear(data, isBinary) {
      if (stage.kind === "over") return;
      const read = readRuntimeFrame(data, isBinary);
      if (read.ok) take(read.frame);
      else if (read.type === "CONNECT" && stage.kind === "fresh") reject(read.message, 4400);
      else complain("BAD_FRAME", read.message);
    },
    recheckToken,
    end,
  };
}
