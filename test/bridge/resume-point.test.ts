import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createResumePoint } from "../../electron/bridge/resume-point.ts";
import { MAX_HOLES } from "../../electron/net/sequence-track.ts";

/** What is told of numbers, after `initial`. */
function tell(initial: number | null, numbers: readonly number[]) {
  const resume = createResumePoint(initial);
  return { told: numbers.map((number) => resume.take(number)), resume };
}

describe("the numbers of events", () => {
  test("move the point to the highest of them", () => {
    const { resume } = tell(null, [5, 6, 9, 7]);
    expect(resume.point()).toBe(9);
    expect(createResumePoint(null).point()).toBeNull();
    expect(createResumePoint(0).point()).toBe(0);
  });

  test("tell a gap once, when the next higher number comes, and what fills it", () => {
    expect(tell(null, [5, 9, 9, 7, 7, 6, 8, 10]).told).toEqual([
      { kind: "next" },
      { kind: "gap", from: 6, to: 8 },
      { kind: "old" },
      { kind: "filled" },
      { kind: "old" },
      { kind: "filled" },
      { kind: "filled" },
      { kind: "next" },
    ]);
  });

  test("tell what was missed while nobody listened: a point from before is a neighbour", () => {
    expect(tell(41, [42]).told).toEqual([{ kind: "next" }]);
    expect(tell(41, [45]).told).toEqual([{ kind: "gap", from: 42, to: 44 }]);
  });

  test("may go back, as in a replay: no gap, and the point stays", () => {
    const { told, resume } = tell(100, [80, 81, 95, 100, 101]);
    expect(told.map(({ kind }) => kind)).toEqual(["old", "old", "old", "old", "next"]);
    expect(resume.point()).toBe(101);
  });

  test("leave no more than a thousand stretches open; the lowest is let go", () => {
    const { resume } = tell(null, Array.from({ length: MAX_HOLES + 2 }, (_, index) => index * 2));
    expect(resume.take(1)).toEqual({ kind: "old" });
    expect(resume.take(3)).toEqual({ kind: "filled" });
  });

  test("tell each missing number exactly once, and each that comes after all exactly once", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(60), { minLength: 1, maxLength: 200 }), (numbers) => {
        const missing = new Set<number>();
        const { told, resume } = tell(null, numbers);
        for (const [index, step] of told.entries()) {
          const number = numbers[index] ?? -1;
          if (step.kind === "gap") {
            for (let one = step.from; one <= step.to; one += 1) {
              expect(numbers.slice(0, index)).not.toContain(one);
              expect(missing.has(one)).toBe(false);
              missing.add(one);
            }
          }
          expect(missing.delete(number)).toBe(step.kind === "filled");
        }
        const highest = Math.max(...numbers);
        expect(resume.point()).toBe(highest);
        for (const one of missing) expect(numbers).not.toContain(one);
      }),
    );
  });
});

describe("the reply to a subscription", () => {
  test("is the point where none is known, and what follows has it for a neighbour", () => {
    const resume = createResumePoint(null);
    expect(resume.replied(80)).toBe(true);
    expect(resume.point()).toBe(80);
    expect(resume.take(82)).toEqual({ kind: "gap", from: 81, to: 81 });
  });

  test("does not move it upwards: what lies between may be replayed, and is a gap if it is not", () => {
    const replayed = createResumePoint(50);
    expect(replayed.replied(80)).toBe(false);
    expect(replayed.point()).toBe(50);
    expect(replayed.take(51)).toEqual({ kind: "next" });
    const lost = createResumePoint(50);
    lost.replied(80);
    expect(lost.take(81)).toEqual({ kind: "gap", from: 51, to: 80 });
  });

  test("moves it downwards, without a gap: the platform counts anew", () => {
    const { resume } = tell(500, [510]);
    expect(resume.replied(3)).toBe(true);
    expect(resume.point()).toBe(3);
    expect(resume.take(4)).toEqual({ kind: "next" });
    expect(resume.take(505)).toEqual({ kind: "gap", from: 5, to: 504 });
  });

  test("that repeats the point changes nothing", () => {
    const { resume } = tell(5, [8]);
    expect(resume.replied(8)).toBe(false);
    expect(resume.take(6)).toEqual({ kind: "filled" });
  });
});
