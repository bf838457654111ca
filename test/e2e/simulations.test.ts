import type { Locator, Page } from "playwright-core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createPublisher } from "../../electron/host/publisher.ts";
import { systemClock } from "../../electron/net/system-clock.ts";
import type { PanelState } from "../../shared/panel-state.ts";
import type { CaseRow } from "../../shared/simulation-view.ts";
import { accessibilityProblems } from "../support/accessibility.ts";
import { panelFixtures } from "../support/panel-fixture.ts";
import { desktopHost, loopbackHost, type PanelHost } from "../support/panel-hosts.ts";
import { fixtureSettings } from "../support/panel-parts.ts";
import { docked, type PanelPage, showPanelPage, usePanelStage, wide } from "../support/panel-stage.ts";
import { manyCases, playSimulations, type PlayedSimulations, simulationMoments, type SimulationMomentName, viewUnderWay } from "../support/simulations-fixture.ts";
import { updatesTo } from "../support/state-updates.ts";

const stage = usePanelStage();

/** A panel on screen with simulations behind it. */
interface Shown extends PanelPage {
  readonly simulations: PlayedSimulations;
}

async function showPanel(host: PanelHost, viewport: { readonly width: number; readonly height: number }, role: "agent" | "supervisor" = "supervisor"): Promise<Shown> {
  const publisher = createPublisher({ settings: { ...fixtureSettings, role }, clock: systemClock });
  const simulations = playSimulations(publisher, () => systemClock.now());
  const live: PanelState = panelFixtures.live(systemClock.now());
  for (const update of updatesTo({ ...live, settings: { ...live.settings, role } })) publisher.publish(update);
  const shown = await showPanelPage(host, { stage, publisher, ports: { simulations: () => simulations.commands }, viewport });
  await shown.page.locator(".panel").waitFor();
  return { ...shown, simulations };
}

const wordsOf = async (locator: Locator): Promise<string> => (await locator.innerText()).replaceAll(/\s+/gu, " ").trim();

