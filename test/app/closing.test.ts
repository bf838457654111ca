import { describe, expect, test } from "vitest";
import { createClosing, type ClosingLimits } from "../../electron/app/closing.ts";
import { wait } from "../../shared/clock.ts";
import { createFakeClock } from "../support/fake-clock.ts";

const limits: ClosingLimits = { partMs: 700, workMs: 2_200 };
const forever = new AbortController().signal;

function closing(given: ClosingLimits | null) {
  const clock = createFakeClock();
  const order: string[] = [];
  const stack = createClosing({ clock, limits: given, onLate: (parts) => void order.push(`late: ${parts.join(", ")}`) });
  /** A part that takes so long to close. */
  const part = (name: string, ms: number | "hangs" = 0): AsyncDisposable => ({
    async [Symbol.asyncDispose]() {
      order.push(`${name} begins at ${clock.monotonic()}`);
      if (ms === "hangs") await new Promise(() => {});
      else if (ms > 0) await wait(clock, ms, forever);
      order.push(`${name} ends at ${clock.monotonic()}`);
    },
  });
  return { clock, order, stack, part };
}

describe("a program that closes", () => {
  test("closes its parts in reverse order, each after the one before", async () => {
    const { clock, order, stack, part } = closing(limits);
    stack.keep("records", part("records"));
    stack.use("tunnel", part("tunnel", 300));
    stack.use("bridge", part("bridge", 200));
    expect(stack.open()).toEqual(["bridge", "tunnel", "records"]);
    const closed = stack[Symbol.asyncDispose]();
    await clock.advance(100);
    expect(stack.open()).toEqual(["bridge", "tunnel", "records"]);
    await clock.advance(900);
    await closed;
    expect(order).toEqual(["bridge begins at 0", "bridge ends at 200", "tunnel begins at 200", "tunnel ends at 500", "records begins at 500", "records ends at 500"]);
    expect([stack.open(), clock.pending()]).toEqual([[], 0]);
  });

  test("does not let one that hangs keep the others from their goodbyes, nor the records from being whole", async () => {
    const { clock, order, stack, part } = closing(limits);
    stack.keep("records", part("records", 50));
    stack.use("stream", part("stream", 300));
    stack.use("tunnel", part("tunnel", 1_000));
    stack.use("bridge", part("bridge", "hangs"));
    const closed = stack[Symbol.asyncDispose]();
    await clock.advance(3_000);
    await closed;
    expect(order).toEqual([
      "bridge begins at 0",
      "tunnel begins at 700",
      "stream begins at 1400",
      "tunnel ends at 1700",
      "stream ends at 1700",
      "late: bridge",
      "records begins at 2200",
      "records ends at 2250",
    ]);
    expect(stack.open()).toEqual(["bridge"]);
  });

  test("with everything hanging, still begins to close everything in its time", async () => {
    const { clock, order, stack, part } = closing(limits);
    stack.keep("records", part("records"));
    for (const name of ["a", "b", "c", "d", "e"]) stack.use(name, part(name, "hangs"));
    const closed = stack[Symbol.asyncDispose]();
    await clock.advance(2_200);
    await closed;
    expect(order).toEqual(["e begins at 0", "d begins at 700", "c begins at 1400", "b begins at 2100", "a begins at 2200", "late: e, d, c, b, a", "records begins at 2200", "records ends at 2200"]);
  });

  test("without limits waits for what is in hand", async () => {
    const { clock, order, stack, part } = closing(null);
    stack.keep("records", part("records"));
    stack.use("bridge", part("bridge", 14_000));
    const closed = stack[Symbol.asyncDispose]();
    await clock.advance(14_000);
    await closed;
    expect(order.at(-1)).toBe("records ends at 14000");
  });

  test.each([["with", limits], ["without", null]])("closes the rest of a part that throws, and throws it at the end, %s limits", async (_name, given) => {
    const { clock, order, stack, part } = closing(given);
    stack.keep("records", part("records"));
    stack.defer("watch", () => {
      throw new Error("of the watch");
    });
    const thrown = stack[Symbol.asyncDispose]().then(() => null, (bug: unknown) => bug);
    await clock.advance(1);
    expect(await thrown).toEqual(new Error("of the watch"));
    expect(order).toEqual(["records begins at 0", "records ends at 0"]);
    expect(stack.open()).toEqual([]);
  });
});
