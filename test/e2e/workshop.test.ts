import type { Page } from "playwright-core";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createPublisher } from "../../electron/host/publisher.ts";
import { systemClock } from "../../electron/net/system-clock.ts";
import { practiceCalls } from "../../electron/sandbox/practice-list.ts";
import type { InteractionRecord } from "../../shared/history.ts";
import { accessibilityProblems } from "../support/accessibility.ts";
import { panelFixtures } from "../support/panel-fixture.ts";
import { desktopHost, loopbackHost, type PanelHost } from "../support/panel-hosts.ts";
import { fixtureSettings } from "../support/panel-parts.ts";
import { docked, type PanelPage, showPanelPage, usePanelStage, wide } from "../support/panel-stage.ts";
import { pastCalls } from "../support/past-calls.ts";
import { updatesTo } from "../support/state-updates.ts";
import { type PlayedWorkshop, playWorkshop } from "../support/workshop-fixture.ts";

const TIMEOUT_MS = 12_000;

const stage = usePanelStage();
let past: readonly InteractionRecord[];

beforeAll(async () => {
  past = await pastCalls(practiceCalls, fixtureSettings, 2);
});

interface Shown extends PanelPage {
  readonly played: PlayedWorkshop;
}

async function showPanel(host: PanelHost, viewport: typeof wide): Promise<Shown> {
  const publisher = createPublisher({ settings: fixtureSettings, clock: systemClock });
  const played = playWorkshop(publisher);
  for (const update of updatesTo(panelFixtures.live(systemClock.now()))) publisher.publish(update);
  const shown = await showPanelPage(host, { stage, publisher, ports: { history: () => played.commands, workshop: played.drafts, changeSettings: (patch) => played.changeSettings(patch) }, viewport });
  shown.page.setDefaultTimeout(TIMEOUT_MS);
  await shown.page.locator(".panel").waitFor();
  return { ...shown, played };
}

async function goTo(page: Page, key: string): Promise<void> {
  await page.keyboard.press("g");
  await page.keyboard.press(key);
}

