import type { Locator, Page } from "playwright-core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { BridgeCommands } from "../../electron/host/bridge-commands.ts";
import { createPublisher } from "../../electron/host/publisher.ts";
import { systemClock } from "../../electron/net/system-clock.ts";
import type { BridgeView } from "../../shared/bridge-view.ts";
import { accessibilityProblems } from "../support/accessibility.ts";
import { type BridgeMoment, bridgeMoments, type BridgeMomentName, bridgeView, deadLetterOf, deadLetters, playBridge, type PlayedBridge, uncertainReplies } from "../support/bridge-fixture.ts";
import { panelFixtures } from "../support/panel-fixture.ts";
import { desktopHost, loopbackHost, type PanelHost } from "../support/panel-hosts.ts";
import { fixtureSettings } from "../support/panel-parts.ts";
import { docked, type PanelPage, showPanelPage, usePanelStage, wide } from "../support/panel-stage.ts";
import { updatesTo } from "../support/state-updates.ts";

const stage = usePanelStage();

/** A window of 1280 x 800 at 200 %. */
const zoomed = { width: 640, height: 400 };

/** A panel on screen with a bridge behind it. */
interface Shown extends PanelPage {
  readonly bridge: PlayedBridge;
  readonly retried: readonly string[];
}

interface ShowOptions {
  readonly host?: PanelHost;
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly role?: "agent" | "supervisor";
  /** What stands between the page's commands and the bridge. */
  readonly through?: (commands: BridgeCommands) => BridgeCommands;
}

async function showPanel({ host = loopbackHost, viewport = wide, role = "supervisor", through = (commands) => commands }: ShowOptions = {}): Promise<Shown> {
  const publisher = createPublisher({ settings: { ...fixtureSettings, role }, clock: systemClock });
  const bridge = playBridge(publisher, () => systemClock.now());
  const bridgeCommands = through(bridge.commands);
  const retried: string[] = [];
  const live = panelFixtures.live(systemClock.now());
  for (const update of updatesTo({ ...live, settings: { ...live.settings, role } })) publisher.publish(update);
  const shown = await showPanelPage(host, { stage, publisher, ports: { retryConnection: (name) => void retried.push(name), bridge: () => bridgeCommands }, viewport });
  await shown.page.locator(".panel").waitFor();
  return { ...shown, bridge, retried };
}

const openBridge = async (page: Page): Promise<void> => {
  await page.getByRole("navigation", { name: "Views" }).getByRole("button", { name: /^Bridge/u }).click();
  await page.locator("main.overview h1").waitFor();
};
const wordsOf = async (locator: Locator): Promise<string> => (await locator.innerText()).replaceAll(/\s+/gu, " ").trim();
/** How far the page and its scrollers reach beyond their own width. */
const overflowOf = (page: Page): Promise<number> =>
  page.evaluate(() =>
    Math.max(...[document.documentElement, ...document.querySelectorAll(".overview-body, .matter-table, .matter-text, .kpi > div")].map((element) => element.scrollWidth - element.clientWidth)),
  );

