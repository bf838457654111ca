import { array, assert, constantFrom, integer, option, property, record, tuple } from "fast-check";
import { describe, expect, it } from "vitest";
import { displaySetKey, type Bounds, type DisplayFacts, type Displays } from "../../electron/desktop/window-displays.ts";
import { boundsAt, dockedWidth, FIRST_PLACE, fitted, isUsable, MIN_WIDTH, type Dock } from "../../electron/desktop/window-place.ts";
import { sampleDisplay } from "../support/stand-in-screen.ts";

const laptop = sampleDisplay(1, 0, 0, 1440, 900, 2);
const left = sampleDisplay(2, -2560, -200, 2560, 1440);
const right = sampleDisplay(3, 1440, 0, 1920, 1080);
const origin = { x: 0, y: 0 };

/** Whether somebody can take hold of the header: reckoned anew here, not by the code under test. */
function canGrab({ x, y, width }: Bounds, displays: Displays): boolean {
  return displays.some(({ workArea }) => {
    const seen = Math.min(x + width, workArea.x + workArea.width) - Math.max(x, workArea.x);
    return seen >= Math.min(200, width, workArea.width) && y >= workArea.y && y <= workArea.y + workArea.height - 28;
  });
}

const display = record({
  id: integer({ min: 1, max: 9 }),
  x: integer({ min: -6_000, max: 6_000 }),
  y: integer({ min: -4_000, max: 4_000 }),
  width: integer({ min: 240, max: 5_120 }),
  height: integer({ min: 200, max: 2_880 }),
  bar: integer({ min: 0, max: 120 }),
  side: constantFrom("top", "bottom", "left", "right"),
  scaleFactor: constantFrom(1, 1.25, 1.5, 2, 3),
}).map(({ id, x, y, width, height, bar, side, scaleFactor }): DisplayFacts => {
  const across = side === "left" || side === "right";
  const workArea = { x: side === "left" ? x + bar : x, y: side === "top" ? y + bar : y, width: across ? width - bar : width, height: across ? height : height - bar };
  return { id, scaleFactor, bounds: { x, y, width, height }, workArea };
});
const displaySets = tuple(display, array(display, { maxLength: 3 })).map(([first, more]): Displays => [first, ...more]);
const anyBounds = record({
  x: integer({ min: -12_000, max: 12_000 }),
  y: integer({ min: -8_000, max: 8_000 }),
  width: integer({ min: 1, max: 3_000 }),
  height: integer({ min: 1, max: 6_000 }),
});
const places = record({
  display: option(integer({ min: 1, max: 12 })),
  width: integer({ min: 1, max: 9_000 }),
  floating: option(anyBounds),
});
const docks = constantFrom<Dock>("left", "right", "floating");
const points = record({ x: integer({ min: -20_000, max: 20_000 }), y: integer({ min: -20_000, max: 20_000 }) });

