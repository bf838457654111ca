import type { Locator } from "playwright-core";
import { createPublisher } from "../../electron/host/publisher.ts";
import { systemClock } from "../../electron/net/system-clock.ts";
import type { Role } from "../../shared/settings.ts";
import { type PlayedHistory, playHistory } from "./history-fixture.ts";
import { panelFixtures } from "./panel-fixture.ts";
import type { PanelHost } from "./panel-hosts.ts";
import { fixtureSettings } from "./panel-parts.ts";
import { updatesTo } from "./state-updates.ts";
import { type PanelPage, type PanelStage, showPanelPage, type Viewport } from "./panel-stage.ts";
import { memoryDrafts } from "./workshop-fixture.ts";

/** What one waits for comes soon, or not at all. */
const TIMEOUT_MS = 12_000;

/** A panel on screen, with a past that is played from memory. */
export interface PastPanel extends PanelPage {
  readonly played: PlayedHistory;
}

interface PastPanelOptions {
  readonly stage: PanelStage;
  readonly viewport: Viewport;
  readonly role?: Role;
}

export async function showPast(host: PanelHost, { stage, viewport, role = "supervisor" }: PastPanelOptions): Promise<PastPanel> {
  const settings = { ...fixtureSettings, role };
  const publisher = createPublisher({ settings, clock: systemClock });
  const played = playHistory();
  for (const update of updatesTo({ ...panelFixtures.live(systemClock.now()), settings })) publisher.publish(update);
  const shown = await showPanelPage(host, { stage, publisher, ports: { history: () => played.commands, workshop: memoryDrafts() }, viewport });
  shown.page.setDefaultTimeout(TIMEOUT_MS);
  await shown.page.locator(".panel").waitFor();
  return { ...shown, played };
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