describe("the bridge's view", () => {
  let shown: Shown;
  let page: Page;

  beforeEach(async () => {
    shown = await showPanel();
    page = shown.page;
  });
  afterEach(async () => {
    await shown[Symbol.asyncDispose]();
    expect(shown.pageErrors).toEqual([]);
  });

  const open = async (name: BridgeMomentName): Promise<void> => {
    shown.bridge.show(bridgeMoments[name](systemClock.now()));
    await openBridge(page);
  };
  const show = (moment: BridgeMoment): void => shown.bridge.show(moment);
  const withView = (view: BridgeView): void => shown.publisher.publish({ kind: "bridge", view });
  const calls = (name: keyof BridgeCommands) => shown.bridge.calls.filter(([called]) => called === name);
  const lines = () => page.locator("[data-matter]");
  const line = (index: number) => page.locator(`[data-matter="message-dead-${index}"]`);
  const grid = () => page.getByRole("treegrid");
  const active = () => page.locator("[data-active=true]").getAttribute("data-matter");

  it("is a press or a pair of keys away, and keeps its state meanwhile", async () => {
    await open("troubled");
    await page.getByRole("searchbox").fill("refund");
    await expect.poll(() => lines().count()).toBe(2);
    await page.getByRole("searchbox").blur();
    await page.keyboard.press("g");
    await page.keyboard.press("l");
    await page.locator(".panel").waitFor();
    expect(await page.locator("main.overview").isVisible()).toBe(false);
    await page.keyboard.press("g");
    await page.keyboard.press("b");
    await page.locator("main.overview").waitFor();
    expect(await page.getByRole("searchbox").inputValue()).toBe("refund");
    await page.getByRole("contentinfo", { name: "Connection" }).waitFor();
    await page.keyboard.press("?");
    const help = page.getByRole("dialog", { name: "Keyboard shortcuts" });
    await help.getByText("Go to Bridge").waitFor();
    await help.getByText("Discard", { exact: true }).waitFor();
  });

  it("is said in the rail to have something that waits, and no longer when nothing does", async () => {
    const entry = page.getByRole("navigation", { name: "Views" }).getByRole("button", { name: /^Bridge/u });
    expect(await wordsOf(entry)).toBe("Bridge");
    show(bridgeMoments.troubled(systemClock.now()));
    await page.getByRole("button", { name: "Bridge 14 waiting for a decision" }).waitFor();
    show(bridgeMoments.busy(systemClock.now()));
    await expect.poll(() => wordsOf(entry)).toBe("Bridge");
  });

  it("teaches where the bridge is off, and says that it is about to open", async () => {
    await open("off");
    await page.getByRole("heading", { name: "The bridge is off" }).waitFor();
    await page.getByText("set bridge.scope in it: “organisation” to answer every conversation").waitFor();
    show({ state: { kind: "connecting", since: systemClock.now(), attempt: 0 }, view: null });
    await page.getByRole("heading", { name: "Opening the bridge" }).waitFor();
    show({ state: { kind: "closed", since: systemClock.now() }, view: null });
    await page.getByRole("heading", { name: "The bridge is closed" }).waitFor();
    show(bridgeMoments.busy(systemClock.now()));
    await page.getByRole("heading", { name: "No message was given up" }).waitFor();
    withView(bridgeView(systemClock.now(), { answered: 4_212, queue: { waiting: 0, working: 0, oldestAt: null } }));
    await page.getByRole("heading", { name: "Every message was answered" }).waitFor();
    show(bridgeMoments.quiet(systemClock.now()));
    await page.getByRole("heading", { name: "No messages yet" }).waitFor();
    await page.getByText("Nothing has been measured yet.").waitFor();
    expect(await wordsOf(page.locator(".kpi"))).toBe(
      "Answered a minute — none received yet Waiting 0 0 in work Oldest wait — nothing waits Duplicates 0 dropped Still missing 0 no gaps Dead letters 0 none Uncertain 0 none",
    );
  });

  it("says why it was refused, and tries again when it is asked to", async () => {
    await open("inUse");
    const refusal = page.getByRole("main").getByRole("alert");
    expect(await wordsOf(refusal)).toMatch(/^Another Callside already does this work here\. .* Stop the other one, or give this one a bridge\.stateDirectory of its own\. Retry now/u);
    await refusal.getByRole("button", { name: "Retry now" }).click();
    await expect.poll(() => shown.retried).toEqual(["bridge"]);
    await refusal.getByText("A new connection was asked for").waitFor();
    show(bridgeMoments.credentials(systemClock.now()));
    await page.getByRole("alert").filter({ hasText: "Found: GENESYS_CLIENT_SECRET." }).waitFor();
    const state = page.getByRole("region", { name: "Connection to Genesys Cloud" });
    expect(await wordsOf(state)).toMatch(/^Refused since \d\d:\d\d:\d\d Retry now$/u);
    await state.getByRole("button", { name: "Retry now" }).click();
    await expect.poll(() => shown.retried).toEqual(["bridge", "bridge"]);
  });

  it("says in words what is wrong and what it does about it", async () => {
    await open("reconnecting");
    await page.getByText(/The connection to Genesys was lost 1\d s ago\. Next attempt in 1\d s\. What was taken is worked on/u).waitFor();
    await page.getByRole("button", { name: "Retry now" }).waitFor();
    show(bridgeMoments.fullDisk(systemClock.now()));
    await page.getByRole("alert").filter({ hasText: "The bridge cannot keep messages. Found: no space left on device." }).waitFor();
    await page.locator(".overview-head").getByText("Storage fails").waitFor();
    expect(await page.getByRole("button", { name: "Retry now" }).count()).toBe(0);
    show(bridgeMoments.troubled(systemClock.now()));
    await page.getByText(/Requests to bot\.example\.com failed five times in a row: tried again in 2\d s\. api\.mypurecloud\.com asked for a pause: tried again in \d s\. Messages wait, none is given up\./u).waitFor();
    await page.getByText("2 hosts paused").waitFor();
  });

  it("says nothing twice: notices of what it shows stand in the other views alone", async () => {
    const notice = (id: string, what: string) => ({ kind: "notice", notice: { id, level: "warning", what, effect: "", remedy: "", since: systemClock.now() } }) as const;
    shown.publisher.publish(notice("bridge-dead-letters", "There are dead letters."));
    shown.publisher.publish(notice("bridge-set-aside", "An inbox was set aside."));
    await page.locator(".banners").getByText("There are dead letters.").waitFor();
    await open("credentials");
    await page.locator(".overview .banners").getByText("An inbox was set aside.").waitFor();
    expect(await page.locator(".overview .banner").count()).toBe(1);
  });

  it("says in figures how it does", async () => {
    await open("troubled");
    expect(await wordsOf(page.locator(".kpi"))).toMatch(
      /^Answered a minute \d+ 4,031 of 4,212 in all Waiting 41 32 in work Oldest wait 1\d s came [\d:]+ Duplicates 37 dropped Still missing 3 of 21 missed Dead letters 12 to be decided Uncertain 2 to be decided$/u,
    );
    expect(await wordsOf(page.locator(".overview-head"))).toMatch(/^Bridge 2 hosts paused All conversations of the organisation · running since [\w :]+ · resume point 88,412 Connected since [\d:]+$/u);
    await page.getByRole("img", { name: /^\d+ messages answered in the last five minutes, at most \d+ a minute$/u }).waitFor();
  });

  it("says which way is slow, in a sentence, in words and in bars", async () => {
    await open("slowBot");
    await page.getByText("The bot takes 1.34 s (critical above 1 s); Genesys and replies are normal.").waitFor();
    expect(await wordsOf(page.getByRole("row", { name: /^Callside → bot/u }))).toMatch(/^Callside → bot asked until answered Critical 1\.34 s 1\.34 s 2\.95 s 4\.56 s$/u);
    expect(await wordsOf(page.getByRole("row", { name: /^Callside → Genesys/u }))).toMatch(/Normal 93 ms/u);
    await page.getByRole("img", { name: /^Callside → bot: .*up to 2\.5 s: 420, up to 5 s: 134, more than 5 s: 43$/u }).waitFor();
    expect(await page.getByRole("row", { name: /^Genesys → Callside/u }).textContent()).toContain("clock 240 ms ahead Genesys' clock is at least 240 ms ahead of this computer's: its way seems shorter by that.");
  });

  it("opens what was said and why it failed beneath a line, by pointer and by key", async () => {
    await open("troubled");
    await line(1).click();
    const details = page.locator(".matter-details");
    expect(await wordsOf(details)).toMatch(/^The customer wrote I was charged twice .* Received [\d:]+, given up [\d:]+ after 1 attempt\. The bot's answer holds no text\. .*Found: response is an empty text\..* Replay Discard…$/u);
    expect(await line(1).getAttribute("aria-expanded")).toBe("true");
    await line(1).click();
    await details.waitFor({ state: "detached" });
    await page.keyboard.press("/");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await expect.poll(active).toBe("message-dead-2");
    expect(await grid().getAttribute("aria-activedescendant")).toBe(await line(2).getAttribute("id"));
    await page.keyboard.press("Enter");
    await details.filter({ hasText: "hello??" }).waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowRight");
    await details.filter({ hasText: "late fee" }).waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Escape");
    await details.waitFor({ state: "detached" });
    expect(await grid().evaluate((element) => document.activeElement === element)).toBe(true);
    await page.keyboard.press("End");
    await expect.poll(active).toBe("message-dead-11");
    await page.keyboard.press("Home");
    await expect.poll(active).toBe("message-dead-0");
  });

  it("replays what was chosen, by pointer", async () => {
    await open("troubled");
    expect(await page.getByRole("button", { name: "Replay", exact: true }).isDisabled()).toBe(true);
    await line(0).locator(".matter-check").click();
    await line(4).locator(".matter-check").click();
    await page.getByText("2 chosen").waitFor();
    expect(await page.locator(".matter-details").count()).toBe(0);
    await page.getByRole("button", { name: "Replay", exact: true }).click();
    await page.getByText("2 messages are worked again").waitFor();
    expect(calls("replay")).toEqual([["replay", ["message-dead-0", "message-dead-4"]]]);
    await expect.poll(() => lines().count()).toBe(10);
    await page.getByRole("group", { name: "Which to show" }).getByRole("button", { name: "Dead letters 10" }).waitFor();
  });

  it("replays and discards by keyboard alone, and goes on at the next line", async () => {
    await open("troubled");
    await page.keyboard.press("/");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("r");
    await expect.poll(() => calls("replay")).toEqual([["replay", ["message-dead-0"]]]);
    await expect.poll(active).toBe("message-dead-1");
    await page.keyboard.press(" ");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press(" ");
    await page.keyboard.press("Delete");
    const question = page.getByRole("alertdialog", { name: "Discard 2 messages?" });
    await question.getByText("This cannot be undone.").waitFor();
    await page.keyboard.press("Enter");
    await question.waitFor({ state: "detached" });
    expect(calls("discard")).toEqual([]);
    expect(await grid().evaluate((element) => document.activeElement === element)).toBe(true);
    await page.keyboard.press("Delete");
    await question.waitFor();
    await page.keyboard.press("Escape");
    await question.waitFor({ state: "detached" });
    expect(calls("discard")).toEqual([]);
    await page.keyboard.press("Delete");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await expect.poll(() => calls("discard")).toEqual([["discard", ["message-dead-1", "message-dead-2"]]]);
    await page.getByText("2 messages discarded").waitFor();
    await expect.poll(() => grid().evaluate((element) => document.activeElement === element)).toBe(true);
    await page.keyboard.press("ControlOrMeta+a");
    await page.getByText("9 chosen").waitFor();
    await page.keyboard.press("Escape");
    await expect.poll(() => page.locator("[data-matter][aria-selected=true]").count()).toBe(0);
  });

  it("chooses all that are shown, and none at the second press", async () => {
    await open("troubled");
    const all = page.getByRole("checkbox", { name: "Choose all that are shown" });
    await page.getByRole("combobox", { name: "Reason" }).selectOption({ label: "The bot's answer holds no text. (4)" });
    await all.click();
    await page.getByText("4 chosen").waitFor();
    await all.click();
    expect(await page.locator("[data-matter][aria-selected=true]").count()).toBe(0);
    await line(1).locator(".matter-check").click();
    expect(await all.evaluate((box: HTMLInputElement) => box.indeterminate)).toBe(true);
    await all.click();
    await page.getByRole("button", { name: "Replay", exact: true }).click();
    await expect.poll(() => calls("replay")[0]?.[1]).toEqual(["message-dead-1", "message-dead-4", "message-dead-7", "message-dead-10"]);
  });

  it("replays all, also those that are not listed, after a question", async () => {
    await open("many");
    await page.getByText("The newest 200 of 1,204 are listed").waitFor();
    expect(await lines().count()).toBe(200);
    await page.getByRole("button", { name: "Replay all…" }).click();
    const question = page.getByRole("alertdialog", { name: "Replay all 1,204 dead letters?" });
    expect(await question.getByRole("button", { name: "Cancel" }).evaluate((button) => document.activeElement === button)).toBe(true);
    await question.getByRole("button", { name: "Replay all" }).click();
    await page.getByText("1,204 messages are worked again").waitFor();
    expect(calls("replay")).toEqual([["replay", null]]);
    await page.getByRole("heading", { name: "No dead letters" }).waitFor();
    await page.getByRole("button", { name: "Show them" }).click();
    await page.getByText("The newest 200 of 260 are listed").waitFor();
  });

  it("says a failure where it was asked for, and keeps what was chosen", async () => {
    await open("troubled");
    await line(0).locator(".matter-check").click();
    shown.bridge.refuse("replay", { kind: "transport", code: "disk", detail: "read-only" });
    await page.getByRole("button", { name: "Replay", exact: true }).click();
    await page.locator(".matter-bar").getByRole("alert").filter({ hasText: "That did not work. A file could not be read or written." }).waitFor();
    expect(await line(0).getAttribute("aria-selected")).toBe("true");
    await line(1).click();
    shown.bridge.refuse("replay", { kind: "policy", code: "not-found-here", detail: "already replayed" });
    await page.locator(".matter-details").getByRole("button", { name: "Replay" }).click();
    await page.locator(".matter-details").getByRole("alert").filter({ hasText: "This is no longer here." }).waitFor();
    expect(await page.locator(".matter-bar").getByRole("alert").count()).toBe(0);
    await page.locator(".matter-details").getByRole("button", { name: "Replay" }).click();
    await page.locator(".matter-details").waitFor({ state: "detached" });
    await expect.poll(() => grid().evaluate((element) => document.activeElement === element)).toBe(true);
  });

  it("settles uncertain replies as a person found them", async () => {
    show({ ...bridgeMoments.busy(systemClock.now()), view: bridgeView(systemClock.now(), { uncertain: { count: 5, list: uncertainReplies(systemClock.now(), 5) } }) });
    await openBridge(page);
    await lines().first().click();
    const details = page.locator(".matter-details");
    await details.getByText("Your parcel number 0 is on its way").waitFor();
    await details.getByText("Look into the conversation on the platform, then decide.").waitFor();
    await details.getByRole("button", { name: "It arrived" }).click();
    await expect.poll(() => lines().count()).toBe(4);
    expect(calls("settle")).toEqual([["settle", "message-uncertain-0", true]]);
    await lines().first().locator(".matter-check").click();
    await lines().nth(1).locator(".matter-check").click();
    await page.getByRole("button", { name: "Send again" }).click();
    await page.getByRole("alertdialog", { name: "Send 2 replies again?" }).getByText("the customer reads it twice").waitFor();
    await page.getByRole("alertdialog").getByRole("button", { name: "Send again" }).click();
    await page.getByText("2 replies are sent again").waitFor();
    expect(calls("settle").slice(1)).toEqual([["settle", "message-uncertain-1", false], ["settle", "message-uncertain-2", false]]);
    await page.getByRole("checkbox", { name: "Choose all that are shown" }).click();
    shown.bridge.refuse("settle", { kind: "policy", code: "not-found-here", detail: "settled by another" });
    await page.getByRole("button", { name: "It arrived" }).click();
    await page.getByText("1 reply settled as arrived").waitFor();
  });

  it("finds by words and reason, and says so where nothing is found", async () => {
    await open("troubled");
    await page.keyboard.press("/");
    await page.keyboard.type("chat-00 charged");
    await expect.poll(() => lines().count()).toBe(2);
    await page.getByText("2 of 12").waitFor();
    await page.keyboard.type(" nowhere");
    await page.getByRole("heading", { name: "Nothing like this" }).waitFor();
    await page.getByRole("button", { name: "Show all" }).click();
    await expect.poll(() => lines().count()).toBe(12);
    await page.getByRole("button", { name: "Uncertain replies 2" }).click();
    await expect.poll(() => lines().count()).toBe(2);
    await page.getByRole("button", { name: "Dead letters 12" }).click();
    await expect.poll(() => lines().count()).toBe(12);
  });

  /** Twelve dead letters; what is returned brings more of them on top. */
  const openTwelve = async (): Promise<(...ids: readonly string[]) => void> => {
    const now = systemClock.now();
    const list = deadLetters(now, 12);
    const view = bridgeView(now, { deadLetters: { count: 12, list } });
    show({ ...bridgeMoments.busy(now), view });
    await openBridge(page);
    await line(3).waitFor();
    return (...ids) => withView({ ...view, deadLetters: { count: 12 + ids.length, list: [...ids.map((id) => deadLetterOf(now, id, id)), ...list] } });
  };

  it("moves nothing under the pointer: new ones wait behind a count", async () => {
    const bring = await openTwelve();
    await line(3).hover();
    await page.mouse.move(640, 620);
    await page.mouse.move(641, 621);
    const top = () => line(3).evaluate((element) => element.getBoundingClientRect().top);
    const before = await top();
    bring("new-1", "new-2");
    const fresh = page.getByRole("button", { name: "2 new" });
    await fresh.waitFor();
    expect(await top()).toBe(before);
    // Nor on the way to the button that lets them in.
    await fresh.hover();
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    expect([await fresh.count(), await top()]).toEqual([1, before]);
    await fresh.click();
    await page.locator("[data-matter=new-1]").waitFor();
    expect(await lines().count()).toBe(14);
  });

  it("lets new ones in by keyboard, which goes on in the list", async () => {
    const bring = await openTwelve();
    await grid().focus();
    bring("new-1");
    await page.getByRole("button", { name: "1 new" }).press("Enter");
    await page.locator("[data-matter=new-1]").waitFor();
    expect(await grid().evaluate((element) => document.activeElement === element)).toBe(true);
  });

  it("stands still while figures of every length come in, and keeps what is being chosen", async () => {
    await open("troubled");
    const places = (): Promise<readonly string[]> =>
      page.evaluate(() =>
        [...document.querySelectorAll(".overview-head h1, .overview-head button, .kpi > div, .latency tr, .latency th, .latency svg, .throughput svg, .throughput .facts > div, .matters, .matter-bar button, .matter-bar input, .matter")].map((element) => {
          const { x, y, width, height } = element.getBoundingClientRect();
          return `${element.className} ${x} ${y} ${width} ${height}`;
        }),
      );
    const before = await places();
    expect(before.length).toBeGreaterThan(40);
    const now = systemClock.now();
    const start = bridgeMoments.troubled(now).view;
    for (let round = 1; round <= 12; round += 1) {
      const grown = 10 ** (round % 5);
      withView({
        ...structuredClone(start),
        received: start.received + round * grown,
        answered: start.answered + round * grown,
        duplicates: grown,
        queue: { waiting: round * 113, working: round, oldestAt: round % 2 === 0 ? null : now - grown * 100 },
        throughput: [...start.throughput.slice(round), ...Array.from({ length: round }, () => grown)],
        hops: start.hops.map((hop) => ({ ...hop, recentMs: grown, p50: grown, p95: grown * 2, p99: grown * 3, level: (["normal", "elevated", "critical"] as const)[round % 3] ?? null })),
        clockAheadMs: round > 6 ? grown : null,
      });
      if (round <= 4) await line(round - 1).locator(".matter-check").click();
      await page.locator(".kpi").getByText(`${round * 113}`.replace(/(\d)(\d{3})$/u, "$1,$2"), { exact: true }).waitFor();
      expect(await places()).toEqual(before);
    }
    await page.getByText("4 chosen").waitFor();
    expect(await overflowOf(page)).toBeLessThanOrEqual(0);
  });

  it("costs nothing while another view is in front", async () => {
    await open("busy");
    await page.keyboard.press("g");
    await page.keyboard.press("l");
    await page.locator(".panel").waitFor();
    await page.evaluate(() => {
      const hidden = document.querySelector("main.overview");
      if (hidden === null) throw new Error("the hidden view is not in the page");
      const seen: string[] = [];
      Object.assign(globalThis, { mutations: seen });
      new MutationObserver((records) => seen.push(...records.map(({ type }) => type))).observe(hidden, { subtree: true, childList: true, characterData: true, attributes: true });
    });
    for (let round = 1; round <= 5; round += 1) withView(bridgeView(systemClock.now(), { received: 5_000 + round, duplicates: round, deadLetters: { count: round, list: deadLetters(systemClock.now(), round) } }));
    await page.getByRole("button", { name: "Bridge 5 waiting for a decision" }).waitFor();
    expect(await page.evaluate(() => Reflect.get(globalThis, "mutations"))).toEqual([]);
    await openBridge(page);
    await expect.poll(() => lines().count()).toBe(5);
  });

  it("shows texts as they are, however long and in whatever script, and runs nothing of them", async () => {
    const now = systemClock.now();
    const texts = ['<img src=x onerror="document.title=\'run\'"> <b>bold</b>', "שלום, איפה החבילה שלי? ORD-99", `${"a long story ".repeat(769)}end`, "x".repeat(10_000), "one\nline\u0000 and\u202E another"];
    const list = Array.from({ length: 200 }, (_, index) =>
      deadLetterOf(now - index * 1_000, `message-dead-${index}`, texts[index % texts.length] ?? "", { conversationId: index === 0 ? `<i>${"conversation".repeat(30)}</i>` : `chat-${index}` }),
    );
    show({ ...bridgeMoments.busy(now), view: bridgeView(now, { deadLetters: { count: 200, list } }) });
    await openBridge(page);
    for (const index of [0, 1, 2, 3, 4]) {
      await line(index).click();
      const text = page.locator(".matter-text");
      await expect.poll(() => text.evaluate((element) => element.textContent)).toBe(texts[index]);
      expect((await text.boundingBox())?.height).toBeLessThanOrEqual(180);
      expect(await overflowOf(page)).toBeLessThanOrEqual(0);
    }
    await line(1).click();
    expect(await page.locator(".matter-text").evaluate((element) => getComputedStyle(element).direction)).toBe("rtl");
    expect(await page.locator(".matter-table img, .matter-table i").count()).toBe(0);
    expect(await page.title()).not.toBe("run");
    await page.getByRole("checkbox", { name: "Choose all that are shown" }).click();
    await page.locator(".matter-buttons").getByRole("button", { name: "Replay", exact: true }).click();
    await page.getByText("200 messages are worked again").waitFor();
    expect(calls("replay")[0]?.[1]).toHaveLength(200);
  });
});

describe("a command that takes its time", () => {
  it("is shown to be under way, and is not given twice", async () => {
    const gate = Promise.withResolvers<null>();
    await using shown = await showPanel({ through: (commands) => ({ ...commands, replay: async (ids) => (await gate.promise, commands.replay(ids)) }) });
    const { page } = shown;
    shown.bridge.show(bridgeMoments.troubled(systemClock.now()));
    await openBridge(page);
    await page.locator("[data-matter=message-dead-0] .matter-check").click();
    const replay = page.getByRole("button", { name: "Replay", exact: true });
    await replay.click();
    await page.locator("[data-matter=message-dead-0]").filter({ hasText: "being replayed" }).waitFor();
    await page.getByText("0 of 1…").waitFor();
    expect(await replay.isDisabled()).toBe(true);
    await page.getByRole("treegrid").focus();
    await page.keyboard.press("r");
    gate.resolve(null);
    await page.getByText("1 message is worked again").waitFor();
    expect(shown.bridge.calls).toHaveLength(1);
    expect(shown.pageErrors).toEqual([]);
  });
});

describe("what axe makes of the bridge's view", () => {
  it.each(Object.keys(bridgeMoments) as readonly BridgeMomentName[])("is nothing to object to in either theme, wide or docked: %s", async (name) => {
    await using shown = await showPanel();
    const { page, publisher } = shown;
    shown.bridge.show(bridgeMoments[name](systemClock.now()));
    await openBridge(page);
    for (const viewport of [wide, docked]) {
      await page.setViewportSize(viewport);
      for (const theme of ["light", "dark"] as const) {
        const { settings } = publisher.state();
        publisher.publish({ kind: "settings", settings: { ...settings, display: { ...settings.display, theme } } });
        await page.locator(`html[data-theme=${theme}]`).waitFor();
        expect(await accessibilityProblems(page)).toEqual([]);
      }
    }
  });

  it("is nothing to object to in an open line that is chosen, in a question, in a failure and in an empty result", async () => {
    await using shown = await showPanel();
    const { page } = shown;
    shown.bridge.show(bridgeMoments.troubled(systemClock.now()));
    await openBridge(page);
    await page.locator("[data-matter=message-dead-1] .matter-check").click();
    await page.locator("[data-matter=message-dead-1]").click();
    await page.locator(".matter-details").waitFor();
    shown.bridge.refuse("replay", { kind: "transport", code: "disk", detail: "read-only" });
    await page.locator(".matter-details").getByRole("button", { name: "Replay" }).click();
    await page.locator(".matter-details").getByRole("alert").waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.locator(".matter-buttons").getByRole("button", { name: "Discard…" }).click();
    await page.getByRole("alertdialog").waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await page.getByRole("searchbox").fill("nowhere");
    await page.getByRole("heading", { name: "Nothing like this" }).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
  });
});

describe("the bridge's view where room is short", () => {
  it.each([docked, zoomed])("can be used at $width px: nothing is cut off at the side, a line is opened and replayed", async (viewport) => {
    await using shown = await showPanel({ viewport });
    const { page } = shown;
    shown.bridge.show(bridgeMoments.troubled(systemClock.now()));
    await openBridge(page);
    expect(await overflowOf(page)).toBeLessThanOrEqual(0);
    await page.locator("[data-matter=message-dead-1]").click();
    await page.locator(".matter-details").getByText("The bot's answer holds no text.").waitFor();
    expect(await overflowOf(page)).toBeLessThanOrEqual(0);
    await page.locator(".matter-details").getByRole("button", { name: "Replay" }).click();
    await page.locator("[data-matter=message-dead-1]").waitFor({ state: "detached" });
    expect(shown.bridge.calls).toEqual([["replay", ["message-dead-1"]]]);
    expect(shown.pageErrors).toEqual([]);
  });
});

describe("who sees the bridge's view", () => {
  it("is no agent, by no key either", async () => {
    await using shown = await showPanel({ role: "agent" });
    const { page } = shown;
    shown.bridge.show(bridgeMoments.troubled(systemClock.now()));
    await page.locator("article[data-suggestion]").first().waitFor();
    await page.keyboard.press("g");
    await page.keyboard.press("b");
    await page.keyboard.press("?");
    const help = page.getByRole("dialog", { name: "Keyboard shortcuts" });
    await help.waitFor();
    expect(await help.getByText(/Go to Bridge|Discard/u).count()).toBe(0);
    expect(await page.getByRole("navigation").count()).toBe(0);
    expect(await page.locator("main.overview").count()).toBe(0);
  });

  it("is a supervisor in the desktop window, too", async () => {
    await using shown = await showPanel({ host: desktopHost });
    const { page } = shown;
    shown.bridge.show(bridgeMoments.troubled(systemClock.now()));
    await openBridge(page);
    await page.locator("[data-matter=message-dead-0] .matter-check").click();
    await page.getByRole("button", { name: "Replay", exact: true }).click();
    await page.getByText("1 message is worked again").waitFor();
    expect(shown.pageErrors).toEqual([]);
  });
});
