import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import { launchBrowser } from "../../build/browser.ts";
import { desktopProgram } from "../../electron/app/desktop-program.ts";
import { hearLinks } from "../../electron/desktop/link-inbox.ts";
import { openDesktop, startDesktop } from "../../electron/desktop/desktop.ts";
import { createUpdateHandover } from "../../electron/desktop/update-handover.ts";
import type { UpdatesProgram } from "../../electron/desktop/updates.ts";
import { CALM_MS } from "../../electron/updates/update-times.ts";
import { openNetwork } from "../../electron/net/network.ts";
import type { Call } from "../../electron/sandbox/call.ts";
import { builtPanel } from "../support/built-panel.ts";
import { createElectronStandIn } from "../support/electron-stand-in.ts";
import { followVisibility } from "../support/page-visibility.ts";
import { buildPreload } from "../support/panel-hosts.ts";
import { configFor, openProgram, startPlatform, type Program } from "../support/program.ts";
import { feedMaker, feedText, packageBytes, updateServer } from "../support/signed-feed.ts";
import { fakeUpdater } from "../support/updates-bench.ts";

const PACKAGE = "Callside-1.1.0-linux-x86_64.AppImage";

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
});

/** A customer says hello, and after five seconds what triggers. */
function callOf(id: string, customerName: string): Call {
  const said = [
    [0, "Good morning, it is about my order"],
    [5_000, "I want a refund for the parcel that never came"],
    [60_000, "That is all, thank you"],
  ] as const;
  const lines = said.map(([offsetMs, text], index) => ({ index, offsetMs, speaker: "customer" as const, text, sentimentScore: -0.1 }));
  return { id, customerName, channel: "voice", queue: "Orders", language: "en", lines };
}

/** Lets the program's time go on, in small steps, until something holds in it or in its page. */
async function passUntil(program: Program, isThere: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const startedMs = performance.now();
  while (!(await isThere())) {
    if (performance.now() - startedMs > 20_000) throw new Error(`never came: ${what}`);
    await program.pass(20);
  }
}

/** What updates are made from here: a feed on this machine, signed by a maker of our own, and an updater that installs nothing. */
async function updatesOf(program: Program, folder: string) {
  const maker = feedMaker();
  const feed = feedText();
  const server = await updateServer(new Map<string, string | Uint8Array>([["latest-linux.yml", feed], ["latest-linux.yml.sig", maker.sign(feed)], [PACKAGE, packageBytes(1_000)]]));
  const updater = fakeUpdater(folder);
  const bugs: unknown[] = [];
  const handover = createUpdateHandover((bug) => bugs.push(bug));
  const updates: UpdatesProgram = {
    settings: () => ({ url: server.url, publicKey: maker.publicKey, checkHours: 24, channel: "latest" }),
    onChange: () => () => {},
    openNetwork: () => openNetwork({ readFile: () => Promise.reject(new Error("no file is read")) }),
    installation: async () => ({ kind: "own", configPath: join(folder, "app-update.yml") }),
    bind: (commands) => {
      program.desk.bindUpdates(commands);
    },
    handover,
    restart: () => {},
    arch: "x64",
    random: () => 0.5,
    openUpdater: updater.open,
  };
  return { updates, updater, handover, bugs };
}

