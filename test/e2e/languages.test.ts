import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { languageOf } from "../../shared/language.ts";
import { showEveryView } from "../support/every-view.ts";
import { goTo, walkEveryView } from "../support/view-walk.ts";
import { docked, usePanelStage, wide } from "../support/panel-stage.ts";
import { longer, withLongerTexts } from "../support/longer-texts.ts";

const stage = usePanelStage();
const sizes = [docked, wide];

/** What is wrong with the page as it stands: words cut off in a button, buttons or words over one another, a page that is too wide. */
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
    const hasGround = (one: Element): boolean => {
      const { backgroundColor, backgroundImage } = getComputedStyle(one);
      return backgroundImage !== "none" || !/^(?:transparent|rgba\(.*, 0(?:\.\d+)?\)|.* \/ 0(?:\.\d+)?\))$/u.test(backgroundColor);
    };
    /** Where the words of an element itself stand, as far as they are to be seen. */
    const words = (one: Element): readonly DOMRect[] =>
      [...one.childNodes].flatMap((node) => {
        if (node.nodeType !== Node.TEXT_NODE || (node.textContent ?? "").trim() === "") return [];
        const range = document.createRange();
        range.selectNodeContents(node);
        return [...range.getClientRects()];
      });
    const told = [...scope.querySelectorAll("p, span, small, strong, b, h1, h2, h3, h4, dt, dd, th, td, label, legend, output, code")]
      .filter((one) => one.closest(".visually-hidden, svg") === null && one.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
      .flatMap((one) => words(one).map((box) => ({ one, box })))
      .filter(({ box }) => box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth);
    for (const [index, { one, box: a }] of told.entries()) {
      for (const { one: other, box: b } of told.slice(index + 1)) {
        if (one === other) continue;
        const [left, right, top, bottom] = [Math.max(a.left, b.left), Math.min(a.right, b.right), Math.max(a.top, b.top), Math.min(a.bottom, b.bottom)];
        if (right - left < 4 || bottom - top < 6) continue;
        // What is cut off there by what scrolls, or lies under a ground of its own, is not read over the other.
        const at = document.elementsFromPoint((left + right) / 2, (top + bottom) / 2);
        const [upper, lower] = [at.indexOf(one), at.indexOf(other)].toSorted((x, y) => x - y);
        if (upper === undefined || lower === undefined || upper < 0) continue;
        if (!at.slice(upper, lower).some(hasGround)) found.push(`words over words: ${named(one)} / ${named(other)}`);
      }
    }
    return found;
  });
}

const kinds = [
  { texts: "texts that are 40 % longer", lengthened: true, language: "en", title: longer("Settings") },
  { texts: "German texts", lengthened: false, language: "de", title: "Einstellungen" },
] as const;

describe.each(sizes.flatMap((viewport) => kinds.map((kind) => ({ ...kind, ...viewport }))))("with $texts, at $width x $height", ({ lengthened, language, title, ...viewport }) => {
  it("stays usable in every view and sheet", { timeout: 120_000 }, async () => {
    await using shown = await showEveryView({ browser: stage.browser, files: lengthened ? withLongerTexts(stage.files) : stage.files, viewport, pageLanguage: () => language });
    const { page } = shown;
    const wrong: Record<string, readonly string[]> = {};
    await walkEveryView(shown, async (name) => {
      const found = await unusable(page);
      if (found.length > 0) wrong[name] = found;
      if (name === "settings") expect(await page.locator("dialog[open] h2").first().innerText()).toBe(title);
    });
    expect(await page.title()).toContain("Callside");
    expect(wrong).toEqual({});
    expect(shown.pageErrors).toEqual([]);
  });
});

it("keeps the German head of the suggestions in one line in a docked panel", async () => {
  await using shown = await showEveryView({ browser: stage.browser, files: stage.files, viewport: docked, pageLanguage: () => "de" });
  const head = shown.page.locator(".cards-head");
  await head.getByRole("button", { name: "zurückgehalten" }).waitFor();
  const middles = await head.evaluate(({ children }) => [...children].map((child) => child.getBoundingClientRect()).filter(({ height }) => height > 0).map(({ y, height }) => Math.round(y + height / 2)));
  expect(Math.max(...middles) - Math.min(...middles)).toBeLessThan(8);
});

it("changes its language where it stands: the page is loaded again in the other one, with the settings open", async () => {
  await using shown = await showEveryView({ browser: stage.browser, files: stage.files, viewport: wide, pageLanguage: (state, preferred) => languageOf(state().settings.display.language, preferred) });
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

it("does not load the page again over what is pasted or typed and not taken up, in the view in front or behind it", async () => {
  await using shown = await showEveryView({ browser: stage.browser, files: stage.files, viewport: wide, pageLanguage: (state, preferred) => languageOf(state().settings.display.language, preferred) });
  const { page, publisher } = shown;
  const choose = (language: "en" | "de"): void => {
    const { settings } = publisher.state();
    publisher.publish({ kind: "settings", settings: { ...settings, display: { ...settings.display, language } } });
  };
  /** The page has all that was told before this. */
  const hears = async (what: string): Promise<void> => {
    publisher.publish({ kind: "notice", notice: { id: what, level: "warning", what: `${what} notice`, effect: "", remedy: "", since: 0 } });
    await page.getByText(`${what} notice`).first().waitFor({ state: "attached" });
  };
  await goTo(page, "workshop");
  const phrase = page.getByLabel("Find or add: Prohibited phrases");
  await phrase.fill("free of charge");
  await phrase.blur();
  await goTo(page, "integrations");
  await page.keyboard.press("n");
  const pasted = page.getByLabel("curl command or OpenAPI document");
  await pasted.fill("curl https://a.example");
  choose("de");
  await hears("first");
  expect([await page.locator("html").getAttribute("lang"), await pasted.inputValue()]).toEqual(["en", "curl https://a.example"]);
  await pasted.fill("");
  await hears("second");
  expect(await page.locator("html").getAttribute("lang")).toBe("en");
  await page.keyboard.press("Escape");
  await goTo(page, "workshop");
  await phrase.fill("");
  await page.locator("html[lang=de]").waitFor();
  expect(shown.pageErrors).toEqual([]);
});
