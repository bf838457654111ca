import * as fs from "node:fs/promises";
import { randomBytes } from "node:crypto";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import type { App } from "../electron/app.ts";
import { createPanelDesk, type PanelDesk } from "../electron/app/panel-desk.ts";
import { practiceGround } from "../electron/app/practice.ts";
import { serveLoopback } from "../electron/host/loopback.ts";
import { readStaticFiles, type StaticFiles } from "../electron/host/static-files.ts";
import { systemClock } from "../electron/net/system-clock.ts";
import type { Sandbox } from "../electron/sandbox/sandbox.ts";
import type { ConnectionState } from "../shared/connection.ts";
import { commandTable } from "../shared/panel.ts";
import type { Role } from "../shared/settings.ts";
import type { SimulationsView } from "../shared/simulation-view.ts";
import { BUSY, shootBridge } from "./bridge-scene.ts";
import { launchBrowser } from "./browser.ts";
import { CHATS, shootChats } from "./chat-scene.ts";
import { buildRenderer, rendererDirectory, rendererIsFresh } from "./build-renderer.ts";
import { nodeHindrance } from "./check-node.ts";
import { shootDesktop } from "./desktop-scene.ts";
import { shootHealth } from "./health-scene.ts";
import { shootIntegrations } from "./integrations-scene.ts";
import { shootPeople } from "./people-scene.ts";
import { shootPractice } from "./practice-scene.ts";
import { shootSetup } from "./setup-scene.ts";
import { openPracticeProgram, type PracticeProgramOptions } from "./practice-program.ts";
import { createSteppedClock, type SteppedClock } from "./stepped-clock.ts";

/** Pictures of the real program on its practice platform: same calls, same moments, in a real browser. */
const OUT = fileURLToPath(new URL("screenshots/", import.meta.url));
interface Size {
  readonly width: number;
  readonly height: number;
}
const SIZES: readonly Size[] = [
  { width: 400, height: 900 },
  { width: 1280, height: 800 },
];
const THEMES = ["light", "dark"] as const;

/** Half past nine on a working day. */
const START_MS = Date.UTC(2026, 2, 4, 9, 30);
/** In the first practice call: its second trigger fired three seconds ago. */
const LIVE_AT_MS = START_MS + 36_400;
/** Between the first and the second trigger of that call. */
const PLATFORM_FAILS_AT_MS = START_MS + 30_000;
/** What the practice platform takes to answer, as a real one would. */
const ANSWER_MS = 240;
/** What its runtime takes to answer a ping and to accept a connection. */
const ROUND_TRIP_MS = 42;
const HANDSHAKE_MS = 130;
/** A beat each second: in the first half minute of a call there is a line to be drawn. */
const TUNNEL = { heartbeatSeconds: 1, pongTimeoutSeconds: 10 };
const REAL_TIMEOUT_MS = 10_000;

/** The program at a standstill, with what it takes to show and to move it. */
interface Scene {
  readonly app: App;
  readonly desk: PanelDesk;
  readonly sandbox: Sandbox;
  readonly clock: SteppedClock;
  readonly address: () => string;
  readonly browser: Browser;
}

const hindrance = nodeHindrance(process.version);
if (hindrance !== null) {
  console.error(hindrance);
  process.exit(1);
}
await takeAll();

