import type { Page } from "playwright-core";
import type { PanelDesk } from "../electron/app/panel-desk.ts";
import type { Sandbox } from "../electron/sandbox/sandbox.ts";
import type { BridgeView } from "../shared/bridge-view.ts";
import type { SteppedClock } from "./stepped-clock.ts";

/** As many customers at once, reading and writing so much faster than life, as make figures in the first minute. */
export const BUSY = { bridge: {}, chats: 6, speed: 3, loop: true } as const;
/** What the bot and the platform take for an answer, in ms; and the bot when it is slow. */
const BOT_MS = 180;
const REPLY_MS = 70;
const SLOW_BOT_MS = 1_200;
const ENOUGH_ANSWERS = 24;
const ENOUGH_LETTERS = 3;

/** What the pictures of the bridge's view need of the program at a standstill. */
interface BridgeScene {
  readonly desk: PanelDesk;
  readonly clock: SteppedClock;
  readonly sandbox: Sandbox;
  readonly shoot: (name: string, prepare: (page: Page) => Promise<void>) => Promise<void>;
}

/** The bridge as it should be; then some answers hold no text, the bot gets slow, and one letter is read. */
export async function shootBridge({ desk, clock, sandbox, shoot }: BridgeScene): Promise<void> {
  const view = (): BridgeView | null => desk.publisher.state().bridge;
  sandbox.setFault("dialog-latency", BOT_MS);
  sandbox.setFault("genesys-reply-latency", REPLY_MS);
  await clock.advanceUntil(() => (view()?.answered ?? 0) >= ENOUGH_ANSWERS);
  await shoot("bridge-working", openBridge);
  sandbox.setFault("dialog-answer", "empty");
  await clock.advanceUntil(() => (view()?.deadLetters.count ?? 0) >= ENOUGH_LETTERS);
  sandbox.setFault("dialog-answer", null);
  sandbox.setFault("dialog-latency", SLOW_BOT_MS);
  await clock.advanceUntil(() => view()?.hops.some(({ hop, level }) => hop === "bot" && level === "critical") ?? false);
  await shoot("bridge-trouble", async (page) => {
    await openBridge(page);
    await page.locator("[data-matter]").first().click();
    await page.locator(".matter-details").waitFor();
  });
  // The end of the scene waits for what is in hand, and time stands still then.
  await clock.advanceUntil(() => view()?.queue.working === 0 && view()?.queue.waiting === 0);
}

async function openBridge(page: Page): Promise<void> {
  await page.getByRole("navigation").getByRole("button", { name: /^Bridge/u }).click();
  await page.locator("main.overview h1").waitFor();
}
