import { expect, test } from "vitest";
import { createProgressLine } from "../../electron/cli/progress-line.ts";
import { createFakeClock } from "../support/fake-clock.ts";

const REWRITE = "\r\u001b[2K";

function setUp(terminal: { readonly isTTY?: boolean; readonly columns?: number }) {
  const clock = createFakeClock();
  const written: string[] = [];
  const sink = { ...terminal, write: (text: string) => written.push(text), on: () => undefined, off: () => undefined };
  return { clock, written, line: createProgressLine(sink, clock) };
}

test("a pipe gets nothing, and what others write goes through", () => {
  const { written, line } = setUp({});
  line.show("1 of 2");
  line.around(() => written.push("note\n"));
  line[Symbol.dispose]();
  expect(written).toEqual(["note\n"]);
});

test("on a terminal the line is written over itself, cut to its width, at most ten times a second, and erased at the end", async () => {
  const { clock, written, line } = setUp({ isTTY: true, columns: 10 });
  line.show("12 of 3000 cases");
  line.show("13 of 3000 cases");
  await clock.advance(100);
  line.show("14 of\n\u001b[31m3");
  line[Symbol.dispose]();
  line[Symbol.dispose]();
  expect(written).toEqual([`${REWRITE}12 of 300`, `${REWRITE}14 of  [3`, REWRITE]);
});

test("a remark stands on a line of its own, and the progress comes back below it", () => {
  const { written, line } = setUp({ isTTY: true });
  line.around(() => written.push("first\n"));
  line.show("1 of 2");
  line.around(() => written.push("note\n"));
  expect(written).toEqual(["first\n", `${REWRITE}1 of 2`, REWRITE, "note\n", `${REWRITE}1 of 2`]);
});