async function takeAll(): Promise<void> {
  if (!(await rendererIsFresh())) await buildRenderer();
  const files = await readStaticFiles(rendererDirectory, fs);
  if (!files.ok) throw new Error(files.error.detail);
  await fs.mkdir(OUT, { recursive: true });
  await using stack = new AsyncDisposableStack();
  const browser = stack.adopt(await launchBrowser(), (one) => one.close());
  await inScene(browser, files.value, "agent", async (scene) => {
    await shoot(scene, "empty");
    await scene.clock.advanceTo(LIVE_AT_MS);
    await shoot(scene, "live");
    scene.sandbox.setFault("upgrade", "503");
    scene.sandbox.setFault("drop-now", "now");
    const stream = (): ConnectionState => scene.app.connection("stream").state;
    await really(() => stream().kind === "reconnecting");
    await scene.clock.advanceUntil(() => isBetweenAttempts(stream()));
    await shoot(scene, "disconnected");
  });
  await inScene(browser, files.value, "agent", async (scene) => {
    const tunnel = (): ConnectionState => scene.app.connection("tunnel").state;
    await scene.clock.advanceTo(LIVE_AT_MS);
    await shoot(scene, "tunnel-connected");
    await shoot(scene, "tunnel-connected-details", openConnectionDetails);
    scene.sandbox.setFault("tunnel-no-pong", "on");
    await scene.clock.advanceUntil(() => tunnel().kind === "degraded");
    await scene.clock.advanceTo(scene.clock.now() + 3_000);
    await shoot(scene, "tunnel-checking");
    scene.sandbox.setFault("tunnel-upgrade", "503");
    await scene.clock.advanceUntil(() => isBetweenAttempts(tunnel()));
    await shoot(scene, "tunnel-reconnecting");
    await shoot(scene, "tunnel-reconnecting-details", openConnectionDetails);
    scene.sandbox.setFault("bot-check", "403");
    await scene.clock.advanceUntil(() => tunnel().kind === "rejected");
    await shoot(scene, "tunnel-rejected");
  });
  await inScene(browser, files.value, "agent", async (scene) => {
    await scene.clock.advanceTo(PLATFORM_FAILS_AT_MS);
    scene.sandbox.setFault("timeout", 1);
    await scene.clock.advanceTo(LIVE_AT_MS);
    await shoot(scene, "fallback");
  });
  await inScene(browser, files.value, "agent", (scene) => shootChats({ ...scene, shoot: (name, prepare) => shoot(scene, name, prepare) }), { bridge: {}, chats: CHATS });
  await inScene(browser, files.value, "agent", async (scene) => {
    await scene.clock.advanceTo(LIVE_AT_MS);
    await shootHealth({ ...scene, shoot: (name, prepare) => shoot(scene, name, prepare) });
  });
  await inScene(browser, files.value, "agent", async (scene) => {
    await scene.clock.advanceTo(LIVE_AT_MS);
    await shootDesktop({ ...scene, shoot: (name, { width, height }, prepare) => shoot(scene, name, prepare, [{ width, height }]) });
  });
  await inScene(browser, files.value, "supervisor", (scene) => shootBridge({ ...scene, shoot: (name, prepare) => shoot(scene, name, prepare) }), BUSY);
  await inScene(browser, files.value, "supervisor", async (scene) => {
    await scene.clock.advanceTo(LIVE_AT_MS);
    await shoot(scene, "settings", async (page) => {
      await page.getByRole("button", { name: "Settings" }).click();
      await page.getByRole("dialog").waitFor();
    });
    await simulate(scene);
  });
  await inScene(browser, files.value, "supervisor", (scene) => shootPractice({ ...scene, shoot: (name, prepare) => shoot(scene, name, prepare) }));
  await inScene(browser, files.value, "supervisor", (scene) => shootPeople({ ...scene, shoot: (name, prepare) => shoot(scene, name, prepare) }), { history: {} });
  await inScene(browser, files.value, "supervisor", async (scene) => {
    await scene.clock.advanceTo(LIVE_AT_MS);
    await shootSetup({ ...scene, shoot: (name, prepare) => shoot(scene, name, prepare) });
  });
  await inScene(browser, files.value, "supervisor", (scene) => shootIntegrations({ ...scene, shoot: (name, prepare) => shoot(scene, name, prepare) }), { integrations: {} });
}

/** A batch of the example suite under way, over, and beside a baseline from before the bot was changed for the worse. */
async function simulate(scene: Scene): Promise<void> {
  const { desk, clock, sandbox } = scene;
  const view = (): SimulationsView | null => desk.publisher.state().simulations;
  const isOver = (): boolean => view()?.work.kind === "idle" && view()?.batch !== null;
  const run = async (): Promise<void> => {
    const begun = desk.commands("simulations.run", { which: "all", repeat: 2 });
    await clock.advanceUntil(() => view()?.work.kind === "running");
    await begun;
  };
  await shoot(scene, "simulations-empty", openSimulations);
  await desk.commands("simulations.example", {});
  await really(() => view()?.suite !== null);
  await run();
  await clock.advanceUntil(() => doneOf(view()) >= 24);
  await shoot(scene, "simulations-running", openSimulations);
  await clock.advanceUntil(isOver);
  await desk.commands("simulations.pin", { pinned: true });
  await shoot(scene, "simulations-finished", async (page) => {
    await openSimulations(page);
    await page.getByRole("row").nth(1).click();
    await page.locator(".turns").waitFor();
  });
  const exported = await desk.commands("simulations.export", { format: "html" });
  if (!exported.ok) throw new Error(exported.error.detail);
  const { file } = commandTable["simulations.export"].output.parse(exported.value);
  await shootPage(scene, "simulations-report", async (page) => {
    await page.goto(pathToFileURL(file).href);
  });
  sandbox.setFault("sim-random", 0.2);
  await run();
  await clock.advanceUntil(isOver);
  await shoot(scene, "simulations-compared", openSimulations);
}

