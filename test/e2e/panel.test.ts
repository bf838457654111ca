import type { Locator, Page } from "playwright-core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CommandPorts, DispositionEvent } from "../../electron/host/commands.ts";
import { createPublisher, type Publisher } from "../../electron/host/publisher.ts";
import { systemClock } from "../../electron/net/system-clock.ts";
import type { ConnectionName } from "../../shared/connection.ts";
import type { SettingsPatch } from "../../shared/settings.ts";
import { ok } from "../../shared/result.ts";
import { accessibilityProblems } from "../support/accessibility.ts";
import { panelFixtures, type FixtureName } from "../support/panel-fixture.ts";
import { fixtureSettings, utterance } from "../support/panel-parts.ts";
import { desktopHost, loopbackHost } from "../support/panel-hosts.ts";
import { type PanelPage, showPanelPage, usePanelStage } from "../support/panel-stage.ts";
import { sampleSet } from "../support/sample-panel.ts";
import { updatesTo } from "../support/state-updates.ts";

const tunnelFixtures = (Object.keys(panelFixtures) as readonly FixtureName[]).filter((name) => name.startsWith("tunnel") || name === "bothDown");

const stage = usePanelStage();

describe.each([loopbackHost, desktopHost])("the built panel in the $name host", (host) => {
  let publisher: Publisher;
  let shown: PanelPage;
  let page: Page;
  let recorded: DispositionEvent[];
  let patches: SettingsPatch[];
  let retried: ConnectionName[];

  beforeEach(async () => {
    publisher = createPublisher({ settings: fixtureSettings, clock: systemClock });
    recorded = [];
    patches = [];
    retried = [];
    const ports: Partial<CommandPorts> = {
      record: (event) => recorded.push(event),
      retryConnection: (name) => retried.push(name),
      changeSettings: async (patch) => {
        patches.push(patch);
        const { settings } = publisher.state();
        const quiet = patch.display?.quiet ?? settings.display.quiet;
        publisher.publish({ kind: "settings", settings: { ...settings, display: { ...settings.display, quiet } } });
        return ok(null);
      },
    };
    shown = await showPanelPage(host, { stage, publisher, ports });
    page = shown.page;
  });
  afterEach(async () => {
    await shown[Symbol.asyncDispose]();
    expect(shown.pageErrors).toEqual([]);
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
  /** Nobody is on the list: what comes is shown and does not wait. */
  const showsWhatComes = async (): Promise<void> => {
    const id = publisher.state().interactions[0]?.interaction.id ?? "";
    const set = sampleSet(id, "a later set", ["later"], { order: 99, at: Date.now() });
    publisher.publish({ kind: "set", set, cards: { later: { visibility: "shown", pinned: false, feedback: null, copied: false, displayed: false } }, tunnelMs: null });
    await page.locator('[data-suggestion="later"]').waitFor();
  };

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

  it("goes on to the next card when one is dismissed by keyboard, and leaves the list with the last", async () => {
    showFixture("live");
    await cards().first().waitFor();
    const ids = await cards().evaluateAll((all) => all.map((one) => one.getAttribute("data-suggestion")));
    const focused = (): Promise<string | null | undefined> => page.evaluate(() => document.activeElement?.getAttribute("data-suggestion"));
    await page.keyboard.press("s");
    for (const next of ids.slice(1)) {
      await page.keyboard.press("x");
      await expect.poll(focused).toBe(next);
    }
    await page.keyboard.press("x");
    await expect.poll(() => cards().count()).toBe(0);
    expect(await page.getByRole("button", { name: "Undo" }).count()).toBe(ids.length);
    await showsWhatComes();
  });

  it("leaves the list with the last card also where they are dismissed faster than main answers", async () => {
    showFixture("live");
    await cards().first().waitFor();
    const count = await cards().count();
    await page.keyboard.press("s");
    const kept = await page.evaluate(async (times) => {
      const onCard: boolean[] = [];
      for (let time = 0; time < times; time += 1) {
        onCard.push(document.activeElement?.matches("article[data-suggestion]") === true);
        document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", { key: "x", bubbles: true, cancelable: true }));
        await Promise.resolve();
      }
      return onCard;
    }, count);
    expect(kept).toEqual(Array.from({ length: count }, () => true));
    await expect.poll(() => cards().count()).toBe(0);
    await showsWhatComes();
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

  describe("with a tunnel", () => {
    const strip = () => page.getByRole("contentinfo", { name: "Connection" }).getByRole("button");
    const sheet = () => page.getByRole("dialog", { name: "Connections" });
    const tunnelPart = () => sheet().getByRole("region", { name: "Tunnel to the bot" });
    const words = async (locator: Locator): Promise<string> => (await locator.innerText()).replaceAll(/\s+/gu, " ");

    it.each(tunnelFixtures)("says all that matters within the docked width: %s", async (name) => {
      showFixture(name);
      await painted();
      const cut = await page.evaluate(() => {
        const isCut = (element: Element): boolean => element.scrollWidth > element.clientWidth;
        const found = [".strip", ".strip-button", ".strip .ellipsis"].map((selector) => document.querySelector(selector));
        return found.map((element) => element === null || isCut(element));
      });
      expect(cut).toEqual([false, false, false]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      await strip().click();
      await sheet().waitFor();
      expect(await sheet().locator(".sheet-body").evaluate((body) => body.scrollWidth - body.clientWidth)).toBeLessThanOrEqual(0);
    });

    it("gives the beats in one line while both connections work", async () => {
      showFixture("tunnelConnected");
      await expect.poll(() => words(strip())).toMatch(/^Connected 41 ms p95 54 beat \d+ s ago$/u);
    });

    it("has a dash for what is not known before the first beat", async () => {
      showFixture("tunnelFirstBeat");
      await expect.poll(() => words(strip())).toBe("Connected — p95 — beat —");
    });

    it("never says connected of a tunnel under check, and shows no old latency as if it were of now", async () => {
      showFixture("tunnelChecking");
      await expect.poll(() => words(strip())).toMatch(/^Live connected · Tunnel checking \(\d+ s\) —$/u);
      await strip().click();
      const head = tunnelPart().locator(".state-head");
      expect(await words(head)).toMatch(/^Checking, silent for \d+ s since /u);
      expect(await words(tunnelPart().locator(".figures"))).toMatch(/^Now — /u);
    });

    it("opens the details from the keyboard, and gives the focus back when Escape closes them", async () => {
      showFixture("tunnelConnected");
      await painted();
      await strip().focus();
      await page.keyboard.press("Enter");
      await sheet().waitFor();
      await page.keyboard.press("Escape");
      await sheet().waitFor({ state: "hidden" });
      expect(await strip().evaluate((button) => document.activeElement === button)).toBe(true);
    });

    it("asks for a new connection at once, says so, and says what became of it", async () => {
      showFixture("tunnelConnected");
      await painted();
      await strip().click();
      await tunnelPart().getByRole("button", { name: "Reconnect now" }).click();
      const asked = tunnelPart().getByRole("status");
      await expect.poll(() => asked.innerText()).toMatch(/^A new connection was asked for at /u);
      await expect.poll(() => retried).toEqual(["tunnel"]);
      publisher.publish({ kind: "connection", name: "tunnel", state: { kind: "validating", since: Date.now(), attempt: 0 }, lastHeardAt: null });
      await tunnelPart().locator(".state-head", { hasText: "Validating the bot" }).waitFor();
      expect(await asked.innerText()).toBe("");
      await sheet().getByRole("region", { name: "Live stream" }).getByRole("button", { name: "Reconnect now" }).click();
      await expect.poll(() => retried).toEqual(["tunnel", "stream"]);
    });

    it.each(["tunnelChecking", "tunnelReconnecting", "tunnelValidating", "tunnelChannelUnavailable", "tunnelProbeUnanswered"] as const)(
      "has no banner for what mends itself: %s",
      async (name) => {
        showFixture(name);
        await painted();
        expect(await page.locator(".banner").count()).toBe(0);
      },
    );

    it.each([
      ["tunnelRejected", "The tunnel was refused", "Reconnect now"],
      ["tunnelBotInactive", "The bot is not active.", "Look again now"],
    ] as const)("has a banner for what needs a person, as long as it does: %s", async (name, text, button) => {
      showFixture(name);
      const banner = page.locator(".banner", { hasText: text });
      await banner.getByRole("button", { name: button }).click();
      await expect.poll(() => retried).toEqual(["tunnel"]);
      publisher.publish({ kind: "connection", name: "tunnel", state: { kind: "connected", since: Date.now() }, lastHeardAt: null });
      await banner.waitFor({ state: "detached" });
    });

    it("leaves the place of the banner to the stream where both are down", async () => {
      showFixture("bothDown");
      await painted();
      expect(await page.locator(".banner").count()).toBe(1);
      await page.locator(".banner", { hasText: "1006" }).waitFor();
    });

    it("draws the line of beats again on a beat, and not while the seconds pass", async () => {
      showFixture("tunnelConnected");
      await painted();
      await page.evaluate(() => {
        const spark = document.querySelector(".spark");
        if (spark === null) throw new Error("no line of beats");
        const changes: string[] = [];
        Object.assign(globalThis, { sparkChanges: changes });
        new MutationObserver((found) => changes.push(...found.map(({ type }) => type))).observe(spark, { attributes: true, childList: true, subtree: true });
      });
      const changes = () => page.evaluate(() => (Reflect.get(globalThis, "sparkChanges") as readonly string[]).length);
      const age = await words(page.locator(".strip-beat"));
      await expect.poll(() => words(page.locator(".strip-beat")), { timeout: 10_000 }).not.toBe(age);
      const { tunnel } = publisher.state();
      if (tunnel === null) throw new Error("no tunnel");
      publisher.publish({ kind: "tunnel", tunnel: { ...tunnel, beats: [...tunnel.beats], pushes: tunnel.pushes + 1 } });
      await painted();
      expect(await changes()).toBe(0);
      publisher.publish({ kind: "tunnel", tunnel: { ...tunnel, beats: [...tunnel.beats.slice(1), 77], latencyMs: 77, lastBeatAt: Date.now() } });
      await expect.poll(() => words(page.locator(".strip-now"))).toBe("77 ms");
      expect(await changes()).toBeGreaterThan(0);
    });

    it("tells with a suggestion what the tunnel measured when it came", async () => {
      showFixture("tunnelConnected");
      await cards().first().waitFor();
      await cards().first().locator(".source").click();
      const row = cards().first().locator("dl > div", { hasText: "Tunnel" });
      expect(await words(row)).toBe("Tunnel 42 ms");
    });

    it("tells how to switch it on where it is off", async () => {
      showFixture("live");
      await painted();
      expect(await words(strip())).toMatch(/ Tunnel off$/u);
      await page.keyboard.press("c");
      await tunnelPart().getByText("add the section “tunnel” to the configuration").waitFor();
      expect(await tunnelPart().getByRole("button").count()).toBe(0);
    });

    it.each(["tunnelConnected", "tunnelFirstBeat", "tunnelReconnecting", "tunnelRejected", "live"] as const)("has details that axe does not object to in either theme: %s", async (name) => {
      showFixture(name);
      await painted();
      await page.keyboard.press("c");
      await sheet().waitFor();
      for (const theme of ["light", "dark"] as const) {
        const { settings } = publisher.state();
        publisher.publish({ kind: "settings", settings: { ...settings, display: { ...settings.display, theme } } });
        await page.locator(`html[data-theme=${theme}]`).waitFor();
        expect(await accessibilityProblems(page)).toEqual([]);
      }
    });
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
