import type { Page } from "playwright-core";
import { type Place, placeKeys, places } from "../../renderer/frame/places.ts";
import { systemClock } from "../../electron/net/system-clock.ts";
import type { PracticeScore, PracticeView } from "../../shared/practice.ts";
import { type ChatMomentName, chatMoments } from "./chat-fixture.ts";
import { updateMoments } from "./desktop-fixture.ts";
import type { EveryView } from "./every-view.ts";
import { setupSystem } from "./setup-fixture.ts";
import { updatesTo } from "./state-updates.ts";

/** Practice has calls to choose only where it is played. */
const usual = places.filter((place) => place !== "practice");
const sheets = { settings: ",", connections: "c", health: "w", help: "?" } as const;
const chats: readonly ChatMomentName[] = ["botAnswers", "states", "failed", "uncertain", "withheld", "deadLetter", "bridgeDown"];

/** Something of each view that is there once it is drawn with what it shows. */
const drawn = { live: ".cards-head", overview: ".over .trigger-table", history: ".past .past-line", workshop: ".shop-rules", simulations: ".sim .case-table, .sim [role=grid], .sim [role=table]", bridge: "main.overview h1", integrations: "main.int button", practice: ".practice" } as const;

const settled = (page: Page): Promise<unknown> => page.evaluate(() => Promise.all(document.getAnimations().map((one) => one.finished)).catch(() => {}));

/** Goes to a view by its keys, and waits until it stands. */
export async function goTo(page: Page, place: Place): Promise<void> {
  await page.keyboard.press("g");
  await page.keyboard.press(placeKeys[place]);
  await page.locator(drawn[place]).first().waitFor();
  await settled(page);
}

/** Shows every view and sheet, and the states in which they say most, one after the other. `look` hears each by its name. */
export async function walkEveryView(shown: EveryView, look: (name: string) => Promise<void>): Promise<void> {
  const { page } = shown;
  for (const place of usual) {
    await goTo(page, place);
    await look(place);
  }
  await goTo(page, "live");
  await walkSheets(shown, look);
  await walkSetup(shown, look);
  await walkPractice(shown, look);
  await goTo(page, "live");
  for (const moment of chats) {
    for (const update of updatesTo(chatMoments[moment](systemClock.now()))) if (update.kind !== "settings") shown.publisher.publish(update);
    await page.locator(".tab", { hasText: "Rivera" }).click();
    await page.locator(".composer").waitFor();
    // What leads to the newest line floats over the others by design.
    await page.keyboard.press("l");
    await page.locator(".latest").waitFor({ state: "hidden" });
    await settled(page);
    await look(`chat, ${moment}`);
  }
}

async function walkSheets({ page, publisher, desktop }: EveryView, look: (name: string) => Promise<void>): Promise<void> {
  const open = async (key: string, name: string): Promise<void> => {
    await page.keyboard.press(key);
    await page.locator("dialog[open]").waitFor();
    await page.locator("dialog[open] .splash-loading").waitFor({ state: "detached" });
    await settled(page);
    await look(name);
    await page.keyboard.press("Escape");
    await page.locator("dialog[open]").waitFor({ state: "detached" });
  };
  for (const [name, key] of Object.entries(sheets)) await open(key, name);
  desktop.show({ settings: { ...desktop.settings(), shortcuts: { show: null, copyFirst: "Control+Shift+F7", quiet: "Control+Shift+F7" } }, shortcuts: { show: "off", copyFirst: "taken", quiet: "clash" }, update: updateMoments.failed(systemClock.now()) });
  await open(sheets.settings, "settings of the desktop in trouble");
  const { settings } = publisher.state();
  const locks = [{ path: "assist", by: "machine", reason: "Compliance rule 7" }, { path: "panel.quiet", by: "flag", reason: "--set" }, { path: "panel.theme", by: "environment", reason: "CALLSIDE_THEME" }, { path: "desktop", by: "machine", reason: "" }] as const;
  publisher.publish({ kind: "settings", settings: { ...settings, locks } });
  await open(sheets.settings, "locked settings");
  publisher.publish({ kind: "settings", settings });
}

async function walkSetup({ page, setup }: EveryView, look: (name: string) => Promise<void>): Promise<void> {
  setup.show({ step: "welcome" });
  await page.locator(".welcome").waitFor();
  await look("welcome");
  const fault = { kind: "transport", code: "certificate", detail: "self signed" } as const;
  setup.show({
    step: "connect",
    vaultHindrance: "the key store is locked",
    systems: [
      setupSystem("assist", { kept: "changed", undoable: true, problems: [{ kind: "wrong", key: "orgDomain" }, { kind: "missing", key: "agentId" }], trial: { kind: "fails", step: "certificate", key: "tokenUrl", fault } }, { orgDomain: "a b" }),
      setupSystem("tunnel", { problems: [{ kind: "wrong", key: "tenant" }, { kind: "wrong", key: "botId" }, { kind: "elsewhere", found: "panel.theme: blue", allowed: "light" }] }, { tenant: "a b", botId: ".." }),
      setupSystem("bridge", { trial: { kind: "trying", step: "reach" }, problems: [{ kind: "wrong", key: "dialogUrl" }, { kind: "wrong", key: "orgId" }] }, { dialogUrl: "x", orgId: "y" }),
      setupSystem("integrations", { kept: "saved", undoable: true, trial: { kind: "works", passed: ["name", "reach", "certificate", "token", "scope", "connection"] } }, { tenantUrl: "https://tenant.example" }),
      setupSystem("simulations", { fixed: [{ key: "environment", value: "api.example", by: "machine", reason: "" }] }),
    ],
  });
  await page.locator(".setup-form").waitFor();
  await settled(page);
  const steps = page.locator(".setup-steps button");
  for (let step = 0; step < (await steps.count()); step += 1) {
    await steps.nth(step).click();
    await settled(page);
    await look(`first run, step ${step + 1}`);
  }
  await setup.commands.leave("panel");
  await page.locator("dialog[open]").waitFor({ state: "detached" });
}

const score = (id: string, callId: string, more: Partial<PracticeScore> = {}): PracticeScore => ({ id, callId, speed: 2, fault: "slow", startedAt: systemClock.now() - 90_000, endedAt: systemClock.now(), end: "finished", moments: 4, shown: 3, used: 2, missed: 1, secondsToUse: 3, ...more });
const tally = { moments: 2, shown: 2, used: 1, missed: 1 };

async function walkPractice({ page, publisher }: EveryView, look: (name: string) => Promise<void>): Promise<void> {
  const calls = ["charged-twice", "late-parcel"].map((id) => ({ id, title: "Charged twice, and the invoice is late", about: "A customer was charged twice in October and asks for the money back.", language: "en", channel: "voice", queue: "Billing", minutes: 2, moments: 3 }));
  const scores = [score("one", "charged-twice"), score("two", "late-parcel", { end: "stopped", fault: "dropping", used: 0, secondsToUse: null })];
  const show = (state: PracticeView["state"]): void => {
    publisher.publish({ kind: "practice", view: { calls, scores, state } });
  };
  show({ kind: "ready", scoreId: "one" });
  // The view is among those of this program once the page has heard of it.
  await page.locator(".practice-bar output").waitFor();
  await goTo(page, "practice");
  await look("practice, with a score");
  show({ kind: "running", callId: "charged-twice", interactionId: null, speed: 2, fault: "failing", since: systemClock.now(), tally });
  await look("practice, under way");
  await goTo(page, "live");
  await look("a call of practice");
  show({ kind: "free" });
  await look("free practice");
  publisher.publish({ kind: "practice", view: null });
}
