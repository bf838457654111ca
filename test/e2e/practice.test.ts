import type { Locator, Page } from "playwright-core";
import { describe, expect, it, onTestFinished } from "vitest";
import { accessibilityProblems } from "../support/accessibility.ts";
import { desktopHost, loopbackHost } from "../support/panel-hosts.ts";
import { docked, usePanelStage, watchErrors, wide } from "../support/panel-stage.ts";
import { practise } from "../support/practice-run.ts";

const stage = usePanelStage();

/** Less than anything in a call takes, and more than the panel's updates do. */
const MOMENT_MS = 20;

describe.each([loopbackHost, desktopHost])("practice in the $name host", (host) => {
  /** The whole program on the practice platform, in a page; its time goes on only here. */
  const open = async (viewport: { readonly width: number; readonly height: number } = wide, folder?: string) => {
    const run = await practise(folder);
    const shown = await host.show({ browser: stage.browser, files: stage.files, commands: run.desk.commands, publisher: run.desk.publisher, viewport });
    const { page } = shown;
    page.setDefaultTimeout(15_000);
    const errors = watchErrors(page);
    onTestFinished(async () => {
      await shown[Symbol.asyncDispose]();
      await run.close();
      expect(errors).toEqual([]);
    });
    await page.locator(".practice-bar").waitFor();
    /** Waits for what the page is to show, while the program's time goes on a little at a time. */
    const appears = (what: Locator): Promise<void> =>
      expect
        .poll(async () => {
          await run.clock.advance(MOMENT_MS);
          return what.count();
        })
        .toBeGreaterThan(0);
    const choose = async (title: string, speed = "4×"): Promise<void> => {
      await page.keyboard.press("g");
      await page.keyboard.press("p");
      await page.getByRole("radio", { name: title, exact: true }).check();
      await page.getByRole("radio", { name: speed, exact: true }).check();
    };
    const start = async (title: string, speed?: string): Promise<void> => {
      await choose(title, speed);
      await page.getByRole("button", { name: "Start", exact: true }).click();
      await appears(bar(page).getByRole("button", { name: "Stop" }));
    };
    return { ...run, page, appears, choose, start };
  };
  const bar = (page: Page): Locator => page.getByRole("complementary", { name: "Practice" });
  const body = (page: Page): Locator => page.locator("main.practice");

  it("marks every view, and the window, as practice", async () => {
    const { page } = await open();
    for (const place of ["l", "s", "i", "p"]) {
      await page.keyboard.press("g");
      await page.keyboard.press(place);
      await bar(page).getByText("Nothing here reaches a customer.").waitFor();
    }
    expect(await page.title()).toBe("Practice · Callside");
    await page.keyboard.press(",");
    await page.getByRole("dialog").waitFor();
    expect(await bar(page).isVisible()).toBe(true);
  });

  it("goes from the choice of a call to its score: the call plays alone, and each moment is listed with what was done", async () => {
    const { page, start, passUntil, talk, over, appears, state } = await open();
    await start("Charged twice");
    await page.locator(".panel").waitFor();
    await passUntil(() => (talk()?.sets.length ?? 0) === 1, 20_000);
    await appears(page.locator(".card"));
    await expect.poll(() => state().interactions[0]?.sets[0]?.cards).toSatisfy((cards: object | undefined) => Object.values(cards ?? {}).some((card: { readonly displayed: boolean }) => card.displayed));
    await page.locator(".card").first().click();
    await page.keyboard.press("Escape");
    await page.keyboard.press("1");
    await appears(bar(page).getByText("Charged twice · 1 of 1 used"));
    expect(state().interactions).toHaveLength(1);
    await passUntil(over, 40_000);
    await appears(bar(page).getByText(/^Call over: 1 of 3 used in .* s, \d missed$/u));
    await bar(page).getByRole("button", { name: "Score" }).click();
    // The way on stands with the score there.
    expect(await bar(page).getByRole("button").count()).toBe(0);
    const score = page.getByRole("region", { name: "Score: Charged twice" });
    await score.getByText("to its end").waitFor();
    const moments = score.getByRole("list", { name: "The moments of this call" });
    await moments.locator("> li").nth(2).waitFor();
    expect(await moments.locator("> li").count()).toBe(3);
    expect(await moments.locator("> li").first().textContent()).toContain("I'd like a refund for the second one");
    expect(await moments.locator("> li").first().locator(".tag").allTextContents()).toEqual(["used", "Used"]);
    await page.getByRole("region", { name: "Scores so far" }).getByRole("row").nth(1).getByText("1 of 3").waitFor();
  });

  it("goes on from a score: the same again, or the next call, as it was played", async () => {
    const { page, start, passUntil, talk, appears, view } = await open();
    await start("Charged twice", "2×");
    await passUntil(() => (talk()?.sets.length ?? 0) === 1, 30_000);
    await bar(page).getByRole("button", { name: "Stop" }).click();
    await appears(bar(page).getByText(/^Call over: 0 of 1 used/u));
    await bar(page).getByRole("button", { name: "Again" }).click();
    await appears(bar(page).getByText("Charged twice · 0 of 0 used"));
    expect(view().state).toMatchObject({ callId: "charged-twice", speed: 2, fault: "none" });
    await passUntil(() => (talk()?.sets.length ?? 0) === 1, 30_000);
    await bar(page).getByRole("button", { name: "Stop" }).click();
    await appears(bar(page).getByRole("button", { name: "Score" }));
    await bar(page).getByRole("button", { name: "Score" }).click();
    await body(page).getByText("Unfinished").first().waitFor();
    await body(page).getByRole("button", { name: "Next call" }).click();
    await appears(bar(page).getByText("Leaving for cheaper · 0 of 0 used"));
    expect(view().state).toMatchObject({ callId: "leaving-for-cheaper", speed: 2 });
  });

  it("chooses speed and platform by keyboard alone, says what a fault means, and starts with Enter", async () => {
    const { page, appears, view } = await open();
    await page.keyboard.press("g");
    await page.keyboard.press("p");
    await page.getByRole("radio", { name: "Charged twice" }).focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Tab");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Tab");
    await page.keyboard.press("ArrowRight");
    await body(page).getByText("Suggestions come after three seconds").waitFor();
    await page.keyboard.press("Enter");
    await appears(bar(page).getByRole("button", { name: "Stop" }));
    expect(view().state).toMatchObject({ kind: "running", callId: "leaving-for-cheaper", speed: 1.5, fault: "slow" });
  });

  it("lets calls follow by themselves again, and says where no call runs", async () => {
    const { page, start, passUntil, appears, state, view, give } = await open();
    await start("A new address");
    await passUntil(() => state().interactions.length === 1, 20_000);
    await bar(page).getByRole("button", { name: "Stop" }).click();
    await appears(bar(page).getByText("No call runs."));
    await page.locator(".panel").waitFor();
    await passUntil(() => state().interactions.every(({ interaction }) => interaction.status === "ended"), 5_000);
    for (const { interaction } of state().interactions) await give("interaction.close", { interactionId: interaction.id });
    await appears(page.getByRole("heading", { name: "No practice call runs" }));
    await page.locator(".empty").getByRole("button", { name: "Choose a call" }).click();
    await body(page).getByRole("button", { name: "Let calls follow by themselves" }).click();
    await appears(body(page).getByText("Calls follow one another by themselves."));
    expect(view().state).toEqual({ kind: "free" });
  });

  it("lists the scores of earlier starts, each to be opened, and tells one that was interrupted", async () => {
    const first = await practise();
    await first.give("practice.start", { callId: "parcel-in-the-rain", speed: 4, fault: "none" });
    await first.passUntil(() => (first.talk()?.sets.length ?? 0) === 1, 20_000);
    await first.act("displayed", "dismissed");
    await first.close();
    const { page } = await open(docked, first.dataFolder);
    await bar(page).getByRole("button", { name: "Choose a call" }).click();
    await body(page).getByRole("button", { name: /^Score of A parcel in the rain/u }).click();
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe("Score: A parcel in the rain");
    const score = page.getByRole("region", { name: "Score: A parcel in the rain" });
    await score.getByText("interrupted: Callside was closed").waitFor();
    await score.getByText("You dismissed it or said whether it helps.").waitFor();
    await score.getByRole("button", { name: "Close the score" }).click();
    expect(await score.count()).toBe(0);
  });

  it.each([
    ["wide and light", wide, "light"],
    ["docked and dark", docked, "dark"],
  ] as const)("has nothing that axe finds fault with, and nothing wider than the window: %s", async (_, viewport, colorScheme) => {
    const { page, start, passUntil, over, appears } = await open(viewport);
    await page.emulateMedia({ colorScheme });
    await start("Charged twice");
    await passUntil(over, 40_000);
    await appears(bar(page).getByRole("button", { name: "Score" }));
    await bar(page).getByRole("button", { name: "Score" }).click();
    await page.locator(".practice-moments > li").nth(2).waitFor();
    // However far down the list the call was chosen.
    await expect.poll(() => page.getByRole("heading", { name: "Score: Charged twice" }).evaluate((heading) => heading.getBoundingClientRect().top)).toBeLessThan(250);
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(viewport.width);
    expect(await body(page).locator(".practice-body").evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
    const shots = process.env["PRACTICE_SHOTS"];
    if (shots !== undefined) await page.screenshot({ path: `${shots}/${host.name}-score-${viewport.width}.png` });
    await body(page).locator(".practice-choice").scrollIntoViewIfNeeded();
    if (shots !== undefined) await page.screenshot({ path: `${shots}/${host.name}-choice-${viewport.width}.png` });
    await page.keyboard.press("g");
    await page.keyboard.press("l");
    if (shots !== undefined) await page.screenshot({ path: `${shots}/${host.name}-live-${viewport.width}.png` });
  });
});
