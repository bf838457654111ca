import type { Page } from "playwright-core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { accessibilityProblems } from "../support/accessibility.ts";
import { billingCall, manyCalls } from "../support/history-fixture.ts";
import { desktopHost, loopbackHost } from "../support/panel-hosts.ts";
import { docked, usePanelStage, wide } from "../support/panel-stage.ts";
import { type PastPanel, restOf, showPast } from "../support/past-panel.ts";

const stage = usePanelStage();

describe.each([loopbackHost, desktopHost])("the history in the $name host", (host) => {
  let shown: PastPanel;
  let page: Page;
  const now = Date.now();

  beforeEach(async () => {
    shown = await showPast(host, { stage, viewport: wide });
    ({ page } = shown);
    shown.played.keep(billingCall(now - 3_600_000), ...manyCalls(now - 7_200_000, 300));
  });
  afterEach(async () => {
    await shown[Symbol.asyncDispose]();
    expect(shown.pageErrors).toEqual([]);
  });

  const go = async (): Promise<void> => {
    await page.keyboard.press("g");
    await page.keyboard.press("h");
    await page.locator(".past h1").waitFor();
    await page.locator(".past-line").first().waitFor();
  };
  const field = () => page.getByRole("searchbox");
  const searches = (): readonly unknown[] => shown.played.calls.filter(([name]) => name === "search").map(([, input]) => Reflect.get(Object(input), "text"));

  it("searches as one types, marks what was found, and opens it at that line", async () => {
    await go();
    await page.keyboard.press("/");
    await page.keyboard.type("refund", { delay: 5 });
    await expect.poll(() => page.locator(".past-line").count()).toBe(1);
    await expect.poll(() => page.locator(".past-snippet mark").innerText()).toBe("refund");
    // The letters came faster than one waits for the end of a word.
    expect(searches().length).toBeLessThan(6);
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "David Johnson" }).waitFor();
    await page.locator('.past-row[data-begin="true"]').getByText("cancel").waitFor();
    expect(await page.locator(".past-set").first().innerText()).toMatch(/Customer said\s*refund/u);
  });

  it("tells each showing in the order in which it came, how late, what was done with it and what was withheld", async () => {
    await go();
    await page.locator(".past-line").first().click();
    const sets = page.locator(".past-set");
    await expect.poll(() => sets.count()).toBe(3);
    expect(await sets.nth(0).innerText()).toContain("0.8 s after it was said");
    expect(await sets.nth(0).innerText()).toContain("The platform took too long to answer.");
    const answer = await sets.nth(1).innerText();
    expect(answer).toContain("The answer came and took the fallback's place");
    expect(answer).toMatch(/on screen .*copied/su);
    expect(answer).not.toContain("not helpful");
    expect(answer).toContain("was never on screen");
    expect(answer).toContain("contains the prohibited phrase “guarantee full refund”");
    expect(await sets.nth(2).innerText()).toContain("policy withheld its one suggestion");
    await page.getByRole("button", { name: "Copy: I will open the refund for you now." }).click();
    await page.getByRole("button", { name: "Copied" }).waitFor();
  });

  it("shows the newest answer, whenever the others come", async () => {
    await go();
    const release = shown.played.hold("search");
    await field().fill("parcel number 7");
    await expect.poll(() => searches().includes("parcel number 7")).toBe(true);
    await field().fill("refund");
    await expect.poll(() => searches().includes("refund")).toBe(true);
    release();
    await expect.poll(() => page.locator(".past-line").allInnerTexts()).toEqual([expect.stringContaining("David Johnson")]);
  });

  it("reads on as one scrolls, keeps little in the page, and comes back to where one was", async () => {
    await page.setViewportSize(docked);
    await go();
    const list = page.getByRole("listbox");
    await list.focus();
    await page.keyboard.press("End");
    await expect.poll(() => searches().length).toBeGreaterThan(1);
    for (let rounds = 0; rounds < 30 && (await page.getByText("Customer 19", { exact: true }).count()) === 0; rounds += 1) await page.keyboard.press("End");
    await expect.poll(async () => {
      await page.keyboard.press("End");
      return list.evaluate((element) => Number(element.querySelector(".past-line:last-child")?.getAttribute("aria-posinset")));
    }).toBe(301);
    expect(await page.locator(".past-line").count()).toBeLessThan(40);
    const before = await restOf(list);
    await page.keyboard.press("Enter");
    await page.locator(".past-record .line").first().waitFor();
    await page.keyboard.press("Escape");
    await expect.poll(() => page.locator(".past-record").count()).toBe(0);
    expect(await restOf(list)).toBe(before);
    expect(await list.evaluate((element) => element === document.activeElement)).toBe(true);
    // And from another view.
    await page.keyboard.press("g");
    await page.keyboard.press("l");
    await page.locator(".panel").waitFor();
    await page.keyboard.press("g");
    await page.keyboard.press("h");
    await expect.poll(() => restOf(list)).toBe(before);
  });

  it("is walked with j and k, opened with Enter and left with Escape", async () => {
    await go();
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    await page.keyboard.press("k");
    await expect.poll(() => page.locator('.past-line[data-active="true"]').getAttribute("data-hit")).toBe("1");
    await page.keyboard.press("Enter");
    await page.locator(".past-record h2").filter({ hasText: "Customer 0" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByText("Choose an interaction to read it as it was.").waitFor();
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keyboard shortcuts" }).getByText("Search in the past").waitFor();
  });

  it("filters, says that nothing is like it, and leads back to everything", async () => {
    await go();
    await page.getByLabel("Queue").selectOption({ label: "Orders" });
    await page.getByLabel("Channel").selectOption({ label: "Chat" });
    await expect.poll(() => page.locator(".search span").innerText()).toBe("20");
    await page.getByRole("button", { name: "From–to" }).click();
    await page.getByLabel("From", { exact: true }).fill("2031-01-05");
    await page.getByText("The first day is after the last one.").waitFor();
    await page.getByLabel("From", { exact: true }).fill("0002-01-05");
    await page.getByText("Choose both days.").waitFor();
    await page.getByRole("button", { name: "Any time" }).click();
    await field().fill("nobody said this");
    await page.getByRole("heading", { name: "Nothing like this" }).waitFor();
    await page.getByRole("button", { name: "Look everywhere" }).click();
    await expect.poll(() => page.locator(".search span").innerText()).toBe("50 and more");
  });

  it("says that there is nothing to search for, and that what is too long was cut", async () => {
    await go();
    await field().fill("🙂 %");
    await page.getByRole("heading", { name: "Nothing to search for in “🙂 %”" }).waitFor();
    const middleOf = (selector: string): Promise<number> =>
      page.locator(selector).evaluate((element) => {
        const { left, width } = element.getBoundingClientRect();
        return left + width / 2;
      });
    for (const viewport of [docked, wide]) {
      await page.setViewportSize(viewport);
      expect(Math.abs((await middleOf(".past-found h2")) - (await middleOf(".search")))).toBeLessThan(1);
    }
    const said = page.getByText("No more than 500 characters are searched for");
    await field().fill("");
    expect(await said.count()).toBe(0);
    await field().focus();
    await page.keyboard.insertText("refund ".repeat(100));
    await said.waitFor();
    expect((await field().inputValue()).length).toBe(500);
    await page.getByRole("heading", { name: "Nothing like this" }).waitFor();
    expect(Math.max(...searches().map((text) => String(text).length))).toBe(500);
  });

  it("forgets one interaction only after a yes, takes it off the page, and says so", async () => {
    await go();
    await page.locator(".past-line").first().click();
    await page.getByRole("button", { name: "Forget this interaction…" }).click();
    const dialog = page.getByRole("alertdialog", { name: "Forget the interaction with David Johnson?" });
    await dialog.getByText("4 lines of what was said, 3 suggestions").waitFor();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    expect(shown.played.ids()).toContain("call-johnson");
    await page.getByRole("button", { name: "Forget this interaction…" }).click();
    shown.played.refuse("forget", { kind: "policy", code: "not-allowed", detail: "it is still going on" });
    await dialog.getByRole("button", { name: "Forget it" }).click();
    await page.getByText("It was not forgotten.").waitFor();
    await page.getByText("The conversation is still going on. Forget it once it has ended").waitFor();
    shown.played.refuse("forget", null);
    await page.getByRole("button", { name: "Forget this interaction…" }).click();
    await dialog.getByRole("button", { name: "Forget it" }).click();
    await page.getByText("Forgotten. Nothing of it is left in the history.").waitFor();
    expect(shown.played.ids()).not.toContain("call-johnson");
    expect(await page.locator(".past").innerText()).not.toContain("Johnson");
  });

  it("forgets everything about a customer after it has said how much that is", async () => {
    await go();
    await field().fill("parcel number 3");
    await page.locator(".past-line").filter({ hasText: "parcel number 3?" }).click();
    await page.getByRole("button", { name: "Forget everything about “Customer 3”…" }).click();
    const dialog = page.getByRole("alertdialog", { name: "Forget everything about “Customer 3”?" });
    await dialog.getByText("8 interactions with customers called Customer 3").waitFor();
    await dialog.getByRole("button", { name: "Forget 8 interactions" }).click();
    await page.getByText("Forgotten: 8 interactions.").waitFor();
    expect(shown.played.ids()).toHaveLength(293);
    expect(shown.played.calls.filter(([name]) => name === "count" || name === "forget customer")).toEqual([["count", "Customer 3"], ["forget customer", "Customer 3"]]);
    await expect.poll(() => page.getByText("Customer 3", { exact: true }).count()).toBe(0);
  });

  it("says which conversation of a customer stays because it still goes on, before it forgets the others and after", async () => {
    const [first] = manyCalls(now, 1);
    if (first === undefined) throw new Error("no call");
    const begun = now - 60_000;
    const { endedAt: _, ...interaction } = first.interaction;
    shown.played.keep({ ...first, interaction: { ...interaction, id: "live-3", customerName: "Customer 3", status: "live", startedAt: begun } });
    await go();
    await field().fill("parcel number 3");
    await page.locator(".past-line").filter({ hasText: "parcel number 3?" }).click();
    await page.getByRole("button", { name: "Forget everything about “Customer 3”…" }).click();
    const dialog = page.getByRole("alertdialog", { name: "Forget everything about “Customer 3”?" });
    await dialog.getByText("is still going on and stays").waitFor();
    await dialog.getByRole("button", { name: "Forget 8 interactions" }).click();
    await page.getByText(/^Forgotten: 8 interactions\..*is still going on and stays\./u).waitFor();
    expect(shown.played.ids()).toContain("live-3");
    await field().fill("");
    await page.locator(".past-line").filter({ hasText: "Customer 3" }).filter({ hasText: "Live" }).first().click();
    await page.getByRole("button", { name: "Forget everything about “Customer 3”…" }).click();
    await page.getByText(/^Nothing was forgotten yet\. The one that began on/u).waitFor();
  });

  it("says what is wrong, keeps what was found where the rest cannot be read, and tries again", async () => {
    await go();
    shown.played.refuse("search", { kind: "transport", code: "disk", detail: "the file is locked" });
    await page.getByRole("listbox").focus();
    await page.keyboard.press("End");
    await page.getByText("The rest could not be read.").waitFor();
    shown.played.refuse("search", null);
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByText("The rest could not be read.").waitFor({ state: "detached" });
    shown.played.refuse("search", { kind: "transport", code: "disk", detail: "the file is locked" });
    await field().fill("x");
    await page.getByText("The history could not be read.").waitFor();
    shown.played.refuse("search", { kind: "policy", code: "not-found-here", detail: "the history is off" });
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("heading", { name: "No history is kept" }).waitFor();
    shown.played.refuse("search", null);
  });

  it("shows what people say as text, however it looks, and does not grow wider than the page", async () => {
    const strange = billingCall(now);
    const markup = `<img src=x onerror="window.hurt=1"> ${"Donaudampfschifffahrt".repeat(30)} שלום`;
    shown.played.keep({ ...strange, interaction: { ...strange.interaction, id: "strange", customerName: "<b>B</b> שלום ".repeat(12) }, utterances: strange.utterances.map((one) => ({ ...one, text: markup, marks: [{ start: 0, end: 4 }] })) });
    await page.setViewportSize(docked);
    await go();
    await field().fill("onerror");
    await page.locator(".past-line").first().click();
    await page.locator(".past-record .line").first().waitFor();
    expect(await page.evaluate(() => [Reflect.get(window, "hurt"), document.documentElement.scrollWidth <= window.innerWidth])).toEqual([undefined, true]);
    expect(await page.locator(".past-record").evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true);
  });

  it.each(["light", "dark"] as const)("has nothing that hinders, %s", async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    await go();
    await field().fill("refund");
    await page.locator(".past-line").filter({ hasText: "Johnson" }).click();
    await page.locator(".past-set").first().waitFor();
    // While an answer is awaited the old lines are dimmed.
    await page.locator('.past-list:not([aria-busy="true"])').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.setViewportSize(docked);
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole("button", { name: "Forget this interaction…" }).click();
    expect(await accessibilityProblems(page)).toEqual([]);
  });
});

describe("an agent's history", () => {
  it("is reached by the menu of the talk, and left again", async () => {
    await using shown = await showPast(loopbackHost, { stage, viewport: docked, role: "agent" });
    const { page } = shown;
    shown.played.keep(billingCall(Date.now() - 3_600_000));
    expect(await page.getByRole("navigation", { name: "Views" }).count()).toBe(0);
    await page.getByRole("button", { name: "My figures and history" }).click();
    await page.getByRole("button", { name: /^History/u }).click();
    await page.locator(".past-line").first().waitFor();
    expect(await page.getByLabel("Agent").count()).toBe(0);
    expect(await page.getByRole("navigation", { name: "Views" }).getByRole("button").allInnerTexts()).toEqual(["Live", "My figures", "History"]);
    await page.getByRole("navigation", { name: "Views" }).getByRole("button", { name: "Live" }).click();
    await page.locator(".panel").waitFor();
    await page.keyboard.press("g");
    await page.keyboard.press("s");
    expect(await page.locator(".panel").count()).toBe(1);
    expect(shown.pageErrors).toEqual([]);
  });
});
