import { createBotRoutes } from "./bot-routes.ts";
import type { FaultBoard, FaultName } from "./faults.ts";
import type { OauthPlatform } from "./oauth-platform.ts";
import type { Route } from "./routes.ts";
import type { RuntimeSession } from "./runtime-conversation.ts";
import type { RuntimeFrame } from "./runtime-frames.ts";
import { openRuntimeSockets } from "./runtime-sockets.ts";
import type { SandboxClock } from "./sandbox-clock.ts";
import type { UpgradeRouter } from "./upgrade-router.ts";

/** Every scope that a client of the runtime asks for (contract 0). */
export const runtimeScopes = ["bot:read", "runtime:execute"] as const;

const SOCKET_PATH = "/runtime";

/** What was seen of tunnels. */
export interface RuntimeStats {
  /** Requests for a bot or for its sessions. */
  readonly botRequests: number;
  /** Connections that are there, and sessions that are open on them. */
  readonly openTunnelSockets: number;
  readonly openTunnels: number;
  /** Sessions that were opened since the start. */
  readonly tunnelsOpened: number;
  readonly tunnelPings: number;
  /** Frames of these types, whatever became of them. */
  readonly tunnelProbes: number;
  readonly tunnelRefreshes: number;
  readonly tunnelDisconnects: number;
  /** The code of the last connection that its client ended: 1006 where it just went away, null before the first. */
  readonly lastTunnelCloseCode: number | null;
}

/** The bots' runtime from the platform's side (contract 1). */
export interface RuntimePlatform extends AsyncDisposable {
  readonly routes: readonly Route[];
  readonly socketPath: string;
  /** Takes the runtime's upgrades; call once. */
  attach(upgrades: UpgradeRouter): void;
  /** A fault that means a moment, with its value as it was written. */
  strike(name: FaultName, value: string): void;
  stats(): RuntimeStats;
}

export interface RuntimePlatformOptions {
  readonly faults: FaultBoard;
  readonly oauth: OauthPlatform;
  readonly clock: SandboxClock;
}

/** Builds the platform: the bots, their sessions, and the socket on which sessions are opened. */
export function createRuntimePlatform({ faults, oauth, clock }: RuntimePlatformOptions): RuntimePlatform {
  const sessions = new Set<RuntimeSession>();
  const seen = new Map<RuntimeFrame["type"], number>();
  let opened = 0;

  const sockets = openRuntimeSockets({
    path: SOCKET_PATH,
    faults,
    clock,
    judge: (authorization) => {
      const status = faults.values["tunnel-upgrade"];
      if (status !== undefined) {
        return { status, message: "upgrade refused for practice", headers: status === 429 ? { "Retry-After": "1" } : {} };
      }
      const allowed = oauth.check(authorization, "runtime:execute");
      return allowed.ok ? null : allowed;
    },
    checkToken: (token) => oauth.checkToken(token, "runtime:execute"),
    nextSessionId: () => `session-${String(opened + 1)}`,
    onBegin: (session) => {
      opened += 1;
      sessions.add(session);
    },
    onEnd: (session) => {
      sessions.delete(session);
    },
    onFrame: (type) => {
      seen.set(type, (seen.get(type) ?? 0) + 1);
    },
  });
  const bots = createBotRoutes({
    path: "/api/v1/bots",
    faults,
    clock,
    check: (authorization) => oauth.check(authorization, "bot:read"),
    sessions: () => sessions,
  });

  return {
    routes: bots.routes,
    socketPath: SOCKET_PATH,
    attach(upgrades) {
      upgrades.add(sockets.endpoint);
    },
    strike(name, value) {
      if (name === "tunnel-drop") sockets.dropAll();
      if (name === "tunnel-close") sockets.closeAll(Number(value));
      if (name === "tunnel-no-pong") sockets.deafenOpen();
      if (name === "expired-tokens") {
        oauth.expireAll();
        sockets.recheckTokens();
      }
    },
    stats: () => ({
      botRequests: bots.requests(),
      openTunnelSockets: sockets.open(),
      openTunnels: sessions.size,
      tunnelsOpened: opened,
      tunnelPings: sockets.pings(),
      tunnelProbes: seen.get("CHANNEL_PROBE") ?? 0,
      tunnelRefreshes: seen.get("REFRESH_TOKEN") ?? 0,
      tunnelDisconnects: seen.get("DISCONNECT") ?? 0,
      lastTunnelCloseCode: sockets.lastCloseCode(),
    }),
    [Symbol.asyncDispose]: () => sockets[Symbol.asyncDispose](),
  };
}