function doneOf(view: SimulationsView | null): number {
  return view?.work.kind === "running" ? view.work.progress.done : 0;
}

async function openSimulations(page: Page): Promise<void> {
  await page.getByRole("navigation").getByRole("button", { name: "Simulations" }).click();
  await page.locator("main.sim h1").waitFor();
}

async function inScene(browser: Browser, files: StaticFiles, role: Role, act: (scene: Scene) => Promise<void>, practice: Pick<PracticeProgramOptions, "bridge" | "chats" | "speed" | "loop" | "integrations" | "history"> = {}): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const clock = createSteppedClock(START_MS);
  // More cards than usual: two calls begin at once here, and the pictures are of their first minute.
  const { app, sandbox } = stack.use(await openPracticeProgram({ clock, random: () => 0.8, tunnel: TUNNEL, simulations: {}, ...practice, panel: { role, cardsPerMinute: 6 } }));
  const desk = stack.use(
    createPanelDesk(
      app,
      "practice",
      clock,
      async () => {
        const { definition, payload } = sandbox.exampleIntegration();
        return { draft: definition, payload };
      },
      practiceGround({ sandbox }, app.dataFolder),
    ),
  );
  const loopback = stack.use(
    await serveLoopback({
      ...desk,
      files,
      clock: systemClock,
      random: (length) => randomBytes(length),
      onBug: (bug) => {
        throw new Error("a command failed by a bug", { cause: bug });
      },
    }),
  );
  sandbox.setFault("latency", ANSWER_MS);
  sandbox.setFault("tunnel-latency", ROUND_TRIP_MS);
  sandbox.setFault("tunnel-handshake", HANDSHAKE_MS);
  await app.start();
  await really(() => app.connection("stream").state.kind === "connected");
  if (practice.bridge !== undefined) await really(() => app.connection("bridge").state.kind === "connected");
  await act({ app, desk, sandbox, clock, browser, address: () => loopback.address() });
}

async function openConnectionDetails(page: Page): Promise<void> {
  await page.getByRole("contentinfo").getByRole("button").first().click();
  await page.getByRole("dialog").waitFor();
}

/** Waits for what needs no time of the program's clock, only of the machine. */
async function really(isThere: () => boolean): Promise<void> {
  const deadline = performance.now() + REAL_TIMEOUT_MS;
  while (!isThere()) {
    if (performance.now() > deadline) throw new Error("the program did not come to the moment of the picture");
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
  }
}

/** Some attempts have failed, and the next one is a while ahead. */
function isBetweenAttempts(state: ConnectionState): boolean {
  return state.kind === "reconnecting" && state.attempt >= 3;
}

/** Takes the picture of the panel at the moment in every size and theme: `NAME-WIDTH-THEME.png`. */
async function shoot(scene: Scene, name: string, prepare: (page: Page) => Promise<void> = async () => {}, sizes: readonly Size[] = SIZES): Promise<void> {
  const { desk, address } = scene;
  await shootPage(scene, name, async (page) => {
    await page.goto(address());
    await page.waitForFunction((number) => Number(document.documentElement.dataset["painted"] ?? -1) >= number, desk.publisher.snapshot().number);
    await prepare(page);
  }, sizes);
}

async function shootPage({ browser, clock }: Scene, name: string, show: (page: Page) => Promise<void>, sizes: readonly Size[] = SIZES): Promise<void> {
  for (const viewport of sizes) {
    for (const colorScheme of THEMES) {
      const context = await browser.newContext({ viewport, colorScheme, reducedMotion: "reduce", locale: "en-GB", timezoneId: "UTC" });
      const page = await context.newPage();
      await page.clock.setFixedTime(clock.now());
      await show(page);
      await page.evaluate(() => document.fonts.ready);
      const file = `${name}-${viewport.width}-${colorScheme}.png`;
      await page.screenshot({ path: `${OUT}${file}`, animations: "disabled", caret: "hide" });
      console.log(file);
      await context.close();
    }
  }
}
