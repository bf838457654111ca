import { randomBytes } from "node:crypto";
import type { Browser, Page } from "playwright-core";
import { createCommands } from "../../electron/host/commands.ts";
import { serveLoopback } from "../../electron/host/loopback.ts";
import { createPublisher, type Publisher } from "../../electron/host/publisher.ts";
import type { StaticFiles } from "../../electron/host/static-files.ts";
import { systemClock } from "../../electron/net/system-clock.ts";
import type { Language } from "../../shared/language.ts";
import { ok } from "../../shared/result.ts";
import { settingsSchema } from "../../shared/settings.ts";
import { bridgeMoments, playBridge } from "./bridge-fixture.ts";
import { healthMoments, playHealth } from "./health-fixture.ts";
import { desktopView, type PlayedDesktop, playDesktop } from "./desktop-fixture.ts";
import { billingCall, manyCalls, playHistory } from "./history-fixture.ts";
import { orderLookup, otherRows, playIntegrations } from "./integrations-fixture.ts";
import { panelFixtures } from "./panel-fixture.ts";
import { fixtureSettings } from "./panel-parts.ts";
import { playSimulations, simulationMoments } from "./simulations-fixture.ts";
import { type PlayedSetup, playSetup } from "./setup-fixture.ts";
import { updatesTo } from "./state-updates.ts";
import { quietPorts } from "./quiet-ports.ts";
import { memoryDrafts } from "./workshop-fixture.ts";

/** A moment of a round of practice for each thing that can become of it. */
const practised = (["used", "judged", "missed", "unseen", "nothing"] as const).map((outcome) => ({
  said: "I was charged twice and want a refund.",
  suggestions: outcome === "nothing" ? [] : [{ text: "I am sorry about that. Let me look at both charges.", used: outcome === "used" }],
  outcome,
  secondsToUse: outcome === "used" ? 3.2 : null,
}));

interface EveryViewOptions {
  readonly browser: Browser;
  readonly files: StaticFiles;
  readonly viewport: { readonly width: number; readonly height: number };
  readonly pageLanguage?: (state: Publisher["state"], preferred: readonly string[]) => Language;
}

/** The panel of a supervisor with something in all of its views, played from memory. */
export interface EveryView extends AsyncDisposable {
  readonly page: Page;
  readonly publisher: Publisher;
  readonly setup: PlayedSetup;
  readonly desktop: PlayedDesktop;
  readonly pageErrors: readonly string[];
}

export async function showEveryView({ browser, files, viewport, pageLanguage = () => "en" }: EveryViewOptions): Promise<EveryView> {
  await using opening = new AsyncDisposableStack();
  const now = systemClock.now();
  const settings = { ...fixtureSettings, role: "supervisor" as const };
  const publisher = opening.use(createPublisher({ settings, clock: systemClock }));
  for (const update of updatesTo({ ...panelFixtures.live(now), settings })) publisher.publish(update);
  const wallClock = (): number => systemClock.now();
  const simulations = playSimulations(publisher, wallClock);
  const bridge = playBridge(publisher, wallClock);
  const integrations = playIntegrations(publisher, wallClock);
  const health = playHealth(publisher, wallClock, healthMoments.noNetwork);
  const history = playHistory();
  const setup = playSetup(publisher);
  const desktop = playDesktop(publisher, desktopView());
  simulations.show(simulationMoments.finished(now));
  bridge.show(bridgeMoments.troubled(now));
  integrations.keep(orderLookup);
  integrations.show(otherRows(now));
  history.keep(billingCall(now - 3_600_000), ...manyCalls(now - 7_200_000, 40));
  const commands = createCommands(quietPorts(publisher, {
    simulations: () => simulations.commands,
    bridge: () => bridge.commands,
    integrations: () => integrations.commands,
    health: () => health.commands,
    history: () => history.commands,
    workshop: memoryDrafts(),
    updates: () => desktop.updates,
    practice: () => ({ start: async () => ok(null), stop: async () => ok(null), free: async () => ok(null), moments: async () => ok(practised) }),
    setup: () => setup.commands,
    changeSettings: async ({ display }) => {
      const before = publisher.state().settings;
      publisher.publish({ kind: "settings", settings: settingsSchema.parse({ ...before, display: { ...before.display, ...display } }) });
      return ok(null);
    },
  }));
  const loopback = opening.use(
    await serveLoopback({
      commands,
      publisher,
      files,
      clock: systemClock,
      random: randomBytes,
      pageLanguage: (preferred) => pageLanguage(() => publisher.state(), preferred),
      onBug: (error) => {
        throw new Error("a command failed by a bug", { cause: error });
      },
    }),
  );
  const context = await browser.newContext({ viewport });
  opening.defer(() => context.close());
  const page = await context.newPage();
  page.setDefaultTimeout(6_000);
  const pageErrors: string[] = [];
  page.on("pageerror", (error) => pageErrors.push(error.message));
  await page.goto(loopback.address());
  await page.locator(".panel").waitFor();
  const open = opening.move();
  return { page, publisher, setup, desktop, pageErrors, [Symbol.asyncDispose]: () => open.disposeAsync() };
}
