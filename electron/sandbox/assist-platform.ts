import type { Bot } from "./bot.ts";
import type { FaultBoard, FaultName } from "./faults.ts";
import type { OauthPlatform } from "./oauth-platform.ts";
import type { Playback, PlaybackOptions } from "./playback.ts";
import { createPlayback } from "./playback.ts";
import type { Route } from "./routes.ts";
import type { SandboxClock } from "./sandbox-clock.ts";
import { createStreamFaults } from "./stream-faults.ts";
import { openStreamSockets, type StreamSockets } from "./stream-sockets.ts";
import { createSuggestRoute } from "./suggest-route.ts";
import type { UpgradeRouter } from "./upgrade-router.ts";

/** Every scope that a client of agent assist asks for (contract 0). */
export const assistScopes = ["agentassist:read", "dialog:read", "analytics:write", "streaming:subscribe"] as const;

const HEARTBEAT_MS = 15_000;
const STREAM_PATH = "/api/v1/streaming/agentassist";

/** Agent assist from the platform's side (contract 2.1 and 2.3). */
export interface AssistPlatform extends AsyncDisposable {
  readonly routes: readonly Route[];
  readonly playback: Playback;
  readonly streamPath: string;
  /** Takes the stream's upgrades; call once. */
  attach(upgrades: UpgradeRouter): void;
  /** A fault that means a moment. */
  strike(name: FaultName): void;
  stats(): { readonly suggestRequests: number; readonly openSockets: number; readonly socketsOpened: number; readonly framesSent: number };
}

export interface AssistPlatformOptions extends Omit<PlaybackOptions, "emit"> {
  readonly bot: Bot;
  readonly faults: FaultBoard;
  readonly oauth: OauthPlatform;
  readonly clock: SandboxClock;
}

/** Builds the platform; it plays nothing before the first subscriber is there. */
export function createAssistPlatform(options: AssistPlatformOptions): AssistPlatform {
  const { faults, clock, oauth } = options;
  const streamFaults = createStreamFaults(faults);
  let sockets: StreamSockets | null = null;
  let cancelBeat = (): void => undefined;

  const playback = createPlayback({
    ...options,
    emit: (payload) => {
      sockets?.broadcast(streamFaults.framesOf(payload), () => typeof faults.values.drop === "number" && faults.strikes(faults.values.drop));
    },
  });
  const suggest = createSuggestRoute({
    path: "/api/v1/agentassist/suggest",
    bot: options.bot,
    faults,
    clock,
    check: (authorization) => oauth.check(authorization, "agentassist:read"),
  });

  const beat = (): void => {
    sockets?.broadcast(streamFaults.flush(), () => false);
    sockets?.beat(JSON.stringify({ type: "HEARTBEAT", timestamp: new Date(clock.now()).toISOString() }));
    cancelBeat = clock.after(HEARTBEAT_MS, beat);
  };

  return {
    routes: [suggest.route],
    playback,
    streamPath: STREAM_PATH,
    attach(upgrades) {
      sockets = openStreamSockets({
        path: STREAM_PATH,
        judge: (authorization) => {
          const status = faults.values.upgrade;
          if (status !== undefined) return { status, message: "upgrade refused for practice" };
          const allowed = oauth.check(authorization, "streaming:subscribe");
          return allowed.ok ? null : allowed;
        },
        stalled: () => faults.values.stall === "on",
        replay: () => faults.values.replay ?? 0,
        onSubscriber: () => {
          playback.start();
        },
      });
      upgrades.add(sockets.endpoint);
      cancelBeat = clock.after(HEARTBEAT_MS, beat);
    },
    strike(name) {
      if (name === "drop" || name === "drop-now") sockets?.dropAll();
      if (name === "stall") sockets?.stallOpen();
      if (name === "expired-tokens") oauth.expireAll();
    },
    stats: () => ({
      suggestRequests: suggest.requests(),
      openSockets: sockets?.open() ?? 0,
      socketsOpened: sockets?.opened() ?? 0,
      framesSent: sockets?.sent() ?? 0,
    }),
    async [Symbol.asyncDispose]() {
      cancelBeat();
      playback[Symbol.dispose]();
      await sockets?.[Symbol.asyncDispose]();
      sockets = null;
    },
  };
}