it("is there for an agent all day: from the start at login to the update in the evening", async () => {
  const now = Date.now();
  await using platform = await startPlatform(0, now);
  const program = await openProgram({
    config: configFor(platform, {}, { tunnel: platform.sandbox.config().tunnel, panel: { role: "agent", cardsPerMinute: 60 } }),
    env: { ...platform.sandbox.env() },
    startMs: now,
  });
  const { updates, updater, handover, bugs } = await updatesOf(program, join(program.folder, "packages"));
  const standIn = createElectronStandIn(browser);
  onTestFinished(() => standIn[Symbol.asyncDispose]());
  expect(startDesktop(standIn.electron)).toBe("first");

  // Started at login: behind its tray icon, connected.
  const desktop = await openDesktop(standIn.electron, {
    program: desktopProgram({ ...program, app: () => program.app, onSwitched: () => () => {} }, { clock: program.clock, platform: "linux", version: "1.0.0", env: {}, dataFolder: program.folder }),
    files: await builtPanel(),
    preloadPath: await buildPreload(),
    devTools: false,
    hidden: true,
    links: hearLinks(standIn.electron.app, null),
    updates,
  });
  onTestFinished(() => desktop[Symbol.asyncDispose]());
  const [window] = standIn.windows;
  const [icon] = standIn.tray.icons;
  if (window === undefined || icon === undefined) throw new Error("no window, or no tray icon");
  const page = await window.page();
  await followVisibility(window, page);
  await passUntil(program, () => program.stream().kind === "connected" && program.tunnel().kind === "connected", "stream and tunnel are connected");
  expect(window.isVisible()).toBe(false);
  const selected = (): Promise<string> => page.getByRole("tab", { selected: true }).innerText();
  const card = page.locator("article.card").first();

  // Two calls come; the first has a suggestion, of which the system tells.
  const ada = platform.sandbox.play(callOf("ada", "Ada Brandt"));
  const gordon = platform.sandbox.play({ ...callOf("gordon", "Gordon Pike"), lines: callOf("gordon", "Gordon Pike").lines.filter(({ offsetMs }) => offsetMs !== 5_000) });
  await platform.clock.advance(5_000);
  await passUntil(program, () => standIn.notifications.visible().length === 1, "a notification");
  const [told] = standIn.notifications.visible();
  expect(told?.options.title).toBe("Customer said “refund”");

  // A click on it: the panel is in front, with that very call.
  told?.click();
  expect(window.isVisible()).toBe(true);
  await passUntil(program, async () => (await page.getByRole("tab").count()) >= 2 && (await selected()).includes("Brandt"), "the call that the notification told of is in front");
  await passUntil(program, () => card.isVisible(), "its card");
  expect(told?.options.body).toBe(program.sets(ada)[0]?.suggestions[0]?.text);

  // The best card goes to the clipboard, whatever is in front.
  await passUntil(program, () => program.desk.viewing() === ada, "the panel has said what it shows");
  standIn.shortcuts.press(program.config.current().desktop.shortcuts.copyFirst ?? "");
  await passUntil(program, () => standIn.shortcuts.clipboard() !== "", "the clipboard");
  expect(standIn.shortcuts.clipboard()).toBe(told?.options.body);
  await passUntil(program, () => Object.values(program.view(ada)?.sets[0]?.cards ?? {}).some(({ copied }) => copied), "the card is known as copied");

  // Docked left by the tray's menu, and closed to the tray: the program goes on.
  icon.press("Left");
  await passUntil(program, () => window.window.getBounds().x === 0, "the window at the left edge");
  expect(window.window.getBounds()).toEqual({ x: 0, y: 0, width: 400, height: 1040 });
  window.close();
  expect([window.isVisible(), window.window.isDestroyed(), program.stream().kind]).toEqual([false, false, "connected"]);

  // A link from the customer's record, by a second start: the other call, in front.
  standIn.app.emit("second-instance", {}, ["/opt/Callside/callside", `callside://interaction/${gordon}`], "/");
  expect(window.isVisible()).toBe(true);
  await passUntil(program, async () => (await selected()).includes("Pike"), "the call of the link is in front");

  // The machine sleeps and wakes: new connections at once, though the old ones look well.
  const { socketsOpened, tunnelsOpened } = platform.sandbox.stats();
  standIn.powerMonitor.emit("suspend");
  standIn.powerMonitor.emit("resume");
  await passUntil(program, () => platform.sandbox.stats().socketsOpened > socketsOpened && platform.sandbox.stats().tunnelsOpened > tunnelsOpened, "new connections");
  await passUntil(program, () => program.stream().kind === "connected" && program.tunnel().kind === "connected", "connected again");
  expect(platform.sandbox.stats().openSockets).toBe(1);

  // An update is ready; the person says install, and it waits for the calls' end.
  const update = () => program.state().desktop?.update;
  expect(await program.command("updates.check", {})).toMatchObject({ ok: true });
  await passUntil(program, () => update()?.kind === "ready", "the update is ready");
  await passUntil(program, () => icon.menu().some((line) => line.startsWith("Update 1.1.0 ready")), "the tray tells of it");
  icon.press("Install and restart");
  await passUntil(program, () => update()?.kind === "waiting", "the install waits");
  let isOver = false;
  const over = (async (): Promise<void> => {
    await desktop.closed;
    isOver = true;
  })();
  await program.pass(60_000);
  expect([isOver, updater.installs]).toEqual([false, []]);

  // The calls end, it has been calm for a while: the program ends in order, and only then the installer begins.
  const areOver = (): boolean => program.state().interactions.every(({ interaction }) => interaction.status === "ended");
  await platform.clock.advance(54_000);
  // The practice call that goes on beside them, too; and no further than to its end, as another one would begin.
  await passUntil(
    program,
    async () => {
      if (!areOver()) await platform.clock.advance(1_000);
      return areOver();
    },
    "the calls are over",
  );
  await program.pass(CALM_MS - 1_000);
  expect(isOver).toBe(false);
  await program.pass(1_000);
  await passUntil(program, () => isOver, "the program ends");
  await over;
  expect(updater.installs).toEqual([]);
  await desktop[Symbol.asyncDispose]();
  await program.close();
  await handover.run();
  expect([updater.installs.length, bugs]).toEqual([1, []]);
  expect([standIn.app.eventNames(), standIn.powerMonitor.eventNames(), standIn.shortcuts.held(), icon.destroyed, standIn.handlers()]).toEqual([["open-url"], [], [], true, []]);
  const { openSockets, openTunnelSockets, tunnelDisconnects } = platform.sandbox.stats();
  expect({ openSockets, openTunnelSockets, hasSaidGoodbye: tunnelDisconnects > 0 }).toEqual({ openSockets: 0, openTunnelSockets: 0, hasSaidGoodbye: true });
  expect([program.bugs, standIn.errorBoxes]).toEqual([[], []]);
});

