import { EventEmitter } from "node:events";
import type { BrowserWindow, CrashReporter, Dialog, MessageBoxOptions } from "electron";
import { describe, expect, test } from "vitest";
import type { Crash } from "../../electron/diagnostics/crash-report.ts";
import { watchCrashes } from "../../electron/desktop/crash-watch.ts";
import { englishSpeech } from "../../electron/words/speech.ts";
import { watchMain } from "../../electron/desktop/main-watch.ts";
import { tellFailure } from "../../electron/desktop/failure-box.ts";
import { startCrashReporter } from "../../electron/desktop/crash-reporter.ts";
import { err, ok } from "../../shared/result.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { createFakeList } from "../support/only-members.ts";

type Surface = Parameters<typeof watchMain>[0]["electron"];

/** What of Electron crashes touch; `answer`: the button that the person presses. */
function setUp({ answer = 0, ready = true } = {}) {
  const list = createFakeList();
  const did: string[] = [];
  const boxes: { readonly message: string; readonly detail: string | undefined }[] = [];
  const appEvents = new EventEmitter();
  const contentsEvents = new EventEmitter();
  const windowEvents = new EventEmitter();
  const crashes: Crash[] = [];
  const clock = createFakeClock();
  let destroyed = false;
  const app = list.fake<Surface["app"], "on" | "off" | "quit" | "exit" | "isReady">("App", {
    on: appEvents.on.bind(appEvents) as Surface["app"]["on"],
    off: appEvents.off.bind(appEvents) as Surface["app"]["off"],
    quit: () => did.push("quit"),
    exit: (code) => did.push(`exit ${code}`),
    isReady: () => ready,
  });
  const dialog = list.fake<Dialog, "showMessageBox" | "showErrorBox">("Dialog", {
    showMessageBox: (async ({ message, detail }: MessageBoxOptions) => {
      boxes.push({ message, detail });
      return { response: answer, checkboxChecked: false };
    }) as Dialog["showMessageBox"],
    showErrorBox: (message, detail) => boxes.push({ message, detail }),
  });
  const webContents = list.fake<BrowserWindow["webContents"], "on" | "forcefullyCrashRenderer">("WebContents", {
    on: contentsEvents.on.bind(contentsEvents) as BrowserWindow["webContents"]["on"],
    forcefullyCrashRenderer() {
      did.push("end the page");
      contentsEvents.emit("render-process-gone", {}, { reason: "crashed", exitCode: 1 });
    },
  });
  const window = list.fake<BrowserWindow, "on" | "webContents" | "loadURL" | "isDestroyed">("BrowserWindow", {
    on: windowEvents.on.bind(windowEvents) as BrowserWindow["on"],
    webContents,
    async loadURL(url) {
      did.push(`load ${url}`);
    },
    isDestroyed: () => destroyed,
  });
  const take = async (crash: Crash) => {
    crashes.push(crash);
    return ok(`/data/crashes/${crashes.length}.json`);
  };
  const restart = (): void => void did.push("relaunch");
  return {
    electron: { app, dialog },
    restart,
    window,
    clock,
    take,
    did,
    boxes,
    crashes,
    appEvents,
    windowEvents,
    destroy: () => (destroyed = true),
    pageGone: async (reason = "crashed") => {
      contentsEvents.emit("render-process-gone", {}, { reason, exitCode: 139 });
      await clock.advance(0);
    },
    watch: (parts = {}) =>
      watchCrashes({
        electron: { app, dialog },
        window,
        clock,
        take,
        speech: englishSpeech,
        restart,
        quit: () => did.push("close in order"),
        onBug: (bug) => {
          throw bug;
        },
        ...parts,
      }),
  };
}

const LOAD = "load app://callside/";

describe("the panel's page", () => {
  test("that ends is reported and loaded again at once, three times in a minute; then the person is asked", async () => {
    const { watch, pageGone, did, crashes, boxes, clock } = setUp();
    watch();
    for (let time = 1; time <= 3; time += 1) await pageGone();
    expect(did.map((one) => one.startsWith(LOAD))).toEqual([true, true, true]);
    await pageGone("oom");
    expect(did.slice(3)).toEqual(["relaunch", "close in order"]);
    expect(boxes).toEqual([{ message: "The panel keeps failing.", detail: expect.stringContaining("/data/crashes/4.json") }]);
    expect(crashes.map(({ kind, reason }) => [kind, reason]).at(-1)).toEqual(["page", "oom (exit code 139)"]);
    await clock.advance(60_000);
    await pageGone();
    expect(did.slice(5)).toEqual([expect.stringContaining(LOAD)]);
  });

  test("is not waited for by the report, and comes back where none can be written", async () => {
    const { watch, pageGone, did } = setUp();
    watch({ take: () => new Promise(() => {}) });
    await pageGone();
    expect(did).toEqual([expect.stringContaining(LOAD)]);
    const full = setUp();
    full.watch({ take: async () => err({ kind: "transport", code: "disk", detail: "no space is left on the disk" }) });
    for (let time = 1; time <= 4; time += 1) await full.pageGone();
    expect(full.boxes[0]?.detail).toContain("no space is left on the disk");
  });

  test("that answers no more is ended and loaded again, as one crash", async () => {
    const { watch, windowEvents, did, crashes, clock } = setUp();
    watch();
    windowEvents.emit("unresponsive");
    await clock.advance(0);
    expect(did).toEqual(["end the page", expect.stringContaining(LOAD)]);
    expect(crashes).toEqual([{ kind: "frozen", reason: "the page answered no more" }]);
  });

  test("that ends because its window closes, or in order, is no crash", async () => {
    const { watch, pageGone, did, crashes, destroy } = setUp();
    watch();
    await pageGone("clean-exit");
    destroy();
    await pageGone();
    expect([did, crashes]).toEqual([[], []]);
  });

  test("a process beside it is reported and left to Electron; nothing listens after the end", async () => {
    const { watch, appEvents, crashes, did } = setUp();
    const watching = watch();
    appEvents.emit("child-process-gone", {}, { type: "GPU", reason: "crashed", exitCode: 5 });
    appEvents.emit("child-process-gone", {}, { type: "Utility", reason: "clean-exit", exitCode: 0 });
    expect(crashes).toEqual([{ kind: "child", reason: "GPU: crashed (exit code 5)" }]);
    watching[Symbol.dispose]();
    expect(appEvents.eventNames()).toEqual([]);
    expect(did).toEqual([]);
  });
});

