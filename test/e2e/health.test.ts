import type { Page } from "playwright-core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { rendererDirectory } from "../../build/build-renderer.ts";
import { createPublisher } from "../../electron/host/publisher.ts";
import { systemClock } from "../../electron/net/system-clock.ts";
import { healthAsText } from "../../renderer/health/health-as-text.ts";
import type { ConnectionName, ConnectionState } from "../../shared/connection.ts";
import { describeFault } from "../../shared/fault-table.ts";
import type { HealthView } from "../../shared/health.ts";
import { err, ok } from "../../shared/result.ts";
import type { Role } from "../../shared/settings.ts";
import { accessibilityProblems } from "../support/accessibility.ts";
import { type FixtureHost, serveFixture } from "../support/fixture-host.ts";
import { ALL, allLines, checkFault, healthMoments, type PlayedHealth, playHealth } from "../support/health-fixture.ts";
import { panelFixtures } from "../support/panel-fixture.ts";
import { desktopHost, loopbackHost, type PanelHost } from "../support/panel-hosts.ts";
import { docked, type PanelPage, showPanelPage, usePanelStage, wide } from "../support/panel-stage.ts";
import { updatesTo } from "../support/state-updates.ts";

const stage = usePanelStage();

interface Shown extends PanelPage {
  readonly played: PlayedHealth;
  readonly retried: readonly ConnectionName[];
}

async function showPanel(host: PanelHost, { role = "agent", viewport = docked }: { readonly role?: Role; readonly viewport?: typeof wide } = {}): Promise<Shown> {
  const live = panelFixtures.live(systemClock.now());
  const settings = { ...live.settings, role };
  const publisher = createPublisher({ settings, clock: systemClock });
  const played = playHealth(publisher, () => systemClock.now());
  const retried: ConnectionName[] = [];
  for (const update of updatesTo({ ...live, settings })) publisher.publish(update);
  const shown = await showPanelPage(host, { stage, publisher, ports: { retryConnection: (name) => void retried.push(name), health: () => played.commands }, viewport });
  await shown.page.locator(".panel").waitFor();
  return { ...shown, played, retried };
}

/** A panel for each test, and where to look on it. */
function panelIn(host: PanelHost) {
  let shown: Shown;
  beforeEach(async () => {
    shown = await showPanel(host);
  });
  afterEach(async () => {
    await shown[Symbol.asyncDispose]();
    expect(shown.pageErrors).toEqual([]);
  });

  const sheet = () => shown.page.getByRole("dialog", { name: "What is wrong" });
  const isIn = async (view: HealthView): Promise<void> => {
    shown.played.show(view);
    await shown.page.waitForFunction((number) => Number(document.documentElement.dataset["painted"] ?? -1) >= number, shown.publisher.snapshot().number);
  };
  return {
    shown: () => shown,
    sheet,
    isIn,
    button: (name: string) => sheet().getByRole("button", { name, exact: true }),
    subject: (name: string) => sheet().locator("details").filter({ has: shown.page.getByRole("heading", { name, exact: true }) }),
    answer: () => sheet().getByRole("heading", { level: 3 }).first(),
    asked: (what: string) => shown.played.asked.filter((one) => one === what).length,
    connection: (name: ConnectionName, state: ConnectionState): void => shown.publisher.publish({ kind: "connection", name, state, lastHeardAt: null }),
    /** Opens the page on a run that has come this far. */
    openOn: async (moment: keyof typeof healthMoments): Promise<void> => {
      await isIn(healthMoments[moment](systemClock.now()));
      await shown.page.keyboard.press("w");
      await sheet().locator(".health").waitFor();
    },
  };
}

