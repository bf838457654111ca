import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "../../build/browser.ts";
import type { StaticFiles } from "../../electron/host/static-files.ts";
import { type Place, placeKeys, places } from "../../renderer/frame/places.ts";
import { languageOf } from "../../shared/language.ts";
import { builtPanel } from "../support/built-panel.ts";
import { showEveryView } from "../support/every-view.ts";
import { longer, withLongerTexts } from "../support/longer-texts.ts";

let browser: Browser;
let files: StaticFiles;

beforeAll(async () => {
  files = await builtPanel();
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
});

const sizes = [
  { width: 400, height: 900 },
  { width: 1280, height: 800 },
];

/** Practice has calls to choose only where it is played. */
const walked = places.filter((place) => place !== "practice");
const sheets = { settings: ",", connections: "c", health: "w", help: "?" } as const;

/** Something of each view that is there once it is drawn with what it shows. */
const drawn = { live: ".cards-head", overview: ".over .trigger-table", history: ".past .past-line", workshop: ".shop-rules", simulations: ".sim .case-table, .sim [role=grid], .sim [role=table]", bridge: "main.overview h1", integrations: "main.int button", practice: ".practice" } as const;

async function goTo(page: Page, place: Place): Promise<void> {
  await page.keyboard.press("g");
  await page.keyboard.press(placeKeys[place]);
  await page.locator(drawn[place]).first().waitFor();
  await page.evaluate(() => Promise.all(document.getAnimations().map((one) => one.finished)).catch(() => {}));
}

/** What is wrong with the page as it stands: words cut off in a button, buttons over one another, a page that is too wide. */
function unusable(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const named = (one: Element): string => `${one.className}: ${(one.textContent || one.getAttribute("aria-label") || "").trim().slice(0, 60)}`;
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) found.push(`the page is ${root.scrollWidth} wide in ${root.clientWidth}`);
    const around = (one: Element): readonly Element[] => (one.parentElement === null ? [] : [one.parentElement, ...around(one.parentElement)]);
    /** What runs out of a strip that can be moved aside is still within reach. */
    const scrollsAside = (one: Element): boolean => around(one).some((each) => each !== root && each !== document.body && /auto|scroll/u.test(getComputedStyle(each).overflowX));
    /** The part of a box that is not cut off by what scrolls around it. */
    const seen = (one: Element): DOMRect =>
      around(one)
        .filter((each) => getComputedStyle(each).overflowY !== "visible")
        .map((each) => each.getBoundingClientRect())
        .reduce((box, clip) => {
          const [left, top] = [Math.max(box.left, clip.left), Math.max(box.top, clip.top)];
          return new DOMRect(left, top, Math.max(0, Math.min(box.right, clip.right) - left), Math.max(0, Math.min(box.bottom, clip.bottom) - top));
        }, one.getBoundingClientRect());
    const scope = [...document.querySelectorAll("dialog[open]")].at(-1) ?? document;
    const shown = [...scope.querySelectorAll("button, [role=tab], select, input, summary")].filter((one) => {
      const box = one.getBoundingClientRect();
      return one.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && box.width > 1 && box.height > 1 && box.left < innerWidth && box.top < innerHeight && box.bottom > 0 && one.closest(".visually-hidden") === null;
    });
    for (const one of shown.filter((each) => each.tagName === "BUTTON")) {
      // What is long by nature, such as a name, may end in three dots.
      const dotted = [one, ...one.querySelectorAll("*")].some((part) => getComputedStyle(part).textOverflow === "ellipsis");
      if (!dotted && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 4)) found.push(`cut: ${named(one)} (${one.scrollWidth}x${one.scrollHeight} in ${one.clientWidth}x${one.clientHeight})`);
      const { left, right } = one.getBoundingClientRect();
      if ((right > innerWidth + 1 || left < -1) && !scrollsAside(one)) found.push(`beyond the edge: ${named(one)}`);
    }
    for (const [index, one] of shown.entries()) {
      const a = seen(one);
      for (const other of shown.slice(index + 1)) {
        const b = seen(other);
        const apart = a.right <= b.left + 2 || b.right <= a.left + 2 || a.bottom <= b.top + 2 || b.bottom <= a.top + 2;
        if (apart || one.contains(other) || other.contains(one)) continue;
        const at = (x: number, y: number): Element | null => document.elementFromPoint(x, y);
        const [middleA, middleB] = [at((a.left + a.right) / 2, (a.top + a.bottom) / 2), at((b.left + b.right) / 2, (b.top + b.bottom) / 2)];
        if (middleA !== null && middleB !== null && one.contains(middleA) && other.contains(middleB)) found.push(`one over the other: ${named(one)} / ${named(other)}`);
      }
    }
    return found;
  });
}

