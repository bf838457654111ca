import { createAssistPlatform, assistScopes } from "./assist-platform.ts";
import { createBot } from "./bot.ts";
import { readCallDirectory } from "./call-directory.ts";
import type { Call } from "./call.ts";
import { practiceChats } from "./practice-chats.ts";
import { createChatBot } from "./chat-bot.ts";
import { type ConversationView, createChatControlRoutes, viewOf } from "./chat-control-routes.ts";
import { createControlRoutes } from "./control-routes.ts";
import { createDialogRoute, type DialogStats } from "./dialog-route.ts";
import { type ExampleIntegration, exampleIntegration } from "./example-integration.ts";
import { createFlowBot } from "./flow-bot.ts";
import { checkFault, createFaultBoard, type FaultName, type FaultResult, type FaultSetting } from "./faults.ts";
import {
  type ChatLine,
  createGenesysPlatform,
  GENESYS_PATH,
  genesysAudience,
  genesysScopes,
  type GenesysStats,
} from "./genesys-platform.ts";
import { startHttpServer } from "./http-server.ts";
import { practiceArticles } from "./knowledge-base.ts";
import { createIntegrationPlatform, integrationScopes, type IntegrationStats, TENANT_PATH } from "./integration-platform.ts";
import { createOauthPlatform } from "./oauth-platform.ts";
import { type OrderService, type OrderStats, startOrderService } from "./order-service.ts";
import type { InjectedLine, Playing } from "./playback.ts";
import { practiceCalls } from "./practice-list.ts";
import { createRuntimePlatform, runtimeScopes, type RuntimeStats } from "./runtime-platform.ts";
import type { SandboxClock } from "./sandbox-clock.ts";
import { DIALOG_PATH, PRACTICE_AGENT, sandboxConfig, type SandboxConfig, type SandboxEnv } from "./sandbox-config.ts";
import { SandboxError } from "./sandbox-error.ts";
import { createSimulatePlatform, simulateScopes, type SimulateStats } from "./simulate-platform.ts";
import { routeUpgrades } from "./upgrade-router.ts";
import { createWebhookReceiver, type WebhookStats } from "./webhook-receiver.ts";

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
  /** How many customers chat at once (contract 3), from the first bridge on; 0: none. */
  readonly chats?: number;
  readonly clock: SandboxClock;
  /** Numbers from 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number;
}

/** A running practice platform. Dispose of it to close everything. */
export interface Sandbox extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`, without a slash at its end. */
  readonly url: string;
  config(): SandboxConfig;
  env(): SandboxEnv;
  /** The authority that signed the order service's certificate, PEM; `network.caFile` names a file with it. */
  authority(): string;
  /** A definition that looks up orders, for the order service of this sandbox. */
  exampleIntegration(): ExampleIntegration;
  /** Sets a fault, or clears it with `null`; in `error` what is allowed. */
  setFault(name: FaultName, value: string | number | boolean | null): FaultResult | { readonly ok: true; readonly value: null };
  /** The faults that are set, as they were written. */
  faults(): Readonly<Record<string, string>>;
  /** Plays one more call at once (from the first subscriber on); returns its interaction id. */
  play(call: Call, playing?: Playing): string;
  /** Ends a call that is under way; false where there is none of this id. */
  hangUp(interactionId: string): boolean;
  /** Ends all calls and chats, and lets none begin by itself until `resume`. */
  hold(): void;
  /** Lets calls and chats follow one another again where they were held. */
  resume(): void;
  /** Says one line now, in the named interaction, in the latest one, or in a new one. */
  say(line: InjectedLine): { readonly interactionId: string; readonly utteranceId: string };
  /** Writes a line into a conversation, as its customer or as another agent; it becomes an event at once. */
  chat(line: ChatLine): { readonly conversationId: string; readonly messageId: string };
  /** Every conversation with who wrote what in it. */
  conversations(): readonly ConversationView[];
  stats(): SandboxStats;
}

interface SandboxStats extends RuntimeStats, SimulateStats, GenesysStats, DialogStats, IntegrationStats, OrderStats, WebhookStats {
  /** At the token endpoint of agent assist; the others have their own. */
  readonly tokenRequests: number;
  readonly tunnelTokenRequests: number;
  readonly simulationTokenRequests: number;
  readonly genesysTokenRequests: number;
  readonly integrationTokenRequests: number;
  readonly suggestRequests: number;
  readonly openSockets: number;
  readonly socketsOpened: number;
  readonly framesSent: number;
}

/**
 * Starts the practice platform on 127.0.0.1: token endpoints, the bots' runtime (contract 1), suggest and stream
 * (contract 2), Genesys and the bot's dialog endpoint (contract 3), integrations with an order service over HTTPS on a port of its own
 * (contract 4), simulations (contract 5), and `/sandbox/*` to steer it.
 * Calls begin when the first subscriber connects, chats when the first bridge has subscribed.
 * Rejects with a SandboxError where an option or a call file is wrong, and with the system's error where the port is taken.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { clock, random } = options;
  const speed = options.speed ?? 1;
  const lines = options.lines ?? 2;
  const chats = options.chats ?? 1;
  checkOptions(speed, lines, chats);
  const calls = options.calls.kind === "practice" ? practiceCalls : await readCallDirectory(options.calls.path);
  const env: SandboxEnv = {
    COGNIGY_CLIENT_ID: `practice-${randomText(random, 8)}`,
    COGNIGY_CLIENT_SECRET: `practice-secret-${randomText(random, 24)}`,
    GENESYS_CLIENT_ID: `practice-genesys-${randomText(random, 8)}`,
    GENESYS_CLIENT_SECRET: `practice-secret-${randomText(random, 24)}`,
    COGNIGY_API_KEY: `practice-key-${randomText(random, 24)}`,
    EXTERNAL_API_KEY: `practice-orders-${randomText(random, 24)}`,
  };

  await using stack = new AsyncDisposableStack();
  const closing = new AbortController();
  const faults = createFaultBoard(
    random,
    (name, value) => {
      assist.strike(name);
      runtime.strike(name, value);
      simulate.strike(name);
      genesys.strike(name);
      integrations.strike(name);
    },
    () => {
      orders.faultsChanged();
    },
  );
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
  const genesysOauth = createOauthPlatform({
    ...client,
    clientId: env.GENESYS_CLIENT_ID,
    clientSecret: env.GENESYS_CLIENT_SECRET,
    path: `${GENESYS_PATH}/oauth/token`,
    scopes: genesysScopes,
    audience: genesysAudience,
  });
  const genesys = createGenesysPlatform({
    faults,
    oauth: genesysOauth,
    clock,
    start: random(),
    agentId: PRACTICE_AGENT,
    practice: { chats: practiceChats, lines: chats, speed, loop: options.loop ?? false },
  });
  const dialog = createDialogRoute({ path: DIALOG_PATH, apiKey: env.COGNIGY_API_KEY, bot: createChatBot(), faults, clock });
  const integrationOauth = createOauthPlatform({ ...client, path: `${TENANT_PATH}/api/v1/auth/oauth/token`, scopes: integrationScopes });
  const integrations = createIntegrationPlatform({ faults, oauth: integrationOauth, clock, newId: () => randomText(random, 12) });
  const hooks = createWebhookReceiver({ faults, clock });
  const orders: OrderService = stack.use(
    await startOrderService({
      apiKey: env.EXTERNAL_API_KEY,
      faults,
      clock,
      // Not the sandbox's own clock: it may be set to any time, and the client's TLS looks at the machine's.
      certifiedAt: Date.now(),
      platformUrl: (): string => `http://127.0.0.1:${String(http.port)}`,
      signal: closing.signal,
    }),
  );
  for (const setting of options.faults ?? []) faults.set(setting);
  const stats = (): SandboxStats => ({
    tokenRequests: oauth.requests(),
    tunnelTokenRequests: runtimeOauth.requests(),
    simulationTokenRequests: simulateOauth.requests(),
    genesysTokenRequests: genesysOauth.requests(),
    integrationTokenRequests: integrationOauth.requests(),
    ...assist.stats(),
    ...runtime.stats(),
    ...simulate.stats(),
    ...genesys.stats(),
    ...dialog.stats(),
    ...integrations.stats(),
    ...orders.stats(),
    ...hooks.stats(),
  });
  const say = (line: InjectedLine): { readonly interactionId: string; readonly utteranceId: string } => assist.playback.say(line);
  const chat = (line: ChatLine): { readonly conversationId: string; readonly messageId: string } => genesys.chat(line);
  const conversations = (): readonly ConversationView[] => genesys.conversations().map(viewOf);
  const control = [
    ...createControlRoutes({ faults, say, stats: () => ({ ...stats() }) }),
    ...createChatControlRoutes({ chat, conversations }),
  ];

  const routes = [oauth.route, ...assist.routes, runtimeOauth.route, ...runtime.routes, ...simulate.routes, ...genesys.routes, dialog.route, ...integrations.routes, ...hooks.routes, ...orders.plainRoutes, ...control];
  const http = stack.use(await startHttpServer(options.port ?? 0, routes, () => clock.now(), closing.signal));
  const upgrades = routeUpgrades(http.server);
  assist.attach(upgrades);
  runtime.attach(upgrades);
  genesys.attach(upgrades);
  // The server waits for its sockets, so they close before it; no new one comes meanwhile.
  stack.use(runtime);
  stack.use(assist);
  stack.use(genesys);
  stack.use(upgrades);
  stack.defer(() => {
    closing.abort();
  });
  const running = stack.move();
  const address = `127.0.0.1:${String(http.port)}`;
  const config = sandboxConfig(address, {
    streamPath: assist.streamPath,
    practiceCalls: options.calls.kind === "practice",
    runtimeSocketPath: runtime.socketPath,
    simulateTokenPath: simulateOauth.route.path,
    simulatePath: simulate.path,
    genesysTokenPath: genesysOauth.route.path,
    eventsPath: genesys.socketPath,
    tenantTokenPath: integrationOauth.route.path,
    orderHost: orders.host,
  });

  return {
    url: `http://${address}`,
    config: () => config,
    env: () => env,
    authority: () => orders.authority,
    exampleIntegration: () => exampleIntegration(orders.url),
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
    play: (call, playing) => assist.playback.play(call, playing),
    hangUp: (interactionId) => assist.playback.hangUp(interactionId),
    hold() {
      assist.playback.hold();
      genesys.hold();
    },
    resume() {
      assist.playback.resume();
      genesys.resume();
    },
    say,
    chat,
    conversations,
    stats,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

function checkOptions(speed: number, lines: number, chats: number): void {
  const problems: string[] = [];
  if (!Number.isFinite(speed) || speed <= 0) problems.push(`speed: found ${String(speed)}, allowed: a number above 0`);
  if (!Number.isInteger(lines) || lines < 1 || lines > 50) problems.push(`lines: found ${String(lines)}, allowed: 1 to 50`);
  if (!Number.isInteger(chats) || chats < 0 || chats > 50) problems.push(`chats: found ${String(chats)}, allowed: 0 to 50`);
  if (problems.length > 0) throw new SandboxError(problems);
}

/** Letters and digits that cannot be taken for one another. */
function randomText(random: () => number, length: number): string {
  const letters = "abcdefghjkmnpqrstuvwxyz23456789";
  return Array.from({ length }, () => letters.charAt(Math.floor(random() * letters.length))).join("");
}