describe.each([loopbackHost, desktopHost])("the page “what is wrong” in the $name host", (host) => {
  const { shown, sheet, isIn, button, subject, answer, asked, connection, openOn } = panelIn(host);
  let page: Page;
  let played: PlayedHealth;
  beforeEach(() => {
    ({ page, played } = shown());
  });

  it("runs the checks when it is opened, tells how far it is, and answers in one sentence", async () => {
    await page.keyboard.press("w");
    await answer().filter({ hasText: "Checking everything" }).waitFor();
    await expect.poll(() => asked("check")).toBe(1);
    await sheet().getByText(`14 of ${ALL}`, { exact: true }).waitFor();
    expect(await sheet().getByRole("progressbar", { name: "Checks done" }).evaluate((bar) => [bar.getAttribute("value"), bar.getAttribute("max")])).toEqual(["14", String(ALL)]);
    await isIn(healthMoments.allGood(systemClock.now()));
    await answer().filter({ hasText: "Nothing wrong was found" }).waitFor();
    expect(await sheet().getByRole("progressbar").count()).toBe(0);
    expect(await subject("Runtime tunnel").getByText("6 checks good, 273 ms").isVisible()).toBe(true);
    expect(await sheet().locator("details[open]").count()).toBe(0);
  });

  it("does not run them again so soon, and does where they are old", async () => {
    await openOn("allGood");
    await answer().filter({ hasText: "Nothing wrong was found" }).waitFor();
    await page.keyboard.press("Escape");
    await sheet().waitFor({ state: "detached" });
    expect(asked("check")).toBe(0);
    await isIn(healthMoments.allGood(systemClock.now() - 31_000));
    await page.keyboard.press("w");
    await expect.poll(() => asked("check")).toBe(1);
  });

  it("stops and runs again by one button that keeps the focus", async () => {
    await page.keyboard.press("w");
    await button("Stop").focus();
    await page.keyboard.press("Enter");
    await answer().filter({ hasText: "Stopped before everything was checked" }).waitFor();
    expect(await button("Run again").evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.press("Enter");
    await button("Stop").waitFor();
    expect(played.asked).toEqual(["check", "stop", "check"]);
  });

  it("says what the platform refuses, why and what to do, with the lines of that subject open", async () => {
    await openOn("refused");
    const { cause, remedy } = describeFault(checkFault("credentials", "the token endpoint answered 401", { status: 401 }));
    await answer().filter({ hasText: "The platform does not accept the credentials (Agent assist)" }).waitFor();
    const top = sheet().locator(".health-answer");
    await top.getByText(cause).waitFor();
    await top.getByText(remedy).waitFor();
    expect(await sheet().locator("details[open] h4").allTextContents()).toEqual(["Agent assist"]);
    const failed = subject("Agent assist").getByRole("listitem").filter({ hasText: "Signing in to the platform" });
    expect(await failed.innerText()).toMatch(/bank\.cognigy\.example:443[\s\S]*Found: the token endpoint answered 401[\s\S]*Failed\s*96 ms/u);
    await subject("Agent assist").getByText("the check before failed").waitFor();
  });

  it("puts the gravest on top, the other problems below it, and their words at their lines", async () => {
    await openOn("several");
    await answer().filter({ hasText: "The platform does not accept the credentials (Agent assist)" }).waitFor();
    expect(await sheet().locator(".health-also li").allTextContents()).toEqual(["The platform cannot be reached (Genesys bridge)", "A file could not be read or written (Storage)"]);
    await subject("Storage").getByText("Free some space or correct the folder's permissions.").waitFor();
  });

  it("makes one answer of a network that is gone", async () => {
    await openOn("noNetwork");
    await answer().filter({ hasText: "The platform cannot be reached (Agent assist, Genesys bridge and 1 more)" }).waitFor();
    expect(await sheet().locator(".health-also").count()).toBe(0);
    expect(await sheet().locator("details[open]").count()).toBe(3);
  });

  it("says of doubt that it works, and that nothing was there to be checked", async () => {
    await openOn("doubtful");
    await answer().filter({ hasText: "Works, but: the clock is 2 minutes behind the platform's" }).waitFor();
    await isIn(healthMoments.nothing(systemClock.now()));
    await answer().filter({ hasText: "Nothing could be checked" }).waitFor();
    expect(await button("Copy as text").isDisabled()).toBe(true);
  });

  it("keeps a subject as the person has set it", async () => {
    await openOn("refused");
    await subject("Agent assist").locator("summary").focus();
    await page.keyboard.press("Enter");
    await expect.poll(() => sheet().locator("details[open]").count()).toBe(0);
    await subject("Configuration").locator("summary").click();
    await isIn(healthMoments.several(systemClock.now()));
    await subject("Genesys bridge").locator("ul").waitFor();
    expect(await sheet().locator("details[open] h4").allTextContents()).toEqual(["Configuration", "Storage", "Genesys bridge"]);
  });

  it("reconnects where a connection is down, and only there", async () => {
    connection("stream", { kind: "rejected", since: systemClock.now(), fault: checkFault("credentials") });
    await openOn("refused");
    await button("Reconnect now").click();
    await sheet().getByText("Run the checks again to see whether it helped.").waitFor();
    expect(shown().retried).toEqual(["stream"]);
    connection("stream", { kind: "connected", since: systemClock.now() });
    await button("Reconnect now").waitFor({ state: "detached" });
  });

  it("opens the settings where the configuration is to be mended", async () => {
    await isIn({ state: "done", since: systemClock.now(), lines: allLines((one) => (one === "configuration" ? { kind: "bad", fault: checkFault("invalid-input", "panel.theme: found 7"), tookMs: null } : null)) });
    await page.keyboard.press("w");
    await button("Open settings").click();
    await page.getByRole("dialog", { name: "Settings" }).waitFor();
    expect(await sheet().count()).toBe(0);
  });

  it("copies as text what is shown", async () => {
    await openOn("several");
    await page.evaluate(() => {
      Object.defineProperty(navigator, "clipboard", { value: { writeText: async (text: string) => void Reflect.set(globalThis, "copiedText", text) } });
    });
    await button("Copy as text").click();
    await sheet().getByText("Copied", { exact: true }).waitFor();
    expect(await page.evaluate(() => Reflect.get(globalThis, "copiedText"))).toBe(healthAsText(shown().publisher.state().health));
    await isIn(healthMoments.allGood(systemClock.now() + 1));
    await sheet().getByText("Copied", { exact: true }).waitFor({ state: "detached" });
  });

  it("says before the export what is in it, then where it is, and copies the path", async () => {
    await openOn("allGood");
    await sheet().getByText("conversations, messages and suggestions").waitFor();
    const release = played.holdExport();
    await button("Export diagnostics").click();
    await sheet().getByText("Writing…").waitFor();
    await button("Export diagnostics").click({ force: true });
    release();
    await sheet().getByText("/home/agent/Downloads/callside-diagnostics.json").waitFor();
    expect(asked("export")).toBe(1);
    await page.evaluate(() => {
      Object.defineProperty(navigator, "clipboard", { value: { writeText: async (text: string) => void Reflect.set(globalThis, "copiedText", text) } });
    });
    await button("Copy path").click();
    await sheet().getByText("Copied", { exact: true }).waitFor();
    expect(await page.evaluate(() => Reflect.get(globalThis, "copiedText"))).toBe("/home/agent/Downloads/callside-diagnostics.json");
  });

  it("says why the file was not written", async () => {
    const full = checkFault("disk", "no space left on this disk");
    played.exportAs(err(full));
    await openOn("allGood");
    await button("Export diagnostics").click();
    const { what, remedy } = describeFault(full);
    const alert = sheet().getByRole("alert");
    await alert.getByText(what).waitFor();
    expect(await alert.innerText()).toContain(remedy);
    played.exportAs(ok("/tmp/after-all.json"));
    await button("Export diagnostics").click();
    await sheet().getByText("/tmp/after-all.json").waitFor();
    expect(await alert.count()).toBe(0);
  });

  it("says the answer once when it comes, not each line, and also where it was there", async () => {
    const said = () => sheet().locator(".health-answer output.visually-hidden").textContent();
    await page.keyboard.press("w");
    await answer().waitFor();
    await expect.poll(() => asked("check")).toBe(1);
    expect(await said()).toBe("");
    await isIn(healthMoments.refused(systemClock.now()));
    await expect.poll(said).toBe("The platform does not accept the credentials (Agent assist)");
    const live = await sheet().locator("output, [role=status], [role=alert], [aria-live]").allTextContents();
    expect(live.filter((text) => text !== "")).toEqual(["The platform does not accept the credentials (Agent assist)"]);
    await page.keyboard.press("Escape");
    await page.keyboard.press("w");
    await expect.poll(said).toBe("The platform does not accept the credentials (Agent assist)");
  });

  it("can be walked through by keyboard, and gives the focus back", async () => {
    await openOn("refused");
    await button("Run again").focus();
    const seen: string[] = [];
    for (let step = 0; step < 9; step += 1) {
      await page.keyboard.press("Tab");
      seen.push(await page.evaluate(() => document.activeElement?.textContent ?? ""));
    }
    expect(seen.map((text) => text.slice(0, 12))).toEqual(expect.arrayContaining(["Copy as text", "Callside2 che", "Agent assist"].map((text) => text.slice(0, 12))));
    await page.keyboard.press("Escape");
    await sheet().waitFor({ state: "detached" });
    await page.getByRole("contentinfo").getByRole("button").first().click();
    await page.getByRole("dialog", { name: "Connections" }).getByRole("button", { name: "What is wrong?" }).click();
    await sheet().locator(".health").waitFor();
  });
});

describe("the look of the page “what is wrong”", () => {
  const { shown, sheet, isIn, connection, openOn } = panelIn(loopbackHost);
  let page: Page;
  beforeEach(() => {
    ({ page } = shown());
  });

  it("comes forward where something outside of the panel asks for it", async () => {
    shown().publisher.publish({ kind: "focus", focus: { target: { kind: "health" }, number: 1 } });
    await sheet().locator(".health").waitFor();
  });

  it("is offered in a banner of trouble once that has lasted ten seconds", async () => {
    const fault = checkFault("network", "no route");
    const now = systemClock.now();
    const link = page.getByRole("region", { name: "Notices" }).getByRole("button", { name: "What is wrong?" });
    connection("stream", { kind: "reconnecting", since: now, attempt: 1, retryAt: now + 60_000, fault });
    await page.getByRole("button", { name: "Retry now" }).waitFor();
    expect(await link.count()).toBe(0);
    connection("stream", { kind: "reconnecting", since: now - 10_000, attempt: 4, retryAt: now + 60_000, fault });
    await link.waitFor();
    // A new attempt is the same trouble, though its state begins anew.
    connection("stream", { kind: "connecting", since: systemClock.now(), attempt: 4 });
    await page.getByText("Connecting, attempt 4").first().waitFor();
    expect(await link.count()).toBe(1);
    connection("stream", { kind: "connected", since: systemClock.now() });
    await link.waitFor({ state: "detached" });
    connection("stream", { kind: "reconnecting", since: systemClock.now(), attempt: 1, retryAt: now + 60_000, fault });
    await page.getByRole("button", { name: "Retry now" }).waitFor();
    expect(await link.count()).toBe(0);
    connection("stream", { kind: "connected", since: now });
    connection("tunnel", { kind: "rejected", since: now - 20_000, fault });
    await link.click();
    await sheet().locator(".health").waitFor();
  });

  it("is among the keys that help lists", async () => {
    await page.keyboard.press("?");
    const help = page.getByRole("dialog", { name: "Keyboard shortcuts" });
    expect(await help.locator("dl > div").filter({ hasText: "What is wrong" }).locator("kbd").textContent()).toBe("w");
  });

  it.each([docked, wide])("fits $width px with texts and targets beyond all measure, and with all words longer", async (viewport) => {
    await page.setViewportSize(viewport);
    await openOn("long");
    await sheet().locator("summary").last().click();
    expect(await overflow(page)).toEqual([]);
    for (const moment of ["several", "running", "allGood"] as const) {
      await isIn(healthMoments[moment](systemClock.now()));
      await lengthen(page);
      expect(await overflow(page)).toEqual([]);
    }
  });

  it.each(["light", "dark"] as const)("has no barrier that axe can find in the %s theme", async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    await openOn("several");
    expect(await accessibilityProblems(page)).toEqual([]);
    for (const moment of ["running", "allGood", "doubtful", "stopped", "nothing"] as const) {
      await isIn(healthMoments[moment](systemClock.now()));
      expect(await accessibilityProblems(page)).toEqual([]);
    }
  });

  it("moves nothing, however many checks run", async () => {
    await page.keyboard.press("w");
    await sheet().locator(".health").waitFor();
    expect(await page.evaluate(() => document.getAnimations().filter(({ playState }) => playState === "running").length)).toBe(0);
  });
});

