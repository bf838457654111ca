import type { Browser, Locator, Page } from "playwright-core";
import { createCommands } from "../../electron/host/commands.ts";
import { createPublisher, type Publisher } from "../../electron/host/publisher.ts";
import type { StaticFiles } from "../../electron/host/static-files.ts";
import { systemClock } from "../../electron/net/system-clock.ts";
import { ok } from "../../shared/result.ts";
import type { Role } from "../../shared/settings.ts";
import { type PlayedHistory, playHistory } from "./history-fixture.ts";
import { panelFixtures } from "./panel-fixture.ts";
import type { PanelHost } from "./panel-hosts.ts";
import { fixtureSettings } from "./panel-parts.ts";
import { updatesTo } from "./state-updates.ts";
import { memoryDrafts } from "./workshop-fixture.ts";

export const wide = { width: 1280, height: 800 };
export const docked = { width: 400, height: 900 };

/** What one waits for comes soon, or not at all. */
const TIMEOUT_MS = 12_000;

/** A panel on screen, with a past that is played from memory. */
export interface PastPanel extends AsyncDisposable {
  readonly page: Page;
  readonly publisher: Publisher;
  readonly played: PlayedHistory;
  readonly pageErrors: readonly string[];
}

interface PastPanelOptions {
  readonly browser: Browser;
  readonly files: StaticFiles;
  readonly viewport: { readonly width: number; readonly height: number };
  readonly role?: Role;
}

export async function showPast(host: PanelHost, { browser, files, viewport, role = "supervisor" }: PastPanelOptions): Promise<PastPanel> {
  const settings = { ...fixtureSettings, role };
  const publisher = createPublisher({ settings, clock: systemClock });
  const played = playHistory();
  const commands = createCommands({
    publisher,
    record: () => {},
    retryConnection: () => {},
    simulations: () => null,
    bridge: () => null,
    integrations: () => null,
    health: () => null,
    updates: () => null,
    history: () => played.commands,
    workshop: memoryDrafts(),
    practice: () => null,
    setup: () => null,
    viewing: () => {},
    changeSettings: async () => ok(null),
  });
  for (const update of updatesTo({ ...panelFixtures.live(systemClock.now()), settings })) publisher.publish(update);
  const shown = await host.show({ browser, commands, publisher, files, viewport });
  const pageErrors: string[] = [];
  shown.page.on("pageerror", (error) => pageErrors.push(error.message));
  shown.page.on("console", (message) => {
    if (message.type() === "error") pageErrors.push(message.text());
  });
  shown.page.setDefaultTimeout(TIMEOUT_MS);
  await shown.page.locator(".panel").waitFor();
  return {
    page: shown.page,
    publisher,
    played,
    pageErrors,
    async [Symbol.asyncDispose]() {
      await shown[Symbol.asyncDispose]();
      await publisher[Symbol.asyncDispose]();
    },
  };
}

/** Where a list is scrolled to once it has come to rest, px: rows that are measured for the first time still move it for some frames. */
export async function restOf(list: Locator): Promise<number> {
  return list.evaluate(async (element) => {
    const STILL_FRAMES = 10;
    let seen = element.scrollTop;
    for (let still = 0; still < STILL_FRAMES; still += 1) {
      await new Promise(requestAnimationFrame);
      if (element.scrollTop !== seen) still = 0;
      seen = element.scrollTop;
    }
    return seen;
  });
}
