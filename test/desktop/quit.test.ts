import { EventEmitter } from "node:events";
import type { App } from "electron";
import { describe, expect, test } from "vitest";
import { watchQuit } from "../../electron/desktop/quit-watch.ts";
import { stopInTime } from "../../electron/desktop/stop-in-time.ts";
import { wait } from "../../shared/clock.ts";
import { createFakeClock } from "../support/fake-clock.ts";

const forever = new AbortController().signal;

function stopping(close: (clock: ReturnType<typeof createFakeClock>) => Promise<void>) {
  const clock = createFakeClock();
  const hurry = new AbortController();
  const left: string[] = [];
  const bugs: unknown[] = [];
  let ended = Number.NaN;
  void stopInTime(() => close(clock), {
    clock,
    budgetMs: 3_000,
    hurry: hurry.signal,
    stillOpen: () => ["bridge", "records"],
    onLeft: (why, parts) => void left.push(`${why}: ${parts.join(", ")}`),
    onBug: (bug) => void bugs.push(bug),
  }).then(() => (ended = clock.monotonic()));
  return { clock, hurry, left, bugs, ended: () => ended };
}

describe("ending", () => {
  test("takes as long as closing takes, and says nothing", async () => {
    const { clock, left, ended } = stopping((clock) => wait(clock, 1_200, forever));
    await clock.advance(1_100);
    expect(ended()).toBeNaN();
    await clock.advance(1_900);
    expect([ended(), left, clock.pending()]).toEqual([1_200, [], 0]);
  });

  test("takes no longer than three seconds, and tells what was still open", async () => {
    const { clock, left, ended } = stopping(() => new Promise(() => {}));
    await clock.advance(2_999);
    expect(ended()).toBeNaN();
    await clock.advance(1);
    expect([ended(), left]).toEqual([3_000, ["late: bridge, records"]]);
  });

  test("is at once when the person asks again", async () => {
    const { clock, hurry, left, ended } = stopping(() => new Promise(() => {}));
    await clock.advance(400);
    hurry.abort();
    await clock.advance(0);
    expect([ended(), left, clock.pending()]).toEqual([400, ["hurried: bridge, records"], 0]);
  });

  test("comes also where closing throws, which is told, then or later", async () => {
    const thrown = new Error("of the tunnel");
    const soon = stopping(() => Promise.reject(thrown));
    await soon.clock.advance(0);
    expect([soon.ended(), soon.bugs, soon.left]).toEqual([0, [thrown], []]);
    const late = stopping(async (clock) => {
      await wait(clock, 5_000, forever);
      throw thrown;
    });
    await late.clock.advance(6_000);
    expect([late.ended(), late.bugs, late.left.length]).toEqual([3_000, [thrown], 1]);
  });
});

describe("requests to quit", () => {
  function watched() {
    const events = new EventEmitter();
    const clock = createFakeClock();
    const app = {
      on: (event: string, fire: (...args: unknown[]) => void) => events.on(event, fire),
      off: (event: string, fire: (...args: unknown[]) => void) => events.off(event, fire),
    } as unknown as Pick<App, "on" | "off">;
    const watch = watchQuit(app, clock);
    let prevented = 0;
    return { events, clock, watch, quit: () => events.emit("before-quit", { preventDefault: () => (prevented += 1) }), prevented: () => prevented };
  }

  test("are all prevented: the first asks for an orderly end, a further one for an end at once", async () => {
    const { watch, clock, quit, prevented } = watched();
    expect([watch.asked.aborted, watch.hurry.aborted]).toEqual([false, false]);
    quit();
    expect([watch.asked.aborted, watch.hurry.aborted]).toEqual([true, false]);
    watch.closing();
    await clock.advance(1_000);
    quit();
    expect([watch.hurry.aborted, prevented()]).toEqual([true, 2]);
  });

  test("that come together are one, and none is a further one before closing has begun", async () => {
    const { watch, clock, quit } = watched();
    quit();
    await clock.advance(5_000);
    quit();
    watch.closing();
    await clock.advance(999);
    quit();
    expect(watch.hurry.aborted).toBe(false);
  });

  test("do not come of themselves when the last window goes, because somebody listens; and nothing is left behind", () => {
    const { watch, events } = watched();
    expect(events.listenerCount("window-all-closed")).toBe(1);
    watch[Symbol.dispose]();
    expect(events.eventNames()).toEqual([]);
  });
});