describe.each([loopbackHost, desktopHost])("simulations in the $name host", (host) => {
  let shown: Shown;
  let page: Page;

  beforeEach(async () => {
    shown = await showPanel(host, wide);
    page = shown.page;
  });
  afterEach(async () => {
    await shown[Symbol.asyncDispose]();
    expect(shown.pageErrors).toEqual([]);
  });

  const open = async (name?: SimulationMomentName): Promise<void> => {
    if (name !== undefined) shown.simulations.show(simulationMoments[name](systemClock.now()));
    await page.getByRole("navigation", { name: "Views" }).getByRole("button", { name: "Simulations" }).click();
    await page.locator(".sim").waitFor();
  };
  const calls = (name: string) => shown.simulations.calls.filter(([called]) => called === name);
  const cases = () => page.locator("[data-case]");
  const filter = (name: string) => page.getByRole("group", { name: "Cases to show" }).getByRole("button", { name: new RegExp(`^${name} `, "u") });

  it("is a press or a pair of keys away, keeps its state meanwhile, and leaves the strip where it is", async () => {
    await open("finished");
    await page.getByRole("searchbox").fill("refund");
    await expect.poll(() => cases().count()).toBe(1);
    await page.getByRole("searchbox").blur();
    await page.keyboard.press("g");
    await page.keyboard.press("l");
    await page.locator(".panel").waitFor();
    expect(await page.locator(".sim").isVisible()).toBe(false);
    await page.keyboard.press("g");
    await page.keyboard.press("s");
    await page.locator(".sim").waitFor();
    expect(await page.locator(".panel").count()).toBe(0);
    expect(await page.getByRole("searchbox").inputValue()).toBe("refund");
    await page.getByRole("contentinfo", { name: "Connection" }).waitFor();
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keyboard shortcuts" }).getByText("Go to Simulations").waitFor();
  });

  it("teaches where nothing is set up, and where there is no suite yet", async () => {
    await open();
    await page.getByRole("heading", { name: "Simulations are not set up" }).waitFor();
    await page.getByText("add the section “simulations” to the configuration").waitFor();
    shown.simulations.show(simulationMoments.noSuite());
    await page.getByRole("button", { name: "Use the example" }).click();
    await page.getByRole("heading", { name: "Billing bot, release 42" }).waitFor();
    await page.getByText("Nothing has run yet").waitFor();
    expect(calls("example")).toHaveLength(1);
  });

  it("sends a chosen file whole and in order, however long it is", async () => {
    await open("noSuite");
    const text = `cases: []\n${"# 好 \"quoted\"\n".repeat(30_000)}# end`;
    await page.locator("input[type=file]").first().setInputFiles({ name: "suite.yaml", mimeType: "text/yaml", buffer: Buffer.from(text) });
    await page.getByRole("heading", { name: "Billing bot, release 42" }).waitFor();
    expect(shown.simulations.suites).toEqual([text]);
    const parts = calls("load").map(([, name, part, count]) => [name, part, count]);
    expect(parts.length).toBeGreaterThan(3);
    expect(parts).toEqual(parts.map((_, index) => ["suite.yaml", index, parts.length]));
  });

  it("takes a file that is dropped anywhere, and lists what is wrong with it where it stands", async () => {
    await open("noSuite");
    await page.locator(".sim").evaluate((target) => {
      const data = new DataTransfer();
      data.items.add(new File(["cases: broken"], "billing-bot.yaml"));
      for (const type of ["dragenter", "dragover", "drop"]) target.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: data }));
    });
    await page.getByRole("heading", { name: "billing-bot.yaml has 1,204 problems" }).waitFor();
    const first = page.locator(".problem").first();
    expect(await wordsOf(first)).toBe("billing-bot.yaml:12:5 cases[0].expected_outcome.intent is missing; a text is needed");
    expect(await page.locator(".problem").count()).toBeLessThan(60);
    await page.locator(".problem-scroller").evaluate((element) => {
      element.scrollTop = element.scrollHeight;
    });
    await page.getByText("billing-bot.yaml:9003:5").waitFor();
  });

  it.each([
    ["notes.txt", Buffer.from("hello"), "is not a suite file"],
    ["suite.json", Buffer.from([0xff, 0xfe, 0x00, 0x41]), "is not UTF-8 text"],
    ["suite.csv", Buffer.alloc(20 * 1_024 * 1_024 + 1, 0x61), "has 20.1 MB. A suite may have 20 MB at most"],
  ])("refuses %s before anything is sent", async (name, buffer, words) => {
    await open("noSuite");
    await page.locator("input[type=file]").first().setInputFiles({ name, mimeType: "text/plain", buffer });
    await page.getByRole("alert").filter({ hasText: words }).waitFor();
    expect(calls("load")).toEqual([]);
  });

  it("runs with the repeats that were chosen, tells how far it is, and cancels in the same place", async () => {
    await open("ready");
    await page.getByRole("combobox", { name: "How often a failing case is run" }).selectOption("3");
    await page.getByRole("button", { name: "Run", exact: true }).click();
    await page.getByRole("button", { name: "Cancel", exact: true }).waitFor();
    expect(calls("run")).toEqual([["run", "all", 3]]);
    const status = page.locator(".status-line");
    await expect.poll(() => wordsOf(status)).toMatch(/^23 of 60 1\.6 a second Now: test_case_24/u);
    expect(await wordsOf(page.locator(".kpi"))).toMatch(/about 25 s left/u);
    expect(await page.getByRole("button", { name: "Cancel", exact: true }).evaluate((button) => document.activeElement === button)).toBe(true);
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Cancelling…" }).waitFor();
    expect(calls("cancel")).toHaveLength(1);
  });

  it("does not cancel with the second press of a double click", async () => {
    await open("ready");
    await page.getByRole("button", { name: "Run", exact: true }).dblclick();
    await page.getByRole("button", { name: "Cancel", exact: true }).waitFor();
    expect(calls("run")).toHaveLength(1);
    expect(calls("cancel")).toEqual([]);
  });

  it("runs again what failed, and takes up what was interrupted", async () => {
    await open("stopped");
    await page.getByRole("alert").filter({ hasText: "The batch has stopped; what ran before is kept. The platform cannot be reached." }).waitFor();
    await page.getByRole("button", { name: "Resume" }).click();
    await expect.poll(() => calls("run")).toEqual([["run", "resume", 1]]);
    shown.simulations.show(simulationMoments.finished(systemClock.now()));
    await page.getByRole("button", { name: "Run failed again" }).click();
    await expect.poll(() => calls("run")).toEqual([["run", "resume", 1], ["run", "failed", 1]]);
  });

  it("says why a batch could not begin, and what to do", async () => {
    await open("couldNotBegin");
    await page.getByRole("alert").filter({ hasText: "Found: token lacks bot:read." }).waitFor();
  });

  it("says a refusal where it was asked for", async () => {
    await open("ready");
    shown.simulations.refuse("run", { kind: "policy", code: "not-allowed", detail: "a batch is under way" });
    await page.getByRole("button", { name: "Run", exact: true }).click();
    await page.getByRole("alert").filter({ hasText: "Found: a batch is under way." }).waitFor();
  });

  it("filters, searches and sorts, and says so where nothing is found", async () => {
    await open("finished");
    await filter("Failed").click();
    await expect.poll(() => cases().count()).toBe(4);
    await page.keyboard.press("/");
    await page.keyboard.type("refund ORD_99");
    await expect.poll(() => cases().count()).toBe(1);
    await page.keyboard.type(" nowhere");
    await page.getByRole("heading", { name: "No case like this" }).waitFor();
    await page.getByRole("button", { name: "Show all cases" }).click();
    await page.getByRole("columnheader", { name: "Time" }).getByRole("button").click();
    expect(await cases().first().getAttribute("data-case")).toBe("test_case_01");
    await page.getByRole("columnheader", { name: "Time" }).getByRole("button").click();
    await expect.poll(() => cases().first().getAttribute("data-case")).toMatch(/^test_opening_hours/u);
    expect(await page.getByRole("columnheader", { name: "Time" }).getAttribute("aria-sort")).toBe("descending");
  });

  it("walks the rows by keyboard, and reads a case beside them", async () => {
    await open("finished");
    await page.keyboard.press("/");
    await page.keyboard.press("ArrowDown");
    const grid = page.getByRole("grid", { name: "Cases" });
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    const active = () => page.locator("[data-active=true]").getAttribute("data-case");
    await expect.poll(active).toBe("test_order_check");
    expect(await grid.getAttribute("aria-activedescendant")).toBe(await page.locator("[data-active=true]").getAttribute("id"));
    const panel = page.getByRole("region", { name: "Case test_order_check" });
    const intent = panel.getByRole("row", { name: /^Intent/u });
    await expect.poll(() => wordsOf(intent)).toBe("Intent check_order small_talk not as expected");
    expect(await wordsOf(panel)).toMatch(/In the baseline: Passed.*Turn 1 Flow flow_order_status Intent not reported.*FLOW_NOT_DEPLOYED: flow_order_status is not deployed/u);
    await page.keyboard.press("Enter");
    expect(await panel.evaluate((element) => document.activeElement === element)).toBe(true);
    await page.keyboard.press("Escape");
    await panel.waitFor({ state: "detached" });
    expect(await grid.evaluate((element) => document.activeElement === element)).toBe(true);
    await page.keyboard.press("End");
    await expect.poll(active).toBe("test_case_60");
    await page.keyboard.press("Home");
    await expect.poll(active).toMatch(/^test_opening_hours/u);
  });

  it("asks for the case that a held key stops at, and not for each on the way", async () => {
    await open("finished");
    await cases().first().click();
    await expect.poll(() => calls("details").length).toBe(1);
    for (let step = 0; step < 20; step += 1) await page.keyboard.press("ArrowDown", { delay: 0 });
    const last = await page.locator("[data-active=true]").getAttribute("data-case");
    await expect.poll(() => calls("details").at(-1)?.[1]).toBe(last);
    expect(calls("details").length).toBeLessThan(10);
  });

  it("shows the cases behind a bar of the coverage, and what no case visits by name", async () => {
    await open("finished");
    const coverage = page.getByRole("region", { name: "Coverage" });
    await coverage.locator("[data-missing=true]").filter({ hasText: "flow_invoice" }).filter({ hasText: "not visited" }).waitFor();
    await coverage.getByRole("button", { name: /^flow_small_talk/u }).click();
    await expect.poll(() => cases().count()).toBe(2);
    await page.getByRole("button", { name: "No longer only: flow_small_talk" }).click();
    await expect.poll(() => cases().count()).toBeGreaterThan(2);
    await coverage.getByText("flow_warranty").waitFor();
    await coverage.getByRole("img", { name: /from|Share of passed cases: 85 % in the first, 87 % in the last/u }).waitFor();
  });

  it("compares with the baseline: broken, mended, new, removed", async () => {
    await open("compared");
    await filter("Broken").click();
    await expect.poll(() => cases().count()).toBe(2);
    await filter("Mended").click();
    await expect.poll(() => cases().count()).toBe(1);
    await filter("New").click();
    await expect.poll(() => cases().count()).toBe(3);
    await filter("Removed").click();
    expect(await wordsOf(page.getByRole("region", { name: "In the baseline, not in this batch" }))).toBe("In the baseline, not in this batch test_fax_number test_telegram");
    await page.getByRole("button", { name: "Baseline" }).click();
    await page.getByRole("button", { name: "Pin this batch instead" }).click();
    await page.getByRole("button", { name: "Take the baseline away" }).click();
    await expect.poll(() => calls("pin")).toEqual([["pin", true], ["pin", false]]);
  });

  it("exports, tells where the file is, and copies the path", async () => {
    await open("finished");
    await page.getByRole("button", { name: "Export" }).click();
    await page.getByRole("button", { name: /^JUnit/u }).click();
    await page.getByText("/home/sam/Documents/Callside/batch-42.xml").waitFor();
    expect(calls("export")).toEqual([["export", "junit"]]);
    await page.getByRole("button", { name: "Copy path" }).click();
    await page.getByRole("button", { name: "Copied" }).waitFor();
    shown.simulations.refuse("export", { kind: "transport", code: "disk", detail: "the folder is read-only" });
    await page.getByRole("button", { name: /^HTML/u }).click();
    await page.getByRole("alert").filter({ hasText: "Found: the folder is read-only." }).waitFor();
  });

  it("moves nothing under the pointer while results come in, and offers to sort when all are there", async () => {
    const rows = manyCases(40);
    shown.simulations.show({ view: viewUnderWay(systemClock.now(), rows), rows });
    await open();
    await cases().nth(3).hover();
    const before = await cases().nth(3).evaluate((row) => [row.dataset["case"], row.getBoundingClientRect().top]);
    const failed: readonly CaseRow[] = rows.map((row, index) => ({ ...row, state: index % 2 === 0 ? "passed" : "failed", reasons: index % 2 === 0 ? [] : ["intent a → b", "next_flow c → d", "e"], durationMs: 500 }));
    shown.publisher.publish({ kind: "simulation-row-changes", changes: failed.slice(0, 30).map((row, index) => ({ index, row })) });
    await page.locator("[data-case=test_many_00003][data-state=failed]").waitFor();
    expect(await cases().nth(3).evaluate((row) => [row.dataset["case"], row.getBoundingClientRect().top])).toEqual(before);
    const over = simulationMoments.finished(systemClock.now()).view;
    const running = viewUnderWay(systemClock.now(), rows);
    shown.simulations.show({ view: { ...running, work: { kind: "idle" }, batch: { ...over.batch, batchId: "batch-many" } }, rows: failed });
    await page.getByRole("button", { name: "Sort again" }).waitFor();
    expect(await cases().nth(3).evaluate((row) => [row.dataset["case"], row.getBoundingClientRect().top])).toEqual(before);
    await page.getByRole("button", { name: "Sort again" }).click();
    await expect.poll(() => cases().nth(1).getAttribute("data-case")).toBe("test_many_00003");
  });
});

