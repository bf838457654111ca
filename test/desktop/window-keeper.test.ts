import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openKeptWindow, type KeptWindow, type KeptWindowOptions } from "../support/kept-window.ts";
import { sampleDisplay } from "../support/stand-in-screen.ts";
import { tempDirectory, type TempDirectory } from "../support/temp-directory.ts";

const laptop = sampleDisplay(1, 0, 0, 1920, 1080);
const desk = sampleDisplay(2, 1920, 0, 2560, 1440);
const right = { x: 1520, y: 0, width: 400, height: 1040 };
const left = { x: 0, y: 0, width: 400, height: 1040 };

let home: TempDirectory;
let kept: KeptWindow;

beforeEach(async () => {
  home = await tempDirectory();
});
afterEach(async () => {
  await kept[Symbol.asyncDispose]();
  // Nothing is left behind: no timer, no listener.
  expect(kept.clock.pending()).toBe(0);
  expect(kept.screen.events.eventNames()).toEqual([]);
  expect(kept.events.eventNames()).toEqual(["minimize"]);
  await home[Symbol.asyncDispose]();
});

async function open(options: Omit<KeptWindowOptions, "folder"> = {}): Promise<KeptWindow> {
  kept = await openKeptWindow({ settings: { dock: "right" }, displays: [laptop], ...options, folder: home.path });
  // The first echoes are over.
  await kept.clock.advance(1_000);
  return kept;
}

async function reopen(options: Omit<KeptWindowOptions, "folder"> = {}): Promise<KeptWindow> {
  await kept[Symbol.asyncDispose]();
  return open(options);
}

const bounds = () => kept.window.getBounds();
/** Long enough for every wait. */
const rest = () => kept.clock.advance(5_000);

describe("at the start", () => {
  it("docks on the display with the cursor, and is made there at once", async () => {
    await open({ displays: [laptop, desk], cursor: { x: 3_000, y: 10 } });
    expect(bounds()).toEqual({ x: 4080, y: 0, width: 400, height: 1400 });
    expect(kept.place.asked).toEqual([]);
  });

  it("stands where it stood, although the cursor is elsewhere", async () => {
    await open({ displays: [laptop, desk], cursor: { x: 3_000, y: 10 } });
    await reopen({ displays: [laptop, desk], cursor: { x: 0, y: 0 } });
    expect(bounds()).toMatchObject({ x: 4080 });
  });

  it("takes only the width along to displays that it does not know", async () => {
    await open();
    kept.place.resize({ x: 1420, width: 500 });
    await rest();
    await reopen({ displays: [desk], cursor: { x: 2_000, y: 10 } });
    expect(bounds()).toEqual({ x: 3980, y: 0, width: 500, height: 1400 });
  });

  it("waits for a display where the machine has none", async () => {
    await open({ displays: [] });
    expect(bounds()).toMatchObject({ width: 400, height: 900 });
    kept.screen.change([laptop], "display-added");
    await rest();
    expect(bounds()).toEqual(right);
  });
});