describe.each([loopbackHost, desktopHost])("the workshop in the $name host", (host) => {
  let shown: Shown;
  let page: Page;
  let played: PlayedWorkshop;

  beforeEach(async () => {
    shown = await showPanel(host, wide);
    ({ page, played } = shown);
    played.keep(past);
  });
  afterEach(async () => {
    await shown[Symbol.asyncDispose]();
    expect(shown.pageErrors).toEqual([]);
  });

  const open = async (): Promise<void> => {
    await goTo(page, "w");
    await page.locator(".shop h1").waitFor();
    await page.getByText(/interactions, .* looked at/u).waitFor();
  };
  const figure = (name: string): Promise<string> => page.locator(".shop-figures > div", { hasText: name }).locator("strong").innerText();
  const settledFigure = (name: string) => expect.poll(async () => ((await page.locator(".shop-figures[data-stale=true]").count()) > 0 ? "…" : figure(name)), { timeout: TIMEOUT_MS });
  const removeKeyword = (keyword: string): Promise<void> => page.getByRole("button", { name: `Remove ${keyword}`, exact: true }).click();
  const addPhrase = async (phrase: string): Promise<void> => {
    await page.getByLabel("Find or add: Prohibited phrases").fill(phrase);
    await page.keyboard.press("Enter");
  };

  it("shows what a keyword less would have cost and a new phrase withheld, with the words marked", async () => {
    await open();
    await page.getByRole("heading", { name: "Change a rule to see what it would have done" }).waitFor();
    await removeKeyword("refund");
    await settledFigure("No longer triggered").toMatch(/^[1-9]/u);
    await page.locator(".shop-kind", { hasText: "No longer triggered" }).locator("mark", { hasText: /refund/iu }).first().waitFor();
    await addPhrase("refund");
    await settledFigure("Newly withheld").toMatch(/^[1-9]/u);
    const withheld = page.locator(".shop-kind", { hasText: "Newly withheld" });
    await expect.poll(() => withheld.locator("mark").first().innerText()).toMatch(/refund/iu);
    await page.locator(".shop-draft li", { hasText: "Keywords" }).getByText("refund", { exact: true }).waitFor();
    // Only what differs is sent.
    expect(played.asked.at(-1)).toMatchObject({ triggers: { keywords: ["cancel", "complaint", "escalate"] }, policy: { prohibitedPhrases: [...fixtureSettings.policy.prohibitedPhrases, "refund"] }, interactions: 200 });
    expect(Object.keys(played.asked.at(-1)?.triggers ?? {})).toEqual(["keywords"]);
    expect(played.saved).toEqual([]);
  });

  it("asks once for a burst of edits, and a late answer to an older draft does not win", async () => {
    await open();
    const before = played.asked.length;
    // In one turn of the page, as fast as no machine is too slow for.
    await page.evaluate(() => {
      for (const label of ["Remove refund", "Remove cancel", "Remove complaint"]) document.querySelector<HTMLElement>(`.shop [aria-label="${label}"]`)?.click();
    });
    await settledFigure("No longer triggered").toMatch(/^[1-9]/u);
    expect(played.asked.length).toBe(before + 1);
    const release = played.hold();
    const answered = played.asked.length;
    await removeKeyword("escalate");
    await expect.poll(() => played.asked.length).toBe(answered + 1);
    await page.getByRole("button", { name: "Discard" }).click();
    await page.getByRole("heading", { name: "Change a rule to see what it would have done" }).waitFor();
    await settledFigure("No longer triggered").toBe("0");
    release();
    await settledFigure("No longer triggered").toBe("0");
    await page.getByRole("button", { name: "Undo" }).click();
    await settledFigure("No longer triggered").toMatch(/^[1-9]/u);
  });

  it("saves as the settings do, takes that back in one step, and has the draft again", async () => {
    await open();
    const { prohibitedPhrases } = fixtureSettings.policy;
    await addPhrase("free of charge");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Saved: the draft holds from now on.").waitFor();
    expect(played.saved).toEqual([{ policy: { prohibitedPhrases: [...prohibitedPhrases, "free of charge"] } }]);
    await expect.poll(() => page.getByRole("button", { name: "Save" }).isDisabled()).toBe(true);
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("Taken back").waitFor();
    expect(played.saved[1]).toEqual({ policy: { prohibitedPhrases } });
    await page.locator(".shop-draft li").getByText("free of charge", { exact: true }).waitFor();
  });

  it("says why a draft could not be saved or tried, and keeps it", async () => {
    await open();
    played.refuseSaving({ kind: "policy", code: "not-allowed", detail: "assist.prohibitedPhrases is set by IT for this machine" });
    await addPhrase("free of charge");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("alert").getByText("The draft could not be saved.").waitFor();
    await page.locator(".shop-draft li").waitFor();
    played.refuse({ kind: "transport", code: "disk", detail: "the history cannot be read" });
    await addPhrase("another");
    await page.getByText("The draft could not be tried.").waitFor();
    expect(await figure("Newly withheld")).toBe("—");
    played.refuse(null);
    await page.getByRole("button", { name: "Try again" }).click();
    await settledFigure("Newly withheld").toMatch(/\d/u);
  });

  it("keeps the draft while other views are in front, takes another view's errand, and leads into the history", async () => {
    await open();
    await removeKeyword("refund");
    await page.locator(".shop-line").first().waitFor();
    await goTo(page, "l");
    await page.locator(".panel").waitFor();
    await goTo(page, "w");
    await page.locator(".shop-draft li", { hasText: "Keywords" }).waitFor();
    await page.locator(".shop-line").first().getByRole("button", { name: /^Open in the history/u }).click();
    await page.locator("main.past").waitFor();
    await goTo(page, "w");
    await page.locator(".shop-draft li", { hasText: "Keywords" }).waitFor();
  });

  it("tries the rules without a trigger that the overview tells of", async () => {
    await goTo(page, "o");
    await page.getByRole("button", { name: /^Try without it/u }).first().click();
    await page.locator(".shop-draft li").first().waitFor();
    expect(await page.locator(".shop-draft li").count()).toBe(1);
  });

  it("follows what others save meanwhile: the draft is what still differs", async () => {
    await open();
    await addPhrase("free of charge");
    await page.locator(".shop-draft li").waitFor();
    await played.changeSettings({ policy: { prohibitedPhrases: [...fixtureSettings.policy.prohibitedPhrases, "free of charge"] } });
    await page.getByText("No changes yet").waitFor();
  });

  it("tells an empty past, a history that is off, and nothing different apart", async () => {
    played.keep([]);
    await goTo(page, "w");
    await page.getByRole("heading", { name: "No past interactions yet" }).waitFor();
    played.keep(past);
    await addPhrase("words that nobody ever says");
    await page.getByRole("heading", { name: "Nothing would have been different" }).waitFor();
    played.refuse({ kind: "policy", code: "not-found-here", detail: "the history is off" });
    await addPhrase("another that nobody says");
    await page.getByRole("heading", { name: "The history is off" }).waitFor();
  });

  it("is not an agent's", async () => {
    shown.publisher.publish({ kind: "settings", settings: { ...fixtureSettings, role: "agent" } });
    await expect.poll(() => page.getByRole("navigation", { name: "Views" }).count()).toBe(0);
    await goTo(page, "w");
    expect(await page.locator(".shop").count()).toBe(0);
    expect(played.asked).toEqual([]);
  });

  it.each([
    ["light", wide],
    ["dark", wide],
    ["light", docked],
  ] as const)("has nothing that axe finds wrong, in %s at %j, and nothing stands beyond its edge", async (colorScheme, viewport) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize(viewport);
    await open();
    await removeKeyword("refund");
    await addPhrase("bill");
    await settledFigure("No longer triggered").toMatch(/^[1-9]/u);
    expect(await accessibilityProblems(page)).toEqual([]);
    const wideness = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(wideness).toBe(0);
  });
});

