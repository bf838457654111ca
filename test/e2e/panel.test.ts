import * as fs from "node:fs/promises";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { buildRenderer, rendererDirectory, rendererIsFresh } from "../../build/build-renderer.ts";
import { createCommands, type DispositionEvent } from "../../electron/host/commands.ts";
import { createPublisher, type Publisher } from "../../electron/host/publisher.ts";
import { readStaticFiles, type StaticFiles } from "../../electron/host/static-files.ts";
import { systemClock } from "../../electron/net/system-clock.ts";
import type { SettingsPatch } from "../../shared/settings.ts";
import { ok } from "../../shared/result.ts";
import { accessibilityProblems } from "../support/accessibility.ts";
import { launchBrowser } from "../../build/browser.ts";
import { panelFixtures, type FixtureName } from "../support/panel-fixture.ts";
import { fixtureSettings, utterance } from "../support/panel-parts.ts";
import { desktopHost, loopbackHost, type ShownPanel } from "../support/panel-hosts.ts";
import { updatesTo } from "../support/state-updates.ts";

let browser: Browser;
let files: StaticFiles;

beforeAll(async () => {
  if (!(await rendererIsFresh())) await buildRenderer();
  const built = await readStaticFiles(rendererDirectory, fs);
  if (!built.ok) throw new Error(built.error.detail);
  files = built.value;
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
});

describe.each([loopbackHost, desktopHost])("the built panel in the $name host", (host) => {
  let publisher: Publisher;
  let shown: ShownPanel;
  let page: Page;
  let recorded: DispositionEvent[];
  let patches: SettingsPatch[];
  let pageErrors: string[];

  beforeEach(async () => {
    publisher = createPublisher({ settings: fixtureSettings, clock: systemClock });
    recorded = [];
    patches = [];
    pageErrors = [];
    const commands = createCommands({
      publisher,
      record: (event) => recorded.push(event),
      retryConnection: () => {},
      changeSettings: async (patch) => {
        patches.push(patch);
        const { settings } = publisher.state();
        const quiet = patch.display?.quiet ?? settings.display.quiet;
        publisher.publish({ kind: "settings", settings: { ...settings, display: { ...settings.display, quiet } } });
        return ok(null);
      },
    });
    shown = await host.show({ browser, commands, publisher, files });
    page = shown.page;
    page.on("pageerror", (error) => pageErrors.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error") pageErrors.push(message.text());
    });
  });
  afterEach(async () => {
    await shown[Symbol.asyncDispose]();
    await publisher[Symbol.asyncDispose]();
    expect(pageErrors).toEqual([]);
  });

  const showFixture = (name: FixtureName): void => {
    for (const update of updatesTo(panelFixtures[name](Date.now()))) publisher.publish(update);
  };
  /** Waits until everything published so far is on screen. */
  const painted = () =>
    expect
      .poll(async () => {
        const { number, state } = publisher.snapshot();
        return state === publisher.state() && (await page.getAttribute("html", "data-painted")) === String(number);
      })
      .toBe(true);
  const cards = () => page.locator("article[data-suggestion]");

  it("shows a call with its transcript and cards as they are published", async () => {
    showFixture("live");
    const view = publisher.state().interactions[0];
    const shownCards = view?.sets[0]?.set.suggestions ?? [];
    for (const { id, text } of shownCards) await page.locator(`[data-suggestion="${id}"]`, { hasText: text }).waitFor();
    await page.getByText(view?.utterances.at(-1)?.text.slice(0, 30) ?? "").first().waitFor();
  });

  it("adds what is said while it is said, as text whatever it contains", async () => {
    showFixture("live");
    await cards().first().waitFor();
    const id = publisher.state().interactions[0]?.interaction.id ?? "";
    const text = "<img src=x onerror=alert(1)> <b>really</b>";
    publisher.publish({ kind: "utterance", interactionId: id, utterance: utterance(Date.now(), 0, "customer", text) });
    await page.getByText(text).waitFor();
    expect(await page.locator("img[src=x]").count()).toBe(0);
  });

  it("tells main what the agent did with a card, and shows what main made of it", async () => {
    showFixture("live");
    await cards().first().waitFor();
    const before = await cards().count();
    const id = await cards().first().getAttribute("data-suggestion");
    await cards().first().getByRole("button", { name: "Helpful", exact: true }).click();
    await page.locator(`[data-suggestion="${id}"] [aria-pressed=true]`).waitFor();
    await cards().first().getByRole("button", { name: "Dismiss" }).click();
    await expect.poll(() => cards().count()).toBe(before - 1);
    const done = recorded.filter((event) => event.suggestionId === id).map((event) => event.disposition);
    expect(done).toEqual(expect.arrayContaining(["displayed", "helpful", "dismissed"]));
    await page.getByRole("button", { name: "Undo" }).first().click();
    await expect.poll(() => cards().count()).toBe(before);
    expect(recorded.at(-1)).toMatchObject({ suggestionId: id, disposition: "dismissed", undone: true });
  });

  it("copies the first card with the key 1", async () => {
    showFixture("live");
    await cards().first().waitFor();
    await page.keyboard.press("1");
    await expect.poll(() => recorded.map((event) => event.disposition)).toContain("copied");
  });

  it("changes a setting through main", async () => {
    showFixture("live");
    await cards().first().waitFor();
    await page.getByRole("switch", { name: /quiet/i }).or(page.getByRole("button", { name: /quiet/i })).first().click();
    await expect.poll(() => patches).toEqual([{ display: { quiet: true } }]);
  });

  it.each(Object.keys(panelFixtures) as readonly FixtureName[])("has nothing that axe objects to: %s", async (name) => {
    showFixture(name);
    await painted();
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it("would be objected to if it were wrong", async () => {
    showFixture("live");
    await painted();
    await page.evaluate(() => {
      const button = document.createElement("button");
      document.querySelector("main, body")?.append(button);
    });
    expect(await accessibilityProblems(page)).toEqual([expect.stringContaining("button-name")]);
  });
});