describe("the page “what is wrong”", () => {
  it("is a supervisor's too, from every view", async () => {
    await using shown = await showPanel(loopbackHost, { role: "supervisor", viewport: wide });
    const { page } = shown;
    await page.keyboard.press("g");
    await page.keyboard.press("s");
    await page.locator("main.sim").waitFor();
    await page.keyboard.press("w");
    await page.getByRole("dialog", { name: "What is wrong" }).locator(".health").waitFor();
    expect(shown.pageErrors).toEqual([]);
  });

  it("says that the checks could not be run, and why", async () => {
    await using fixture = await showFixture();
    const { page } = fixture;
    await page.keyboard.press("w");
    const alert = page.getByRole("dialog", { name: "What is wrong" }).getByRole("alert");
    await alert.getByText("The checks could not be run.").waitFor();
    expect(await alert.innerText()).toContain("This is no longer here.");
    expect(await page.getByRole("heading", { name: "Checking everything" }).count()).toBe(0);
  });

  it("answers that Callside is not running where that is it, opened before or after, and goes on when it is back", async () => {
    await using fixture = await showFixture();
    const { page, host } = fixture;
    const sheet = page.getByRole("dialog", { name: "What is wrong" });
    await host.goAway();
    await page.locator('.frame[data-host="lost"]').waitFor();
    await page.keyboard.press("w");
    await sheet.getByRole("alert").getByText("Callside is not running").waitFor();
    await host.comeBack();
    await sheet.getByText("The checks could not be run.").waitFor();
    host.push({ kind: "health", view: healthMoments.allGood(systemClock.now()) });
    await sheet.getByRole("heading", { name: "Nothing wrong was found" }).waitFor();
    await host.goAway();
    await sheet.getByRole("alert").getByText("Callside is not running").waitFor();
    expect(await sheet.getByRole("heading", { name: "Nothing wrong was found" }).count()).toBe(0);
    await host.comeBack();
    await sheet.getByRole("heading", { name: "Nothing wrong was found" }).waitFor();
    expect(host.calls.filter(({ name }) => name === "health.check")).toHaveLength(1);
  });
});