describe.each(sizes)("with texts that are 40 % longer, at $width x $height", (viewport) => {
  it("stays usable in every view and sheet", { timeout: 120_000 }, async () => {
    await using shown = await showEveryView({ browser, files: withLongerTexts(files), viewport });
    const { page } = shown;
    const wrong: Record<string, readonly string[]> = {};
    const look = async (name: string): Promise<void> => {
      const found = await unusable(page);
      if (found.length > 0) wrong[name] = found;
    };
    for (const place of walked) {
      await goTo(page, place);
      await look(place);
    }
    expect(await page.title()).toContain("Callside");
    await goTo(page, "live");
    for (const [name, key] of Object.entries(sheets)) {
      await page.keyboard.press(key);
      await page.locator("dialog[open]").waitFor();
      await page.waitForLoadState("networkidle");
      await look(name);
      if (name === "settings") expect(await page.locator("dialog[open] h2").first().innerText()).toBe(longer("Settings"));
      await page.keyboard.press("Escape");
      await page.locator("dialog[open]").waitFor({ state: "detached" });
    }
    expect(wrong).toEqual({});
    expect(shown.pageErrors).toEqual([]);
  });
});

describe.each(sizes)("in German, at $width x $height", (viewport) => {
  it("stays usable in every view", { timeout: 120_000 }, async () => {
    await using shown = await showEveryView({ browser, files, viewport, pageLanguage: () => "de" });
    const wrong: Record<string, readonly string[]> = {};
    for (const place of walked) {
      await goTo(shown.page, place);
      const found = await unusable(shown.page);
      if (found.length > 0) wrong[place] = found;
    }
    expect(wrong).toEqual({});
    await goTo(shown.page, "live");
    await shown.page.locator(".cards-head").getByRole("button", { name: "zurückgehalten" }).waitFor();
    const head = await shown.page.locator(".cards-head").evaluate(({ children }) => [...children].map((child) => child.getBoundingClientRect()).filter(({ height }) => height > 0).map(({ y, height }) => Math.round(y + height / 2)));
    expect(Math.max(...head) - Math.min(...head), "the head of the suggestions stands in one line").toBeLessThan(8);
    expect(shown.pageErrors).toEqual([]);
  });
});

it("changes its language where it stands: the page is loaded again in the other one, with the settings open", async () => {
  await using shown = await showEveryView({ browser, files, viewport: sizes[1] ?? { width: 1280, height: 800 }, pageLanguage: (state, preferred) => languageOf(state().settings.display.language, preferred) });
  const { page } = shown;
  expect(await page.locator("html").getAttribute("lang")).toBe("en");
  await goTo(page, "history");
  await page.keyboard.press(",");
  await page.getByRole("combobox", { name: "Language of the panel" }).selectOption("de");
  await page.getByRole("dialog", { name: "Einstellungen" }).waitFor();
  expect(await page.locator("html").getAttribute("lang")).toBe("de");
  expect(await page.getByRole("combobox", { name: "Sprache des Panels" }).inputValue()).toBe("de");
  await page.keyboard.press("Escape");
  await page.getByRole("heading", { level: 1, name: "Verlauf" }).waitFor();
  expect(shown.pageErrors).toEqual([]);
});
