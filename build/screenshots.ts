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
import type { Role, Settings } from "../shared/settings.ts";
import type { SimulationsView } from "../shared/simulation-view.ts";
import { BUSY, shootBridge } from "./bridge-scene.ts";
import { launchBrowser } from "./browser.ts";
import { CHATS, shootChats } from "./chat-scene.ts";
import { buildRenderer, rendererDirectory, rendererIsFresh } from "./build-renderer.ts";
import { nodeHindrance } from "./check-node.ts";
import { shootDesktop } from "./desktop-scene.ts";
import { GERMAN, shootGermanCall, shootGermanOverview } from "./german-scene.ts";
import { shootHealth } from "./health-scene.ts";
import { shootIntegrations } from "./integrations-scene.ts";
import { LOCKED, shootLocked } from "./locked-scene.ts";
import { palettePng } from "./palette-png.ts";
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
  /** Takes the picture of the panel at the moment in these sizes and both themes: `NAME-WIDTH-THEME.png`. */
  readonly shoot: (name: string, prepare?: (page: Page) => Promise<void>, sizes?: readonly Size[]) => Promise<void>;
  /** The same of any page; `show` goes there. */
  readonly shootPage: (name: string, show: (page: Page) => Promise<void>) => Promise<void>;
}

/** What is pictured, and how its program is set up. */
interface SceneRow extends Pick<PracticeProgramOptions, "bridge" | "chats" | "speed" | "loop" | "integrations" | "history" | "assist" | "language" | "machine"> {
  /** By which it can be chosen alone. */
  readonly name: string;
  readonly role: Role;
  /** Live, as in a centre, unless practice itself is the picture. */
  readonly mode?: Settings["mode"];
  /** No call begins by itself. */
  readonly held?: true;
  readonly act: (scene: Scene) => Promise<void>;
}

const hindrance = nodeHindrance(process.version);
if (hindrance !== null) {
  console.error(hindrance);
  process.exit(1);
}
const scenes: readonly SceneRow[] = [
  { name: "call", role: "agent", act: shootCall },
  { name: "tunnel", role: "agent", act: shootTunnel },
  { name: "fallback", role: "agent", act: shootFallback },
  { name: "chats", role: "agent", act: shootChats, bridge: {}, chats: CHATS },
  { name: "health", role: "agent", act: duringCall(shootHealth) },
  { name: "desktop", role: "agent", act: duringCall(shootDesktop) },
  { name: "german-call", role: "agent", act: shootGermanCall, ...GERMAN, held: true },
  { name: "german-overview", role: "supervisor", act: shootGermanOverview, ...GERMAN, history: {} },
  { name: "bridge", role: "supervisor", act: shootBridge, ...BUSY },
  { name: "settings", role: "supervisor", act: duringCall(shootSettings) },
  { name: "locked", role: "supervisor", act: duringCall(shootLocked), machine: LOCKED },
  { name: "simulations", role: "supervisor", act: duringCall(simulate) },
  { name: "practice", role: "agent", act: shootPractice, mode: "practice" },
  { name: "setup", role: "supervisor", act: duringCall(shootSetup), mode: "practice" },
  { name: "people", role: "supervisor", act: shootPeople, history: {} },
  { name: "integrations", role: "supervisor", act: shootIntegrations, integrations: {} },
];
await take(process.argv.slice(2));

/** Takes the pictures of the scenes of these names, of all where none is named. */
async function take(names: readonly string[]): Promise<void> {
  const unknown = names.filter((name) => !scenes.some((row) => row.name === name));
  if (unknown.length > 0) throw new Error(`no scene is named ${unknown.join(", ")}; there are ${scenes.map(({ name }) => name).join(", ")}`);
  const chosen = names.length === 0 ? scenes : scenes.filter(({ name }) => names.includes(name));
  if (!(await rendererIsFresh())) await buildRenderer();
  const files = await readStaticFiles(rendererDirectory, fs);
  if (!files.ok) throw new Error(files.error.detail);
  await fs.mkdir(OUT, { recursive: true });
  await using stack = new AsyncDisposableStack();
  const browser = stack.adopt(await launchBrowser(), (one) => one.close());
  for (const row of chosen) await inScene(browser, files.value, row);
}

/** An agent's call: nothing yet, under way, and with the stream gone. */
async function shootCall({ app, clock, sandbox, shoot }: Scene): Promise<void> {
  await shoot("empty");
  await clock.advanceTo(LIVE_AT_MS);
  await shoot("live");
  sandbox.setFault("upgrade", "503");
  sandbox.setFault("drop-now", "now");
  const stream = (): ConnectionState => app.connection("stream").state;
  await really(() => stream().kind === "reconnecting");
  await clock.advanceUntil(() => isBetweenAttempts(stream()));
  await shoot("disconnected");
}

/** The tunnel as it should be, in doubt, gone, and refused for good. */
async function shootTunnel({ app, clock, sandbox, shoot }: Scene): Promise<void> {
  const tunnel = (): ConnectionState => app.connection("tunnel").state;
  await clock.advanceTo(LIVE_AT_MS);
  await shoot("tunnel-connected");
  await shoot("tunnel-connected-details", openConnectionDetails);
  sandbox.setFault("tunnel-no-pong", "on");
  await clock.advanceUntil(() => tunnel().kind === "degraded");
  await clock.advanceTo(clock.now() + 3_000);
  await shoot("tunnel-checking");
  sandbox.setFault("tunnel-upgrade", "503");
  await clock.advanceUntil(() => isBetweenAttempts(tunnel()));
  await shoot("tunnel-reconnecting");
  await shoot("tunnel-reconnecting-details", openConnectionDetails);
  sandbox.setFault("bot-check", "403");
  await clock.advanceUntil(() => tunnel().kind === "rejected");
  await shoot("tunnel-rejected");
}

