import { describe, expect, it } from "vitest";
import type { Bounds } from "../../electron/desktop/window-displays.ts";
import { judgeAct, type Cause } from "../../electron/desktop/window-judge.ts";
import type { Dock } from "../../electron/desktop/window-place.ts";
import { sampleDisplay } from "../support/stand-in-screen.ts";

const first = sampleDisplay(1, 0, 0, 1920, 1080);
const second = sampleDisplay(2, 1920, -200, 2560, 1440, 1.5);
const docked: Bounds = { x: 1520, y: 0, width: 400, height: 1040 };
const floating: Bounds = { x: 700, y: 100, width: 400, height: 900 };

function judge(before: Bounds, change: Partial<Bounds>, dock: Dock, cause: Cause = "unknown") {
  return judgeAct({ before, after: { ...before, ...change }, dock, displays: [first, second], cause });
}

describe("dragging a floating panel", () => {
  it.each([
    [24, { kind: "docked", edge: "left", display: 1 }],
    [25, { kind: "floated" }],
    [-24, { kind: "docked", edge: "left", display: 1 }],
    [-25, { kind: "floated" }],
    [1496, { kind: "docked", edge: "right", display: 1 }],
    [1495, { kind: "floated" }],
    [1920 + 20, { kind: "docked", edge: "left", display: 2 }],
    [4480 - 400 - 20, { kind: "docked", edge: "right", display: 2 }],
  ])("to x = %i", (x, expected) => {
    expect(judge(floating, { x }, "floating")).toMatchObject(expected);
  });

  it("keeps where it was put", () => {
    expect(judge(floating, { x: 300, y: 50 }, "floating")).toEqual({ kind: "floated", bounds: { ...floating, x: 300, y: 50 } });
  });
});

describe("dragging a docked panel", () => {
  it("away undocks it, and not far away docks it again", () => {
    expect(judge(docked, { x: 1400, y: 30 }, "right")).toMatchObject({ kind: "floated" });
    expect(judge(docked, { x: 1510, y: 300 }, "right")).toEqual({ kind: "docked", edge: "right", display: 1 });
  });

  it("to another edge or display docks it there", () => {
    expect(judge(docked, { x: 3, y: 30 }, "right")).toEqual({ kind: "docked", edge: "left", display: 1 });
    expect(judge(docked, { x: 4_090, y: 0 }, "right")).toEqual({ kind: "docked", edge: "right", display: 2 });
  });

  it("docks it also where the system made a half of the screen of it", () => {
    expect(judge(docked, { x: 0, width: 960 }, "right", "moved")).toEqual({ kind: "docked", edge: "left", display: 1 });
    expect(judge(docked, { x: 960, width: 960 }, "right", "moved")).toEqual({ kind: "docked", edge: "right", display: 1 });
  });
});

it("takes a panel that comes out in another size, because the display has another scale, for moved", () => {
  expect(judge(docked, { y: 300, width: 390, height: 900 }, "right")).toEqual({ kind: "docked", edge: "right", display: 1 });
});

describe("resizing", () => {
  it("keeps the dock and tells the width", () => {
    expect(judge(docked, { x: 1420, width: 500 }, "right")).toEqual({ kind: "widened", width: 500 });
    expect(judge(docked, { height: 700 }, "right")).toEqual({ kind: "widened", width: 400 });
    expect(judge({ ...docked, x: 0 }, { width: 500 }, "left", "resized")).toEqual({ kind: "widened", width: 500 });
  });

  it("does not dock a panel that floats, however near it comes to an edge", () => {
    expect(judge(floating, { width: 1920 - 700 }, "floating")).toMatchObject({ kind: "floated", bounds: { width: 1220 } });
    expect(judge(floating, { x: 0, width: 1100 }, "floating", "resized")).toMatchObject({ kind: "floated", bounds: { x: 0 } });
  });
});

it("takes what a window manager rounds for nothing", () => {
  expect(judge(docked, { x: 1523, y: 3, width: 397, height: 1037 }, "right", "moved")).toEqual({ kind: "none" });
  expect(judge(docked, {}, "right", "resized")).toEqual({ kind: "none" });
});
