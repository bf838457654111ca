import { describe, expect, it } from "vitest";
import { watchStarter } from "../../electron/cli/stop-signals.ts";
import { createFakeClock } from "../support/fake-clock.ts";

describe("a program that was started through a shell", () => {
  it("ends when the shell is gone, and not before", async () => {
    const clock = createFakeClock();
    let parent = 100;
    let stops = 0;
    using _watch = watchStarter({ clock, parent: () => parent }, () => {
      stops += 1;
    });
    await clock.advance(10_000);
    expect(stops).toBe(0);
    parent = 1;
    await clock.advance(500);
    expect(stops).toBe(1);
    await clock.advance(10_000);
    expect(stops).toBe(1);
  });

  it("leaves no timer behind", () => {
    const clock = createFakeClock();
    watchStarter({ clock, parent: () => 1 }, () => {})[Symbol.dispose]();
    expect(clock.pending()).toBe(0);
  });
});