describe.each([loopbackHost, desktopHost])("a draft in the $name host", (host) => {
  it("outlives its page, on the rules that hold by then, without a question", async () => {
    await using shown = await showPanel(host, wide);
    const { page, played } = shown;
    played.keep(past);
    const questions: string[] = [];
    page.on("dialog", (dialog) => {
      questions.push(dialog.type());
      void dialog.accept();
    });
    await goTo(page, "w");
    await page.getByRole("button", { name: "Remove refund", exact: true }).click();
    for (const phrase of ["free of charge", "for life"]) {
      await page.getByLabel("Find or add: Prohibited phrases").fill(phrase);
      await page.keyboard.press("Enter");
    }
    await page.locator(".shop-draft li").getByText("for life", { exact: true }).waitFor();
    await page.reload();
    await page.locator(".panel").waitFor();
    await played.changeSettings({ policy: { prohibitedPhrases: ["for life"] } });
    await goTo(page, "w");
    await page.locator(".shop-draft li", { hasText: "Keywords" }).getByText("refund", { exact: true }).waitFor();
    await page.locator(".shop-draft li").getByText("free of charge", { exact: true }).waitFor();
    expect(await page.locator(".shop-draft li").getByText("for life", { exact: true }).count()).toBe(0);
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Saved: the draft holds from now on.").waitFor();
    expect(played.saved.at(-1)).toMatchObject({ triggers: { keywords: ["cancel", "complaint", "escalate"] }, policy: { prohibitedPhrases: ["for life", "free of charge"] } });
    await expect.poll(() => played.drafts.draft()).toMatchObject({ value: { draft: { keywords: { removed: [] } } } });
    expect(questions).toEqual([]);
  });

  it("that cannot be kept says so, and is kept with the next change that can", async () => {
    await using shown = await showPanel(host, wide);
    const { page, played } = shown;
    played.keep(past);
    played.refuseKeeping({ kind: "transport", code: "disk", detail: "no space is left on the disk" });
    await goTo(page, "w");
    await page.getByRole("button", { name: "Remove refund", exact: true }).click();
    await page.getByText("The draft is not kept on the disk").waitFor();
    played.refuseKeeping(null);
    await page.getByRole("button", { name: "Remove cancel", exact: true }).click();
    await page.getByText("The draft is not kept on the disk").waitFor({ state: "detached" });
    expect(await played.drafts.draft()).toMatchObject({ value: { draft: { keywords: { removed: ["refund", "cancel"] } } } });
  });
});