describe("what axe makes of simulations", () => {
  const open = async (name: SimulationMomentName): Promise<Shown> => {
    const shown = await showPanel(loopbackHost, wide);
    shown.simulations.show(simulationMoments[name](systemClock.now()));
    await shown.page.getByRole("button", { name: "Simulations" }).click();
    await shown.page.locator(".suite").waitFor();
    return shown;
  };

  it.each(Object.keys(simulationMoments) as readonly SimulationMomentName[])("is nothing to object to in either theme, wide or docked: %s", async (name) => {
    await using shown = await open(name);
    const { page, publisher } = shown;
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

  it("is nothing to object to in a case beside the table, in the menus and in an empty result", async () => {
    await using shown = await open("compared");
    const { page } = shown;
    await page.locator("[data-case=test_invoice_pdf]").click();
    await page.getByRole("region", { name: "Case test_invoice_pdf" }).getByText("sim-8841").waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole("button", { name: "Export" }).click();
    await page.getByRole("button", { name: /^JUnit/u }).click();
    await page.getByRole("button", { name: "Copy path" }).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await page.getByRole("searchbox").fill("nowhere");
    await page.getByRole("heading", { name: "No case like this" }).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
  });
});

describe("simulations at the docked width", () => {
  it("can be used: switch, run, choose a case and read it below, with nothing cut off at the side", async () => {
    await using shown = await showPanel(loopbackHost, docked);
    const { page } = shown;
    shown.simulations.show(simulationMoments.compared(systemClock.now()));
    await page.getByRole("button", { name: "Simulations" }).click();
    await page.locator("[data-case=test_order_check]").click();
    const panel = page.getByRole("region", { name: "Case test_order_check" });
    await panel.getByText("small_talk").first().waitFor();
    const table = await page.getByRole("grid").boundingBox();
    const details = await panel.boundingBox();
    expect(details?.y).toBeGreaterThanOrEqual((table?.y ?? 0) + (table?.height ?? 0));
    expect(table?.height).toBeGreaterThan(150);
    const overflow = await page.evaluate(() => [document.documentElement, ...document.querySelectorAll(".suite, .case-table, .side")].map((element) => element.scrollWidth - element.clientWidth));
    expect(Math.max(...overflow)).toBeLessThanOrEqual(0);
    await page.getByRole("button", { name: "Run", exact: true }).click();
    await page.getByRole("button", { name: "Cancel", exact: true }).waitFor();
    await page.getByRole("button", { name: "Live" }).click();
    await page.locator("article[data-suggestion]").first().waitFor();
    expect(shown.pageErrors).toEqual([]);
  });
});

describe("an agent", () => {
  it.each([wide, docked])("sees nothing of simulations, by no key either, at $width px", async (viewport) => {
    await using shown = await showPanel(loopbackHost, viewport, "agent");
    const { page } = shown;
    shown.simulations.show(simulationMoments.finished(systemClock.now()));
    await page.locator("article[data-suggestion]").first().waitFor();
    await page.keyboard.press("g");
    await page.keyboard.press("s");
    await page.keyboard.press("?");
    const help = page.getByRole("dialog", { name: "Keyboard shortcuts" });
    await help.waitFor();
    expect(await page.getByText(/simulation/iu).count()).toBe(0);
    expect(await page.getByRole("navigation").count()).toBe(0);
    expect(await page.locator(".sim").count()).toBe(0);
    const panel = await page.locator(".panel").boundingBox();
    // The mark of practice stands over everything; beside the talk there is nothing.
    const mark = await page.getByRole("complementary", { name: "Practice" }).boundingBox();
    expect([panel?.x, panel?.y, panel?.width]).toEqual([0, mark?.height, viewport.width]);
  });

  it("is led back to the talk when the role changes under way", async () => {
    await using shown = await showPanel(loopbackHost, wide);
    const { page, publisher } = shown;
    shown.simulations.show(simulationMoments.finished(systemClock.now()));
    await page.getByRole("button", { name: "Simulations" }).click();
    await page.locator(".sim").waitFor();
    const { settings } = publisher.state();
    publisher.publish({ kind: "settings", settings: { ...settings, role: "agent" } });
    await page.locator(".panel").waitFor();
    expect(await page.locator(".sim").count()).toBe(0);
  });
});

describe("ten thousand cases", () => {
  it("draw what is in sight alone, and that in its place, while 3,000 results come in over a table that was scrolled", async () => {
    await using shown = await showPanel(loopbackHost, wide);
    const { page, publisher } = shown;
    const rows = manyCases(10_000);
    shown.simulations.show({ view: viewUnderWay(systemClock.now(), rows), rows });
    await page.getByRole("button", { name: "Simulations" }).click();
    const cases = page.locator("[data-case]");
    await cases.first().waitFor();
    await page.locator(".case-table").evaluate((table) => table.scrollTo({ top: table.scrollHeight * 0.15 }));
    // Some way below the first in sight, and long before the last that gets a result.
    const inSight = page.locator("[data-case=test_many_01510]");
    await inSight.waitFor();
    const placeOf = () => inSight.evaluate((row) => row.getBoundingClientRect().top);
    const before = await placeOf();
    // Elements that come into the table while nobody scrolls it: what the page makes for results that nobody sees.
    await page.locator(".case-table").evaluate((table) => {
      const made: string[] = [];
      Object.assign(globalThis, { made });
      new MutationObserver((changes) => {
        for (const { addedNodes } of changes) for (const node of addedNodes) if (node instanceof Element && node.matches("[data-case]")) made.push(node.outerHTML);
      }).observe(table, { childList: true, subtree: true });
    });
    let current: readonly CaseRow[] = rows;
    for (let round = 0; round < 60; round += 1) {
      const changes = current.slice(round * 50, (round + 1) * 50).map((row, index) => {
        const at = round * 50 + index;
        const failed = at % 9 === 0;
        return { index: at, row: { ...row, state: failed ? ("failed" as const) : ("passed" as const), reasons: failed ? ["intent a → b"] : [], durationMs: 20 } };
      });
      current = current.toSpliced(round * 50, 50, ...changes.map(({ row }) => row));
      publisher.publish({ kind: "simulation-row-changes", changes });
      publisher.publish({ kind: "simulations", view: viewUnderWay(0, current) });
      if (round % 10 === 9) await page.locator(".status-done").filter({ hasText: `${((round + 1) * 50).toLocaleString("en")} of 10,000` }).waitFor();
    }
    expect(await inSight.getAttribute("data-state")).toBe("passed");
    expect(await placeOf()).toBe(before);
    expect(await page.evaluate(() => Reflect.get(globalThis, "made"))).toEqual([]);
    expect(await cases.count()).toBeLessThan(60);
    await page.getByRole("searchbox").fill("number 9999");
    await expect.poll(() => cases.count()).toBe(1);
  });
});
