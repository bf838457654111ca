import { createAssistPlatform, assistScopes } from "./assist-platform.ts";
import { createBot } from "./bot.ts";
import { readCallDirectory } from "./call-directory.ts";
import type { Call } from "./call.ts";
import { createControlRoutes } from "./control-routes.ts";
import { createFlowBot } from "./flow-bot.ts";
import { checkFault, createFaultBoard, type FaultName, type FaultResult, type FaultSetting } from "./faults.ts";
import { startHttpServer } from "./http-server.ts";
import { practiceArticles } from "./knowledge-base.ts";
import { createOauthPlatform } from "./oauth-platform.ts";
import type { InjectedLine } from "./playback.ts";
import { practiceCalls } from "./practice-list.ts";
import { createRuntimePlatform, runtimeScopes, type RuntimeStats } from "./runtime-platform.ts";
import type { SandboxClock } from "./sandbox-clock.ts";
import { SandboxError } from "./sandbox-error.ts";
import { createSimulatePlatform, simulateScopes, type SimulateStats } from "./simulate-platform.ts";
import { PRACTICE_BOT } from "./tenant-bots.ts";
import { routeUpgrades } from "./upgrade-router.ts";

const PRACTICE_AGENT = "practice-agent";
/** The usual trigger words, and those that the German and Spanish practice calls need. */
const PRACTICE_KEYWORDS = ["refund", "cancel", "complaint", "escalate", "erstatten", "Erstattung", "kündigen", "kündige", "Kündigung", "beschweren", "Beschwerde", "reembolso", "queja", "reclamación"];

/** Simulations here take a second or so, and the slow flow three; a real platform takes longer. */
const POLL_SECONDS = 0.2;
const MAX_POLLS = 50;