async function shootFallback({ clock, sandbox, shoot }: Scene): Promise<void> {
  await clock.advanceTo(PLATFORM_FAILS_AT_MS);
  sandbox.setFault("timeout", 1);
  await clock.advanceTo(LIVE_AT_MS);
  await shoot("fallback");
}

async function shootSettings({ shoot }: Scene): Promise<void> {
  await shoot("settings", async (page) => {
    await page.getByRole("button", { name: "Settings" }).click();
    await page.getByRole("dialog").waitFor();
  });
}

/** The scene, a good half minute into the first call. */
function duringCall(act: (scene: Scene) => Promise<void>): (scene: Scene) => Promise<void> {
  return async (scene) => {
    await scene.clock.advanceTo(LIVE_AT_MS);
    await act(scene);
  };
}

/** A batch of the example suite under way, over, and beside a baseline from before the bot was changed for the worse. */
async function simulate({ desk, clock, sandbox, shoot, shootPage: shootFile }: Scene): Promise<void> {
  const view = (): SimulationsView | null => desk.publisher.state().simulations;
  const isOver = (): boolean => view()?.work.kind === "idle" && view()?.batch !== null;
  const run = async (): Promise<void> => {
    const begun = desk.commands("simulations.run", { which: "all", repeat: 2 });
    await clock.advanceUntil(() => view()?.work.kind === "running");
    await begun;
  };
  await shoot("simulations-empty", openSimulations);
  await desk.commands("simulations.example", {});
  await really(() => view()?.suite !== null);
  await run();
  await clock.advanceUntil(() => doneOf(view()) >= 24);
  await shoot("simulations-running", openSimulations);
  await clock.advanceUntil(isOver);
  await desk.commands("simulations.pin", { pinned: true });
  await shoot("simulations-finished", async (page) => {
    await openSimulations(page);
    await page.getByRole("row").nth(1).click();
    await page.locator(".turns").waitFor();
  });
  const exported = await desk.commands("simulations.export", { format: "html" });
  if (!exported.ok) throw new Error(exported.error.detail);
  const { file } = commandTable["simulations.export"].output.parse(exported.value);
  await shootFile("simulations-report", async (page) => {
    await page.goto(pathToFileURL(file).href);
  });
  sandbox.setFault("sim-random", 0.2);
  await run();
  await clock.advanceUntil(isOver);
  await shoot("simulations-compared", openSimulations);
}

function doneOf(view: SimulationsView | null): number {
  return view?.work.kind === "running" ? view.work.progress.done : 0;
}

async function openSimulations(page: Page): Promise<void> {
  await page.getByRole("navigation").getByRole("button", { name: "Simulations" }).click();
  await page.locator("main.sim h1").waitFor();
}

async function inScene(browser: Browser, files: StaticFiles, { name: _name, role, mode = "live", held, act, ...options }: SceneRow): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const clock = createSteppedClock(START_MS);
  // More cards than usual: two calls begin at once here, and the pictures are of their first minute.
  const { app, sandbox } = stack.use(await openPracticeProgram({ clock, random: () => 0.8, tunnel: TUNNEL, simulations: {}, ...options, panel: { role, cardsPerMinute: 6 } }));
  const desk = stack.use(
    createPanelDesk(
      app,
      mode,
      clock,
      async () => {
        const { definition, payload } = sandbox.exampleIntegration();
        return { draft: definition, payload };
      },
      mode === "practice" ? practiceGround({ sandbox }, app.dataFolder) : null,
    ),
  );
  const loopback = stack.use(
    await serveLoopback({
      ...desk,
      files,
      pageLanguage: () => options.language ?? "en",
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
  if (held) sandbox.hold();
  await app.start();
  await really(() => app.connection("stream").state.kind === "connected");
  await clock.advanceUntil(() => app.connection("tunnel").state.kind === "connected");
  if (options.bridge !== undefined) await really(() => app.connection("bridge").state.kind === "connected");
  const shootAny: Scene["shootPage"] = (name, show) => shootPage(browser, clock, name, show, SIZES);
  const shoot: Scene["shoot"] = (name, prepare = async () => {}, sizes = SIZES) =>
    shootPage(
      browser,
      clock,
      name,
      async (page) => {
        await page.goto(loopback.address());
        await page.waitForFunction((number) => Number(document.documentElement.dataset["painted"] ?? -1) >= number, desk.publisher.snapshot().number);
        await prepare(page);
      },
      sizes,
    );
  await act({ app, desk, sandbox, clock, shoot, shootPage: shootAny });
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

async function shootPage(browser: Browser, clock: SteppedClock, name: string, show: (page: Page) => Promise<void>, sizes: readonly Size[]): Promise<void> {
  for (const viewport of sizes) {
    for (const colorScheme of THEMES) {
      const context = await browser.newContext({ viewport, colorScheme, reducedMotion: "reduce", locale: "en-GB", timezoneId: "UTC" });
      const page = await context.newPage();
      await page.clock.setFixedTime(clock.now());
      await show(page);
      await page.mouse.move(0, 0);
      await page.evaluate(() => document.fonts.ready);
      const file = `${name}-${viewport.width}-${colorScheme}.png`;
      await fs.writeFile(`${OUT}${file}`, palettePng(await page.screenshot({ animations: "disabled", caret: "hide" })));
      console.log(file);
      await context.close();
    }
  }
}