interface ShownFixture extends AsyncDisposable {
  readonly page: Page;
  readonly host: FixtureHost;
}

/** The panel before a main that can go away, and that knows no checks. */
async function showFixture(): Promise<ShownFixture> {
  await using opening = new AsyncDisposableStack();
  const host = opening.use(await serveFixture(panelFixtures.live(systemClock.now()), rendererDirectory));
  const context = opening.adopt(await stage.browser.newContext({ viewport: docked }), (one) => one.close());
  const page = await context.newPage();
  await page.goto(host.url);
  await page.locator(".panel").waitFor();
  const open = opening.move();
  return { page, host, [Symbol.asyncDispose]: () => open.disposeAsync() };
}

/** Elements of the sheet that are wider than their place; what is meant for screen readers alone apart. */
function overflow(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const sheet = document.querySelector("dialog");
    if (sheet === null) return ["no sheet"];
    const { right, left } = sheet.getBoundingClientRect();
    return [...sheet.querySelectorAll("*")].flatMap((element) => {
      const box = element.getBoundingClientRect();
      const isOut = box.width > 1 && (box.right > right + 1 || box.left < left - 1);
      const isCut = element.clientWidth > 1 && getComputedStyle(element).display !== "inline" && element.scrollWidth > element.clientWidth + 1;
      return isOut || isCut ? [`${element.tagName} ${element.className} ${element.textContent?.slice(0, 40) ?? ""}`] : [];
    });
  });
}

/** Makes every word of the sheet 40 % longer, as another language would. */
async function lengthen(page: Page): Promise<void> {
  await page.evaluate(() => {
    const sheet = document.querySelector("dialog");
    if (sheet === null) return;
    const walker = document.createTreeWalker(sheet, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      node.nodeValue = (node.nodeValue ?? "").replaceAll(/\p{L}{2,}/gu, (word) => word + word.slice(0, Math.ceil(word.length * 0.4)));
    }
  });
}
