import { describe, expect, test } from "vitest";
import { watchPower } from "../../electron/desktop/power.ts";
import { createAlertBench } from "../support/alert-bench.ts";

describe("the machine's power", () => {
  test.each([
    ["suspend", []],
    ["lock-screen", []],
    ["on-battery", []],
    ["resume", ["wake"]],
    ["unlock-screen", ["wake"]],
  ])("%s means %j", (event, calls) => {
    const bench = createAlertBench();
    using watch = watchPower(bench.ports);
    bench.powerEvents.emit(event);
    expect([bench.calls, watch !== null]).toEqual([calls, true]);
  });

  test("going off is waited for until the program has ended in order", () => {
    const { ports, powerEvents, calls } = createAlertBench();
    using watch = watchPower(ports);
    let prevented = 0;
    powerEvents.emit("shutdown", { preventDefault: () => (prevented += 1) });
    expect([prevented, calls, watch !== null]).toEqual([1, ["quit"], true]);
  });

  test("is noted, so that a gap in the log has its reason", () => {
    const { ports, powerEvents, logged } = createAlertBench();
    using watch = watchPower(ports);
    powerEvents.emit("suspend");
    powerEvents.emit("resume");
    expect([logged, watch !== null]).toEqual([["the machine goes to sleep {}", "the machine woke up {}"], true]);
  });

  test("is not listened to after the end", () => {
    const { ports, powerEvents } = createAlertBench();
    watchPower(ports)[Symbol.dispose]();
    expect(powerEvents.eventNames()).toEqual([]);
  });
});
