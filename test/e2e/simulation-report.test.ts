import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { launchBrowser } from "../../build/browser.ts";
import { htmlReport, type HtmlReportOptions } from "../../electron/simulations/report-html.ts";
import { accessibilityProblems } from "../support/accessibility.ts";
import { largeBatch, sampleBatch, sampleTurn } from "../support/sample-batch.ts";
import { type TempDirectory, tempDirectory } from "../support/temp-directory.ts";

const sample = sampleBatch();
const whole: HtmlReportOptions = { ...sample, baselineResults: sample.baseline.results };

let browser: Browser;
let directory: TempDirectory;
beforeAll(async () => {
  browser = await launchBrowser();
  directory = await tempDirectory();
});
afterAll(async () => {
  await browser.close();
  await directory[Symbol.asyncDispose]();
});

describe("the HTML report in a browser", () => {
  let page: Page;
  let requests: string[];
  let complaints: string[];

  beforeEach(async () => {
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    requests = [];
    complaints = [];
    page.on("request", (request) => requests.push(request.url()));
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("dialog", (dialog) => {
      complaints.push(dialog.message());
      void dialog.dismiss();
    });
  });
  afterEach(async () => {
    await page.close();
  });

  /** Opens the report from its file, as whoever got it by mail does. */
  const open = async (options: HtmlReportOptions): Promise<string> => {
    const file = join(directory.path, "report.html");
    await writeFile(file, htmlReport(options));
    const { href } = pathToFileURL(file);
    await page.goto(href);
    return href;
  };
  const shown = async (): Promise<readonly string[]> => page.locator(".case:visible h3").allTextContents();

  it.each(["light", "dark"] as const)("is accessible in %s, with everything unfolded", async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    await open(whole);
    expect(await accessibilityProblems(page)).toEqual([]);
    for (const summary of await page.locator("summary:visible").all()) await summary.click();
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it("is accessible on a narrow screen and scrolls nowhere sideways", async () => {
    await page.setViewportSize({ width: 400, height: 900 });
    await open(whole);
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(400);
  });

  it("is styled under its own policy, asks for nothing and complains of nothing", async () => {
    const href = await open(whole);
    expect(await page.locator(".figures").evaluate((element) => getComputedStyle(element).display)).toBe("grid");
    expect(requests).toEqual([href]);
    expect(complaints).toEqual([]);
  });

  it("filters by keyboard, without a script", async () => {
    await open(whole);
    expect(await shown()).toHaveLength(9);
    await page.getByLabel("Error 2").check();
    expect(await shown()).toEqual(["test_slow_tariff", "test_card_change"]);
    await page.keyboard.press("ArrowRight");
    expect(await shown()).toEqual(["test_thanks"]);
    await page.getByLabel("Broken since the baseline 2").check();
    expect(await shown()).toEqual(["test_order_in_other_words", "test_refund_order_number"]);
    await page.getByLabel("All 9").check();
    expect(await shown()).toHaveLength(9);
  });

  it("unfolds a case's turns and the cases that passed", async () => {
    await open(whole);
    const turn = page.getByText("I am doing fine, thank you for asking!");
    await expect.poll(() => turn.isVisible()).toBe(false);
    await page.locator("#case-test_order_in_other_words summary").click();
    expect(await turn.isVisible()).toBe(true);
    await page.getByText("51 cases passed").click();
    expect(await page.locator(".group tbody tr:visible").count()).toBe(51);
  });

  it("shows everything on paper, in dark ink even where the screen is dark", async () => {
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    await open(whole);
    expect(await page.getByText("I am doing fine, thank you for asking!").isVisible()).toBe(true);
    expect(await page.evaluate("getComputedStyle(document.body).color")).toBe("rgb(0, 0, 0)");
  });

  it("lets nothing that a bot said run or reach out", async () => {
    const hostile = `</p></script><script>alert(1)</script><img src="http://127.0.0.1:9/x" onerror="alert(2)"><a href="javascript:alert(3)">x</a><style>*{display:none}</style>`;
    const results = sample.batch.results.map((result) => ({ ...result, turns: [sampleTurn({ output: hostile, flowId: hostile, errorCode: hostile })], checks: result.checks.map((check) => ({ ...check, expected: hostile, actual: hostile })) }));
    const href = await open({ ...whole, batch: { ...sample.batch, suite: hostile, batchId: hostile, results } });
    expect(await page.locator("script, img, a[href^='javascript']").count()).toBe(0);
    expect(await page.getByText("<script>alert(1)</script>").first().isVisible()).toBe(true);
    expect(requests).toEqual([href]);
    expect(complaints).toEqual([]);
  });

  it("opens with 10,000 cases and filters them", async () => {
    const { suite, batch } = largeBatch(10_000);
    const verdicts = ["failed", "flaky", "inconclusive"] as const;
    const results = batch.results.map((result, index) => ({ ...result, verdict: verdicts[index % 3] ?? "failed" }));
    await open({ suite, batch: { ...batch, results }, comparison: null, trend: [] });
    expect(await page.locator(".case").count()).toBe(10_000);
    await page.locator("#show-flaky").check();
    expect(await page.evaluate(`[...document.querySelectorAll(".case")].filter((one) => one.checkVisibility()).length`)).toBe(3_333);
  });
});