describe("a mistake of ours that nobody caught", () => {
  const thrown = new TypeError("it broke");

  test.each([["uncaughtException", 0, ["relaunch", "quit"]], ["unhandledRejection", 1, ["quit"]]] as const)("%s: it is reported, the person is told where, and the program ends in order", async (event, answer, wanted) => {
    const { electron, clock, take, restart, did, boxes, crashes } = setUp({ answer });
    const events = new EventEmitter();
    const watching = watchMain({ electron, events, clock, take, restart });
    events.emit(event, thrown);
    await clock.advance(0);
    expect(did).toEqual(wanted);
    expect(boxes[0]?.detail).toContain("/data/crashes/1.json");
    expect(crashes[0]).toMatchObject({ kind: "main", reason: "TypeError: it broke" });
    watching[Symbol.dispose]();
    expect([events.eventNames(), clock.pending()]).toEqual([[], 0]);
  });

  test("that follows from the first is reported and tells no second time, and not without end", async () => {
    const { electron, clock, take, restart, did, boxes, crashes } = setUp();
    const events = new EventEmitter();
    watchMain({ electron, events, clock, take, restart });
    for (let time = 0; time < 100; time += 1) events.emit("uncaughtException", thrown);
    await clock.advance(0);
    expect([crashes.length, boxes.length, did]).toEqual([5, 1, ["relaunch", "quit"]]);
  });

  test("ends the program by force where it cannot end in order within 5 s", async () => {
    const { electron, clock, take, restart, did } = setUp();
    const events = new EventEmitter();
    watchMain({ electron, events, clock, take, restart });
    events.emit("uncaughtException", thrown);
    await clock.advance(4_999);
    expect(did).not.toContain("exit 1");
    await clock.advance(1);
    expect(did).toContain("exit 1");
  });

  test("is told without a report where the disk hangs or the report fails, and before the app is ready", async () => {
    const hanging = setUp();
    const events = new EventEmitter();
    watchMain({ ...hanging, events, take: () => new Promise(() => {}) });
    events.emit("uncaughtException", "no error at all");
    await hanging.clock.advance(1_999);
    expect(hanging.boxes).toEqual([]);
    await hanging.clock.advance(1);
    expect(hanging.boxes[0]?.detail).toContain("there may be no report");
    const early = setUp({ ready: false });
    const earlyEvents = new EventEmitter();
    watchMain({ ...early, events: earlyEvents, take: () => Promise.reject(new Error("again")) });
    earlyEvents.emit("unhandledRejection", thrown);
    await early.clock.advance(0);
    expect(early.boxes).toEqual([{ message: "Callside", detail: expect.stringContaining("No report could be written") }]);
    expect(early.did).toEqual(["quit"]);
  });
});

describe("a mistake that ended the program", () => {
  test("is told with where its report is, and not with its stack", async () => {
    const { electron, clock, take, boxes, crashes } = setUp();
    await tellFailure(new TypeError("it broke"), { ...electron, clock, take, speech: englishSpeech });
    expect(boxes).toEqual([{ message: "Callside failed", detail: "Something went wrong inside Callside, and it has to end. A report is in /data/crashes/1.json. It stays on this machine." }]);
    expect(crashes).toEqual([{ kind: "main", reason: "TypeError: it broke", stack: expect.stringContaining("crash-watch.test") }]);
    expect(clock.pending()).toBe(0);
  });

  test("is told within 2 s where the disk does not answer", async () => {
    const { electron, clock, boxes } = setUp();
    const told = tellFailure(new TypeError("it broke"), { ...electron, clock, take: () => new Promise(() => {}), speech: englishSpeech });
    await clock.advance(1_999);
    expect(boxes).toEqual([]);
    await clock.advance(1);
    await told;
    expect(boxes[0]?.detail).toContain("there may be no report");
  });
});

test("memory dumps stay in our folder and are sent to nobody", () => {
  const said: unknown[] = [];
  const list = createFakeList();
  startCrashReporter(
    {
      app: list.fake<Surface["app"], "setPath">("App", { setPath: (name, path) => said.push([name, path]) }),
      crashReporter: list.fake<CrashReporter, "start">("CrashReporter", { start: (options) => said.push(options) }),
    },
    "/data/crashes",
  );
  expect(said).toEqual([["crashDumps", "/data/crashes"], { uploadToServer: false, compress: false }]);
});