describe.each(["win32", "darwin", "linux"] as const)("what a person does on %s", (platform) => {
  it("drags a docked panel away: it floats, and the setting says so", async () => {
    await open({ platform });
    kept.place.drag({ x: 900, y: 100 });
    await rest();
    expect(kept.patches).toEqual([{ dock: "floating" }]);
    expect(bounds()).toEqual({ ...right, x: 900, y: 100 });
    await reopen({ platform, settings: { dock: "floating" } });
    expect(bounds()).toEqual({ ...right, x: 900, y: 100 });
  });

  it("lets it go near an edge: it docks there, and dragging it away again undoes that", async () => {
    await open({ platform, settings: { dock: "floating" } });
    kept.place.drag({ x: 20, y: 70 });
    await rest();
    expect(bounds()).toEqual(left);
    expect(kept.patches).toEqual([{ dock: "left" }]);
    kept.place.drag({ x: 600, y: 70 });
    await rest();
    expect(kept.patches).toEqual([{ dock: "left" }, { dock: "floating" }]);
    expect(bounds()).toMatchObject({ x: 600, y: 70 });
  });

  it("makes it wider: it stays docked, and its width is remembered for both edges", async () => {
    await open({ platform });
    kept.place.resize({ x: 1400, width: 520 });
    await rest();
    expect(bounds()).toEqual({ ...right, x: 1400, width: 520 });
    kept.place.resize({ x: 500, width: 1420 });
    await rest();
    expect(bounds()).toEqual({ ...right, x: 960, width: 960 });
    await kept.settings.change({ dock: "left" });
    expect(bounds()).toEqual({ ...left, width: 960 });
    await reopen({ platform });
    expect(bounds()).toEqual({ ...right, x: 960, width: 960 });
    await reopen({ platform, displays: [desk] });
    expect(bounds()).toMatchObject({ width: 960 });
  });

  it("pulls it lower: it is as high as the work area again", async () => {
    await open({ platform });
    kept.place.resize({ height: 500 });
    await rest();
    expect(bounds()).toEqual(right);
    expect(kept.patches).toEqual([]);
  });

  it("drags it to another display: it docks there, and does so the next time", async () => {
    await open({ platform, displays: [laptop, desk] });
    kept.place.drag({ x: 1935, y: 300 });
    await rest();
    expect(bounds()).toEqual({ x: 1920, y: 0, width: 400, height: 1400 });
    await reopen({ platform, displays: [laptop, desk], settings: { dock: "left" } });
    expect(bounds()).toEqual({ x: 1920, y: 0, width: 400, height: 1400 });
  });

  it("does so right before the end: it is remembered", async () => {
    await open({ platform, settings: { dock: "floating" } });
    kept.place.drag({ x: 700, y: 100 });
    await reopen({ platform, settings: { dock: "floating" } });
    expect(bounds()).toMatchObject({ x: 700, y: 100 });
  });

  it("does so right before the panel is hidden: it comes back there", async () => {
    await open({ platform, settings: { dock: "floating" } });
    kept.place.drag({ x: 700, y: 100 });
    kept.window.hide();
    kept.window.show();
    await rest();
    expect(bounds()).toMatchObject({ x: 700, y: 100 });
  });
});

it("docks on Windows as soon as it is let go of, and not while it is held still", async () => {
  await open({ platform: "win32", settings: { dock: "floating" } });
  kept.events.emit("will-move");
  kept.place.push({ x: 10, y: 40 });
  await rest();
  expect(bounds()).toMatchObject({ x: 10, y: 40 });
  kept.events.emit("moved");
  expect(bounds()).toEqual(left);
  // At once, although it has only just been placed.
  kept.place.drag({ x: 800, y: 40 });
  expect(kept.patches).toEqual([{ dock: "left" }, { dock: "floating" }]);
});

it("hears on Windows of a window that was moved by keys, which nobody holds", async () => {
  await open({ platform: "win32", settings: { dock: "floating" } });
  kept.place.drag({ x: 800, y: 40 });
  await rest();
  kept.place.push({ x: 500, y: 90 });
  await reopen({ platform: "win32", settings: { dock: "floating" } });
  expect(bounds()).toMatchObject({ x: 500, y: 90 });
});

it("leaves no gap at the edge for the invisible border that Windows has around a window", async () => {
  await open({ platform: "win32" });
  kept.place.border = 8;
  await kept.settings.change({ dock: "left" });
  expect(bounds()).toEqual({ x: -7, y: 0, width: 414, height: 1047 });
  kept.place.resize({ width: 514 });
  expect(bounds()).toEqual({ x: -7, y: 0, width: 514, height: 1047 });
  await kept.settings.change({ dock: "right" });
  expect(bounds()).toEqual({ x: 1413, y: 0, width: 514, height: 1047 });
  kept.place.drag({ x: 700, y: 60 });
  expect(bounds()).toEqual({ x: 700, y: 60, width: 514, height: 1040 });
  await reopen({ platform: "linux" });
  kept.place.border = 8;
  await kept.settings.change({ dock: "left" });
  expect(bounds()).toEqual({ x: 0, y: 0, width: 500, height: 1040 });
});