describe("wherever the panel was remembered", () => {
  it("its header can be taken hold of, and it is no larger than a work area", () => {
    assert(
      property(docks, places, displaySets, points, (dock, place, displays, near) => {
        const bounds = boundsAt(dock, place, displays, near);
        expect(canGrab(bounds, displays)).toBe(true);
        expect(displays.some(({ workArea }) => bounds.width <= workArea.width && bounds.height <= workArea.height)).toBe(true);
        for (const value of Object.values(bounds)) expect(Number.isInteger(value)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it("docked it stands at the edge of one display, as high as the work area and wholly within it", () => {
    assert(
      property(constantFrom<Dock>("left", "right"), places, displaySets, points, (dock, place, displays, near) => {
        const { x, y, width, height } = boundsAt(dock, place, displays, near);
        const at = displays.some(
          ({ workArea }) =>
            y === workArea.y && height === workArea.height && width <= workArea.width && (dock === "left" ? x === workArea.x : x + width === workArea.x + workArea.width),
        );
        expect(at).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it("it stays where it is put, however often it is put there", () => {
    assert(
      property(anyBounds, displaySets, (bounds, displays) => {
        const once = fitted(bounds, displays);
        expect(fitted(once, displays)).toEqual(once);
      }),
      { numRuns: 1_000 },
    );
    assert(
      property(docks, places, display, points, (dock, place, only, near) => {
        const once = boundsAt(dock, place, [only], near);
        const kept = dock === "floating" ? { ...place, floating: once } : { ...place, width: once.width };
        expect(boundsAt(dock, kept, [only], near)).toEqual(once);
      }),
      { numRuns: 1_000 },
    );
  });

  it("it is not moved at all where it can be used", () => {
    assert(
      property(anyBounds, displaySets, (bounds, displays) => {
        if (displays.some(({ workArea }) => isUsable(bounds, workArea))) expect(fitted(bounds, displays)).toEqual(bounds);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("a docked panel", () => {
  it("stands against the edge of the remembered display", () => {
    expect(boundsAt("right", { display: 3, width: 420, floating: null }, [laptop, left, right], origin)).toEqual({ x: 2940, y: 0, width: 420, height: 1040 });
    expect(boundsAt("left", { display: 2, width: 420, floating: null }, [laptop, left, right], origin)).toEqual({ x: -2560, y: -200, width: 420, height: 1400 });
  });

  it("stands on the display that is nearest where the remembered one is gone", () => {
    expect(boundsAt("right", { display: 9, width: 400, floating: null }, [laptop, left, right], { x: 5_000, y: 0 }).x).toBe(2960);
    expect(boundsAt("right", { display: 9, width: 400, floating: null }, [laptop, left, right], { x: -9_000, y: 0 }).x).toBe(-400);
  });

  it("is at least as wide as it needs, and at most half of the work area", () => {
    const area = { x: 0, y: 0, width: 1440, height: 860 };
    expect([1, 500, 9_000].map((width) => dockedWidth(width, area))).toEqual([360, 500, 720]);
    expect(dockedWidth(500, { ...area, width: 600 })).toBe(MIN_WIDTH);
    expect(dockedWidth(500, { ...area, width: 300 })).toBe(300);
  });

  it("leaves the task bar alone, wherever that is", () => {
    const barLeft: DisplayFacts = { ...laptop, workArea: { x: 70, y: 25, width: 1370, height: 875 } };
    expect(boundsAt("left", FIRST_PLACE, [barLeft], origin)).toEqual({ x: 70, y: 25, width: 400, height: 875 });
  });
});

describe("a floating panel", () => {
  it("is first near the right edge of the display with the cursor, 400 by 900 or what fits", () => {
    expect(boundsAt("floating", FIRST_PLACE, [laptop, right], { x: 2_000, y: 500 })).toEqual({ x: 2928, y: 32, width: 400, height: 900 });
    expect(boundsAt("floating", FIRST_PLACE, [laptop], origin)).toEqual({ x: 1008, y: 0, width: 400, height: 860 });
  });

  it("may stand over an edge where somebody put it, as long as its header can be had", () => {
    const bounds = { x: 1_240, y: 300, width: 400, height: 800 };
    expect(fitted(bounds, [laptop])).toEqual(bounds);
    expect(fitted({ ...bounds, x: 1_241 }, [laptop])).toEqual({ ...bounds, x: 1_040, y: 60 });
  });

  it.each([
    ["above", { x: 500, y: -600, width: 400, height: 700 }, { x: 500, y: 0, width: 400, height: 700 }],
    ["below the task bar", { x: 500, y: 850, width: 400, height: 700 }, { x: 500, y: 160, width: 400, height: 700 }],
    ["on a display that is gone", { x: 4_000, y: 100, width: 400, height: 700 }, { x: 1_040, y: 100, width: 400, height: 700 }],
    ["larger than the screen", { x: -100, y: -100, width: 3_000, height: 3_000 }, { x: 0, y: 0, width: 1_440, height: 860 }],
    ["higher than the screen", { x: 500, y: 10, width: 400, height: 900 }, { x: 500, y: 10, width: 400, height: 860 }],
    ["as small as nothing", { x: 5, y: 5, width: 1, height: 1 }, { x: 5, y: 5, width: 360, height: 480 }],
  ])("is brought back from %s", (_where, bounds, expected) => {
    expect(fitted(bounds, [laptop])).toEqual(expected);
  });
});

describe("a set of displays", () => {
  it("is the same in whichever order the system tells it, and with the task bar elsewhere", () => {
    const key = displaySetKey([laptop, left, right]);
    expect(displaySetKey([right, laptop, left])).toBe(key);
    expect(displaySetKey([{ ...laptop, workArea: laptop.bounds }, left, right])).toBe(key);
  });

  it.each([
    ["a display less", [laptop, left]],
    ["another resolution", [{ ...laptop, bounds: { ...laptop.bounds, width: 1_280 } }, left, right]],
    ["another scale", [{ ...laptop, scaleFactor: 1 }, left, right]],
    ["another arrangement", [laptop, { ...left, bounds: { ...left.bounds, y: 0 } }, right]],
    ["another display of the same size", [laptop, left, { ...right, id: 7 }]],
  ])("is another one with %s", (_what, [first, ...more]) => {
    if (first === undefined) throw new Error("no display");
    expect(displaySetKey([first, ...more])).not.toBe(displaySetKey([laptop, left, right]));
  });
});
