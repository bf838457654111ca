import type { Page } from "playwright-core";
import { expect } from "vitest";
import type { PanelState } from "../../shared/panel-state.ts";
import type { StartDesktop } from "./desktop-driver.ts";

/** What a person meets on the desktop, in the words of a test's name. */
export interface DesktopScenario {
  readonly name: string;
  readonly run: (start: StartDesktop) => Promise<void>;
}

/** How long a person who quits waits at most. */
const QUIT_BUDGET_MS = 3_000;
/** A practice call has its first suggestion within half a minute. */
const SUGGESTION = { timeout: 60_000 };
const CALL = { timeout: 30_000 };

/** One list for real Electron and for the stand-in, so that what runs here is what runs there. */
export const desktopScenarios: readonly DesktopScenario[] = [
  {
    name: "starts and shows a practice call",
    async run(start) {
      await using program = await start();
      const page = await program.page();
      await expect.poll(async () => (await stateOf(page)).interactions.length, CALL).toBeGreaterThan(0);
      expect((await stateOf(page)).settings.mode).toBe("practice");
      await page.getByRole("tablist").waitFor();
      expect(await program.isInView()).toBe(true);
    },
  },
  {
    name: "waits behind its tray icon when it is started at login",
    async run(start) {
      await using program = await start(["--hidden"]);
      await stateOf(await program.page());
      expect(await program.isInView()).toBe(false);
    },
  },
  {
    name: "gives its page no Node, and commands that are functions and nothing else",
    async run(start) {
      await using program = await start();
      const page = await program.page();
      const found = await page.evaluate(() => ({
        node: ["process", "require", "module", "Buffer", "global"].filter((name) => name in globalThis),
        kinds: [...new Set(Object.values(Reflect.get(globalThis, "callside") as object).map((member) => typeof member))],
      }));
      expect(found).toEqual({ node: [], kinds: ["function"] });
    },
  },
  {
    name: "refuses a command of a window that is not its own",
    async run(start) {
      await using program = await start();
      await stateOf(await program.page());
      expect(await program.askFromElsewhere()).toMatchObject({ ok: false, error: { kind: "policy", code: "not-allowed" } });
    },
  },
  {
    name: "has a tray whose menu hides the panel, brings it back and opens what is wrong",
    async run(start) {
      await using program = await start();
      const page = await program.page();
      await stateOf(page);
      expect(await program.trayLabels()).toEqual(expect.arrayContaining(["Quiet mode", "Dock", "Left", "Quit Callside"]));
      // The page may have its state before its window is in view.
      await expect.poll(() => program.trayLabels()).toContain("Hide the panel");
      await program.pressTray("Hide the panel");
      await expect.poll(() => program.isInView()).toBe(false);
      await program.pressTray("What is wrong");
      await expect.poll(() => program.isInView()).toBe(true);
      await expect.poll(async () => (await stateOf(page)).focus?.target).toEqual({ kind: "health" });
    },
  },
  {
    name: "comes forward when it is started a second time, and the second start ends",
    async run(start) {
      await using program = await start();
      await stateOf(await program.page());
      await program.hide();
      expect(await program.startAgain([])).toBe(0);
      await expect.poll(() => program.isInView()).toBe(true);
    },
  },
  {
    name: "follows a deep link of a second start to its interaction, and says so where it cannot",
    async run(start) {
      await using program = await start();
      const page = await program.page();
      await expect.poll(async () => (await stateOf(page)).interactions.length, CALL).toBeGreaterThan(0);
      const id = (await stateOf(page)).interactions[0]?.interaction.id ?? "";
      await program.hide();
      expect(await program.startAgain([`callside://interaction/${encodeURIComponent(id)}`])).toBe(0);
      await expect.poll(async () => (await stateOf(page)).focus?.target).toEqual({ kind: "interaction", interactionId: id });
      expect(await program.isInView()).toBe(true);
      expect(await program.startAgain(["callside://interaction/nobody"])).toBe(0);
      await expect.poll(async () => (await stateOf(page)).notices.map((notice) => notice.id)).toContain("link");
    },
  },
  {
    name: "tells a suggestion by the system while the panel is hidden, and none while it is in view",
    async run(start) {
      await using program = await start();
      const page = await program.page();
      await expect.poll(() => program.isInView()).toBe(true);
      // Where the start took long, one may have come before the panel was on screen.
      const told = (await program.notifications()).length;
      const shown = setsOf(await stateOf(page));
      await expect.poll(async () => setsOf(await stateOf(page)), SUGGESTION).toBeGreaterThan(shown);
      expect(await program.notifications()).toHaveLength(told);
      await program.hide();
      if (await program.canNotify()) await expect.poll(async () => (await program.notifications()).length, SUGGESTION).toBeGreaterThan(told);
      else console.warn("\nNOTIFICATIONS NOT TRIED: this desktop has no service for them.\n");
    },
  },
  {
    name: "quits in order within three seconds, with exit code 0",
    async run(start) {
      await using program = await start();
      const page = await program.page();
      await expect.poll(async () => (await stateOf(page)).connections.stream?.state.kind, CALL).toBe("connected");
      const { code, tookMs } = await program.quit();
      expect(code).toBe(0);
      expect(tookMs).toBeLessThan(QUIT_BUDGET_MS + 1_000);
    },
  },
];

/** The panel's state as the page is told it; waits for a page that can ask. */
async function stateOf(page: Page): Promise<PanelState> {
  await page.waitForFunction(() => Reflect.has(globalThis, "callside"));
  const reply = await page.evaluate(() => {
    const api: unknown = Reflect.get(globalThis, "callside");
    return Reflect.apply(Reflect.get(api as object, "panel.snapshot") as () => Promise<unknown>, undefined, [{}]);
  });
  const { ok, value } = reply as { readonly ok: boolean; readonly value: { readonly state: PanelState } };
  if (!ok) throw new Error("the panel's state was refused");
  return value.state;
}

function setsOf(state: PanelState): number {
  return state.interactions.reduce((sum, { sets }) => sum + sets.length, 0);
}