describe("a setting that cannot be changed", () => {
  it("brings the panel back, says why, and says no more once it can", async () => {
    await open();
    kept.lock({ kind: "policy", code: "not-allowed", detail: "desktop.dock is set by CALLSIDE_DOCK" });
    kept.place.drag({ x: 900, y: 100 });
    await rest();
    expect(bounds()).toEqual(right);
    expect(kept.notices()).toEqual([expect.stringContaining("desktop.dock is set by CALLSIDE_DOCK")]);
    kept.lock(null);
    kept.place.drag({ x: 900, y: 100 });
    await rest();
    expect(bounds()).toMatchObject({ x: 900, y: 100 });
    expect(kept.notices()).toEqual([]);
  });
});

describe("settings take effect at once", () => {
  it("docks at the display on which the panel floats, and floats again where it was", async () => {
    await open({ displays: [laptop, desk] });
    expect(bounds()).toEqual(right);
    kept.place.drag({ x: 2_500, y: 80 });
    await rest();
    const floating = bounds();
    await kept.settings.change({ dock: "right" });
    expect(bounds()).toMatchObject({ x: 4480 - floating.width, height: 1400 });
    await kept.settings.change({ dock: "floating" });
    expect(bounds()).toEqual(floating);
  });

  it("puts it on top, and on macOS into every space", async () => {
    await open({ platform: "darwin" });
    expect(kept.place.level).toEqual({ onTop: false, level: undefined, allWorkspaces: false });
    await kept.settings.change({ alwaysOnTop: true });
    expect(kept.place.level).toEqual({ onTop: true, level: "floating", allWorkspaces: true });
    await kept.settings.change({ alwaysOnTop: false });
    expect(kept.place.level).toMatchObject({ onTop: false, allWorkspaces: false });
    await reopen({ platform: "win32", settings: { alwaysOnTop: true } });
    expect(kept.place.level).toEqual({ onTop: true, level: "floating", allWorkspaces: false });
  });

  it("leaves it where it is for any other setting", async () => {
    await open();
    await kept.settings.change({ notifications: false });
    expect(kept.place.asked).toEqual([]);
  });
});

describe("displays that change", () => {
  it("bring it to its place on each set, for as long as it is remembered", async () => {
    await open({ displays: [laptop, desk], settings: { dock: "floating" } });
    const atDesk = { x: 3_000, y: 200, width: 600, height: 1_000 };
    kept.place.drag({ x: 3_000, y: 200 });
    kept.place.resize({ width: 600, height: 1_000 });
    await rest();
    kept.screen.change([laptop], "display-removed");
    await rest();
    expect(bounds()).toEqual({ x: 1_320, y: 40, width: 600, height: 1_000 });
    kept.place.drag({ x: 100, y: 20 });
    await rest();
    kept.screen.change([laptop, desk], "display-added");
    await rest();
    expect(bounds()).toEqual(atDesk);
    kept.screen.change([laptop], "display-removed");
    await rest();
    expect(bounds()).toEqual({ x: 100, y: 20, width: 600, height: 1_000 });
  });

  it.each(["win32", "linux"] as const)("do not undock it when the system pushes it about, before or after it tells (%s)", async (platform) => {
    await open({ platform, displays: [laptop, desk], cursor: { x: 3_000, y: 0 } });
    kept.screen.change([laptop], "display-removed");
    kept.place.push({ x: 500, y: 90 });
    await kept.clock.advance(400);
    expect(bounds()).toEqual(right);
    kept.place.push({ x: 500, y: 90, width: 390 });
    await rest();
    expect(bounds()).toEqual(right);
    expect(kept.patches).toEqual([]);
    kept.place.push({ x: 30 });
    // The set is another one by now, but nobody has said so yet.
    kept.screen.events.removeAllListeners();
    kept.screen.change([laptop, desk], "display-added");
    await rest();
    expect(kept.patches).toEqual([]);
    expect(bounds()).toMatchObject({ x: 4080 });
  });

  it("follow the task bar and the scale", async () => {
    await open();
    kept.screen.change([{ ...laptop, workArea: { x: 60, y: 0, width: 1860, height: 1080 } }]);
    await rest();
    expect(bounds()).toEqual({ x: 1520, y: 0, width: 400, height: 1080 });
    kept.screen.change([sampleDisplay(1, 0, 0, 1280, 720, 1.5)]);
    await rest();
    expect(bounds()).toEqual({ x: 880, y: 0, width: 400, height: 680 });
  });

  it("are gone for a moment: nothing happens until there is one again", async () => {
    await open();
    kept.screen.change([], "display-removed");
    await rest();
    expect(kept.place.asked).toEqual([]);
    kept.screen.change([laptop], "display-added");
    await rest();
    expect(bounds()).toEqual(right);
  });

  it("between which the first call is reckoned with the wrong scale are called twice", async () => {
    await open({ platform: "win32", displays: [laptop, desk] });
    let calls = 0;
    kept.place.manage = (wanted) => {
      calls += 1;
      return calls === 1 ? { ...wanted, width: Math.floor(wanted.width / 1.5) } : wanted;
    };
    kept.place.drag({ x: 1_930, y: 50 });
    expect(bounds()).toEqual({ x: 1920, y: 0, width: 400, height: 1400 });
  });
});

