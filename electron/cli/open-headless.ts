import { readFile } from "node:fs/promises";
import type { Fault } from "../../shared/fault.ts";
import type { Notice } from "../../shared/notice.ts";
import { ok, type Result } from "../../shared/result.ts";
import { createApp, type App } from "../app.ts";
import type { AppPorts, System } from "../app/app-ports.ts";
import { headlessSecrets, type SecretsOf } from "../app/open-secrets.ts";
import { bridgeNoticeIds } from "../app/bridge-notices.ts";
import { nodeFiles } from "../files/node-files.ts";
import { systemAddresses } from "../net/network-watch.ts";
import type { OpenAssist } from "./assist.ts";
import type { OpenBridge } from "./bridge-service.ts";
import { bugText } from "./bug-text.ts";
import { withKeptCredentials } from "./headless-credentials.ts";
import type { HeadlessPorts } from "./headless.ts";
import type { OpenIntegrate } from "./integrate-service.ts";
import type { OpenSimulate } from "./simulate.ts";
import type { OpenTunnel } from "./tunnel.ts";

/** Where a service serves the widget configuration unless configured (contract 2.8). */
const WIDGET_PORT = 8_000;

/** What the command line tells in lines of its own. */
const saidAsEvents: ReadonlySet<string> = new Set(Object.values(bridgeNoticeIds).flatMap((ids) => (typeof ids === "string" ? [ids] : Object.values(ids))));

/** Starts the program without a panel and with agent assist alone, for the command line. */
export const openAssist: OpenAssist = async (ports) => {
  const made = await createHeadless(ports, "assist");
  if (!made.ok) return made;
  const app = made.value;
  app.onAssist(ports.onEvent);
  await app.start();
  return ok(app);
};

/** Starts the program without a panel and with the runtime tunnel alone, for the command line. */
export const openTunnel: OpenTunnel = async (ports) => {
  const made = await createHeadless(ports, "tunnel");
  if (!made.ok) return made;
  const app = made.value;
  app.onTunnel(ports.onTunnel);
  app.onTunnelPush(ports.onPush);
  await app.start();
  return ok({
    check: () => {
      app.checkTunnel();
    },
    [Symbol.asyncDispose]: () => app[Symbol.asyncDispose](),
  });
};

/** Starts the program without a panel and with the Genesys bridge alone, for the command line. */
export const openBridge: OpenBridge = async ({ work, onBridge, ...ports }) => {
  const made = await createHeadless(ports, "bridge", { bridgeWork: work });
  if (!made.ok) return made;
  const app = made.value;
  app.onBridge(onBridge);
  await app.start();
  return ok({
    view: () => app.bridge.view(),
    healthPort: () => app.bridge.healthPort(),
    idle: () => app.bridge.idle(),
    [Symbol.asyncDispose]: () => app[Symbol.asyncDispose](),
  });
};

/** Starts the program without a panel and with simulations alone, for the command line. */
export const openSimulate: OpenSimulate = async (ports) => {
  const made = await createHeadless({ ...ports, onConnection: () => undefined }, "simulations");
  if (!made.ok) return made;
  const app = made.value;
  await app.start();
  return ok({ bench: app.simulations, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() });
};

/** Starts the program without a panel and with integrations alone, for the command line. Only to register needs credentials. */
export function integrateOpener(secretsOf: SecretsOf): OpenIntegrate {
  return async (ports) => {
    const { env, clock, folders } = ports;
    const openSecrets = secretsOf({ env, clock, platform: process.platform, files: nodeFiles, dataFolder: folders.data, newId: () => crypto.randomUUID() });
    const app = createListening({ ...ports, onConnection: () => undefined }, "integrations", { openSecrets });
    await app.start();
    return ok({ bench: app.integrations, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() });
  };
}

export const openIntegrate = integrateOpener(headlessSecrets);

/** The program with one system and everybody listening, not yet started. The fault names the credentials that are missing. */
async function createHeadless(ports: HeadlessPorts, system: Exclude<System, "integrations">, more: Pick<AppPorts, "bridgeWork"> = {}): Promise<Result<App, Fault>> {
  const env = await withKeptCredentials(ports, system, { secretsOf: headlessSecrets, files: nodeFiles });
  return env.ok ? ok(createListening({ ...ports, env: env.value }, system, more)) : env;
}

function createListening(
  { config, env, folders, clock, random, onConnection, onNotice }: HeadlessPorts,
  system: System,
  more: Pick<AppPorts, "bridgeWork" | "openSecrets">,
): App {
  const app = createApp(config, {
    env,
    clock,
    random,
    readFile: (path) => readFile(path, "utf8"),
    newId: () => crypto.randomUUID(),
    addresses: systemAddresses,
    dataFolder: folders.data,
    defaultWidgetPort: WIDGET_PORT,
    systems: [system],
    ...more,
    onBug: (bug) => {
      onNotice(bugText(bug));
    },
  });
  app.onConnection(onConnection);
  const tell = ({ id, what, effect, remedy }: Notice): void => {
    if (!saidAsEvents.has(id)) onNotice(`${what} ${effect} ${remedy}`);
  };
  // What is wrong with the policy of the machine is known before anybody listens.
  for (const notice of app.notices.all()) tell(notice);
  app.notices.subscribe((change) => {
    if (change.kind === "notice") tell(change.notice);
  });
  return app;
}