export interface SandboxOptions {
  /** 0 takes any free port. */
  readonly port?: number;
  readonly calls: { readonly kind: "practice" } | { readonly kind: "directory"; readonly path: string };
  /** 1 is life, 2 twice as fast; any positive number. */
  readonly speed?: number;
  readonly faults?: readonly FaultSetting[];
  readonly loop?: boolean;
  /** How many calls go on side by side. */
  readonly lines?: number;
  readonly clock: SandboxClock;
  /** Numbers from 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number;
}

/** What a `callside.config.json` needs to use the sandbox. */
interface SandboxConfig {
  readonly assist: {
    readonly orgDomain: string;
    readonly agentId: string;
    readonly tokenUrl: string;
    readonly apiUrl: string;
    readonly streamUrl: string;
    readonly keywords?: readonly string[];
  };
  readonly tunnel: {
    readonly tenant: string;
    readonly botId: string;
    readonly tokenUrl: string;
    readonly apiUrl: string;
    readonly socketUrl: string;
  };
  readonly simulations: {
    readonly tokenUrl: string;
    readonly apiUrl: string;
    readonly pollSeconds: number;
    readonly maxPolls: number;
    readonly projectId: string;
  };
  readonly panel: { readonly role: "agent" };
}

/** The environment variables that go with the configuration: practice credentials, made anew at each start. */
interface SandboxEnv {
  readonly COGNIGY_CLIENT_ID: string;
  readonly COGNIGY_CLIENT_SECRET: string;
}

/** A running practice platform. Dispose of it to close everything. */
export interface Sandbox extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`, without a slash at its end. */
  readonly url: string;
  config(): SandboxConfig;
  env(): SandboxEnv;
  /** Sets a fault, or clears it with `null`; in `error` what is allowed. */
  setFault(name: FaultName, value: string | number | boolean | null): FaultResult | { readonly ok: true; readonly value: null };
  /** The faults that are set, as they were written. */
  faults(): Readonly<Record<string, string>>;
  /** Plays one more call at once (from the first subscriber on); returns its interaction id. */
  play(call: Call): string;
  /** Says one line now, in the named interaction, in the latest one, or in a new one. */
  say(line: InjectedLine): { readonly interactionId: string; readonly utteranceId: string };
  stats(): SandboxStats;
}

interface SandboxStats extends RuntimeStats, SimulateStats {
  /** At the token endpoint of agent assist; the runtime and simulations have their own. */
  readonly tokenRequests: number;
  readonly tunnelTokenRequests: number;
  readonly simulationTokenRequests: number;
  readonly suggestRequests: number;
  readonly openSockets: number;
  readonly socketsOpened: number;
  readonly framesSent: number;
}

/**
 * Starts the practice platform on 127.0.0.1: token endpoints, the bots' runtime (contract 1), suggest and stream
 * (contract 2), simulations (contract 5), and `/sandbox/*` to steer it. Calls begin when the first subscriber connects.
 * Rejects with a SandboxError where an option or a call file is wrong, and with the system's error where the port is taken.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { clock, random } = options;
  const speed = options.speed ?? 1;
  const lines = options.lines ?? 2;
  checkOptions(speed, lines);
  const calls = options.calls.kind === "practice" ? practiceCalls : await readCallDirectory(options.calls.path);
  const env: SandboxEnv = {
    COGNIGY_CLIENT_ID: `practice-${randomText(random, 8)}`,
    COGNIGY_CLIENT_SECRET: `practice-secret-${randomText(random, 24)}`,
  };

  await using stack = new AsyncDisposableStack();
  const closing = new AbortController();
  const faults = createFaultBoard(random, (name, value) => {
    assist.strike(name);
    runtime.strike(name, value);
    simulate.strike(name);
  });
  const client = {
    clientId: env.COGNIGY_CLIENT_ID,
    clientSecret: env.COGNIGY_CLIENT_SECRET,
    faults,
    clock,
    signingKey: randomText(random, 32),
  };
  // One client, three systems: none knows another's tokens.
  const oauth = createOauthPlatform({ ...client, path: "/api/v1/oauth/token", scopes: assistScopes });
  const runtimeOauth = createOauthPlatform({ ...client, path: "/oauth/token", scopes: runtimeScopes });
  const runtime = createRuntimePlatform({ faults, oauth: runtimeOauth, clock });
  const simulateOauth = createOauthPlatform({ ...client, path: "/api/oauth/token", scopes: simulateScopes });
  const simulate = createSimulatePlatform({ bot: createFlowBot(), faults, oauth: simulateOauth, clock });
  const assist = createAssistPlatform({
    bot: createBot(practiceArticles),
    faults,
    oauth,
    clock,
    calls,
    lines,
    speed,
    loop: options.loop ?? false,
    agentId: PRACTICE_AGENT,
  });
  for (const setting of options.faults ?? []) faults.set(setting);
  const stats = (): SandboxStats => ({
    tokenRequests: oauth.requests(),
    tunnelTokenRequests: runtimeOauth.requests(),
    simulationTokenRequests: simulateOauth.requests(),
    ...assist.stats(),
    ...runtime.stats(),
    ...simulate.stats(),
  });
  const say = (line: InjectedLine): { readonly interactionId: string; readonly utteranceId: string } => assist.playback.say(line);
  const control = createControlRoutes({ faults, say, stats: () => ({ ...stats() }) });

  const routes = [oauth.route, ...assist.routes, runtimeOauth.route, ...runtime.routes, ...simulate.routes, ...control];
  const http = stack.use(await startHttpServer(options.port ?? 0, routes, closing.signal));
  const upgrades = routeUpgrades(http.server);
  assist.attach(upgrades);
  runtime.attach(upgrades);
  // The server waits for its sockets, so they close before it; no new one comes meanwhile.
  stack.use(runtime);
  stack.use(assist);
  stack.use(upgrades);
  stack.defer(() => {
    closing.abort();
  });
  const running = stack.move();
  const address = `127.0.0.1:${String(http.port)}`;

  return {
    url: `http://${address}`,
    config: () => ({
      assist: {
        orgDomain: "practice.callside.example",
        agentId: PRACTICE_AGENT,
        tokenUrl: `http://${address}/api/v1/oauth/token`,
        apiUrl: `http://${address}/api/v1`,
        streamUrl: `ws://${address}${assist.streamPath}`,
        ...(options.calls.kind === "practice" ? { keywords: PRACTICE_KEYWORDS } : {}),
      },
      tunnel: {
        tenant: "practice",
        botId: PRACTICE_BOT,
        tokenUrl: `http://${address}/oauth/token`,
        apiUrl: `http://${address}/api/v1`,
        socketUrl: `ws://${address}${runtime.socketPath}`,
      },
      simulations: {
        tokenUrl: `http://${address}${simulateOauth.route.path}`,
        apiUrl: `http://${address}${simulate.path}`,
        pollSeconds: POLL_SECONDS,
        maxPolls: MAX_POLLS,
        projectId: "practice",
      },
      panel: { role: "agent" },
    }),
    env: () => env,
    setFault(name, value) {
      if (value === null) {
        faults.clear(name);
        return { ok: true, value: null };
      }
      const checked = checkFault(name, value);
      if (checked.ok) faults.set(checked.value);
      return checked;
    },
    faults: () => faults.settings,
    play: (call) => assist.playback.play(call),
    say,
    stats,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

function checkOptions(speed: number, lines: number): void {
  const problems: string[] = [];
  if (!Number.isFinite(speed) || speed <= 0) problems.push(`speed: found ${String(speed)}, allowed: a number above 0`);
  if (!Number.isInteger(lines) || lines < 1 || lines > 50) problems.push(`lines: found ${String(lines)}, allowed: 1 to 50`);
  if (problems.length > 0) throw new SandboxError(problems);
}

/** Letters and digits that cannot be taken for one another. */
function randomText(random: () => number, length: number): string {
  const letters = "abcdefghjkmnpqrstuvwxyz23456789";
  return Array.from({ length }, () => letters.charAt(Math.floor(random() * letters.length))).join("");
}