describe("a window that is not at its place on purpose", () => {
  it("is left alone while it is maximised, and comes back", async () => {
    await open();
    kept.place.maximize({ x: 0, y: 0, width: 1920, height: 1040 });
    await rest();
    kept.screen.change([{ ...laptop, workArea: { ...laptop.workArea, height: 1000 } }]);
    await kept.settings.change({ dock: "left" });
    await rest();
    expect(kept.place.asked).toEqual([]);
    kept.place.unmaximize();
    await rest();
    expect(bounds()).toEqual({ ...left, height: 1000 });
    expect(kept.patches).toEqual([{ dock: "left" }]);
  });

  it("is left alone in full screen and minimised", async () => {
    await open();
    kept.window.setFullScreen(true);
    await kept.settings.change({ dock: "left" });
    expect(kept.place.asked).toEqual([]);
    kept.window.setFullScreen(false);
    expect(bounds()).toEqual(left);
    kept.window.minimize();
    await kept.settings.change({ dock: "right" });
    expect(bounds()).toEqual(left);
    kept.window.restore();
    expect(bounds()).toEqual(right);
  });

  it("is asked once more where the window manager would not, and then left to it", async () => {
    await open();
    kept.place.manage = (wanted) => ({ ...wanted, x: 200, width: 700 });
    await kept.settings.change({ dock: "left" });
    await rest();
    const asked = kept.place.asked.length;
    expect(asked).toBeLessThanOrEqual(4);
    await rest();
    expect(kept.place.asked).toHaveLength(asked);
    expect(kept.patches).toEqual([{ dock: "left" }]);
  });
});

it("does not wrestle with a window manager that never gives the same place twice", async () => {
  await open();
  let calls = 0;
  kept.place.manage = (wanted) => {
    calls += 1;
    return { ...wanted, x: 200 + 10 * calls };
  };
  await kept.settings.change({ dock: "left" });
  await kept.clock.advance(60_000);
  expect(calls).toBe(4);
});

it("is brought within reach whenever it is shown", async () => {
  await open({ settings: { dock: "floating" } });
  const before = bounds();
  kept.window.hide();
  kept.place.push({ x: 9_000, y: 9_000 });
  kept.window.show();
  expect(bounds()).toEqual(before);
});

it("is not touched once it is gone", async () => {
  await open();
  kept.place.drag({ x: 900, y: 100 });
  kept.window.destroy();
  kept.screen.change([desk]);
  await rest();
  await kept.settings.change({ dock: "left", alwaysOnTop: true });
  expect(kept.place.asked).toEqual([]);
});
