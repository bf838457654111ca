import { afterEach, describe, expect, it } from "vitest";
import { createFakeClock } from "../support/fake-clock.ts";
import { sampleOverview } from "../support/history-fixture.ts";
import { panelFixtures } from "../support/panel-fixture.ts";
import { dayBars, namedDays } from "../../renderer/overview/day-bars.ts";
import { latencyLines } from "../../renderer/overview/latency-lines.ts";
import { createOverviewReader } from "../../renderer/overview/overview-reader.ts";
import { shareOf } from "../../renderer/overview/share.ts";
import { systemRows } from "../../renderer/overview/system-rows.ts";
import { orderTriggers, pressColumn, worthOf } from "../../renderer/overview/trigger-order.ts";
import { dayText, periodBounds } from "../../renderer/history/period.ts";
import { formatDay, formatFigure } from "../../renderer/ui/format.ts";
import type { Fault } from "../../shared/fault.ts";
import type { Overview, OverviewQuery } from "../../shared/overview.ts";
import { err, ok, type Result } from "../../shared/result.ts";

const HOUR = 3_600_000;
const query: OverviewQuery = { source: "desk", filter: { from: 0, to: Date.UTC(2026, 2, 5), channel: null, queue: null, agentId: null }, zone: "UTC" };

describe("a period", () => {
  const zone = process.env["TZ"];
  afterEach(() => {
    if (zone === undefined) delete process.env["TZ"];
    else process.env["TZ"] = zone;
  });

  it.each([
    ["Europe/Berlin", "2026-03-29", 23],
    ["Europe/Berlin", "2026-10-25", 25],
    ["Asia/Kolkata", "2026-03-29", 24],
    ["Australia/Lord_Howe", "2026-04-05", 24.5],
    // The clock went on at midnight: that day began at one.
    ["America/Santiago", "2026-09-06", 23],
  ])("is whole days where the clock changes: %s, %s has %d hours", (name, day, hours) => {
    process.env["TZ"] = name;
    const bounds = periodBounds({ kind: "range", from: day, to: day }, 0);
    expect(bounds.ok && bounds.value.to !== null && bounds.value.from !== null ? (bounds.value.to - bounds.value.from) / HOUR : null).toBe(hours);
  });

  it("has today as its last day, however late it is", () => {
    process.env["TZ"] = "Europe/Berlin";
    for (const now of [Date.UTC(2026, 2, 28, 23, 0), Date.UTC(2026, 2, 29, 21, 59)]) {
      expect(periodBounds({ kind: "days", days: 1 }, now)).toEqual(ok({ from: Date.UTC(2026, 2, 28, 23), to: Date.UTC(2026, 2, 29, 22) }));
      expect(periodBounds({ kind: "days", days: 7 }, now)).toEqual(ok({ from: Date.UTC(2026, 2, 22, 23), to: Date.UTC(2026, 2, 29, 22) }));
      expect(dayText(now, 0)).toBe("2026-03-29");
      expect(dayText(now, -30)).toBe("2026-02-27");
    }
  });

  it("is refused while it is typed, the wrong way round, or longer than can be drawn", () => {
    const range = (from: string, to: string): unknown => periodBounds({ kind: "range", from, to }, 0);
    for (const [from, to] of [["", "2026-03-04"], ["2026-03-04", ""], ["0002-03-04", "2026-03-04"], ["2026-02-30", "2026-03-04"], ["x", "y"]] as const) expect(range(from, to)).toEqual(err("incomplete"));
    expect(range("2026-03-05", "2026-03-04")).toEqual(err("order"));
    expect(range("2025-03-04", "2026-03-04")).toMatchObject({ ok: true });
    expect(range("2025-03-03", "2026-03-04")).toEqual(err("too long"));
    expect(periodBounds({ kind: "range", from: "1990-01-01", to: "2026-03-04" }, 0, Number.POSITIVE_INFINITY)).toMatchObject({ ok: true });
  });
});

describe("figures", () => {
  it("are shares that are 0 or 100 only where they are exactly that", () => {
    expect([shareOf(0, 7), shareOf(1, 1_000), shareOf(999, 1_000), shareOf(7, 7), shareOf(9, 7), shareOf(3, 0)]).toEqual([0, 1, 99, 100, 100, null]);
  });

  it("stay short however large they are, and days stay the same day in every zone", () => {
    expect([formatFigure(1_234_567), formatFigure(12_345_678), formatFigure(9_007_199_254_740_991)].map((text) => text.length)).toEqual([9, 5, 7]);
    expect(formatDay("2026-03-04")).toMatch(/4/u);
  });

  it("are drawn to the highest day, with what was used inside what was displayed", () => {
    const { days } = sampleOverview(query);
    const { bars, top, numbered, named } = dayBars(days);
    expect(Math.max(...bars.map(({ height }) => height))).toBe(1);
    expect(bars.every(({ height, usedHeight }) => usedHeight <= height)).toBe(true);
    expect([top, numbered, named]).toEqual([Math.max(...days.map(({ displayed }) => displayed)), false, [0, 14, 29]]);
    const [quiet] = dayBars([{ ...sampleDay(days), displayed: 0, used: 0 }]).bars;
    expect(quiet).toMatchObject({ height: 0, usedHeight: 0 });
    // A card can be copied before it was told that it is on screen.
    expect(dayBars([{ ...sampleDay(days), displayed: 1, used: 3 }]).bars).toMatchObject([{ height: 1, usedHeight: 1 }]);
    expect([namedDays(7).length, namedDays(8), namedDays(0)]).toEqual([7, [0, 3, 7], []]);
  });

  it("leave a gap where nothing was asked, and a dot for a day between gaps", () => {
    const lines = latencyLines([{ latencyP50: 100, latencyP95: 180 }, { latencyP50: null, latencyP95: null }, { latencyP50: 50, latencyP95: 60 }], 100, 50);
    expect(lines).toEqual({ p50: "M0 25L0 25M100 37.5L100 37.5", p95: "M0 5L0 5M100 35L100 35", top: 200, last: { p50: 50, p95: 60 } });
    expect(latencyLines([{ latencyP50: null, latencyP95: null }], 100, 50)).toBeNull();
    expect(latencyLines([{ latencyP50: 0, latencyP95: 0 }], 100, 50)).toMatchObject({ top: 1, p50: "M50 50L50 50" });
  });
});

describe("triggers", () => {
  const { triggers } = sampleOverview(query);

  it("are useful or noise only where enough of what they brought was seen", () => {
    expect(triggers.map(worthOf)).toEqual(["useful", "useful", "mixed", "noise", "few"]);
    expect([worthOf({ displayed: 5, used: 0 }), worthOf({ displayed: 4, used: 4 }), worthOf({ displayed: 20, used: 1 })]).toEqual(["noise", "few", "mixed"]);
  });

  it("turn round when their column is pressed again, and keep their order where they are equal", () => {
    const most = pressColumn({ column: "used", descending: true }, "dismissed");
    expect(orderTriggers(triggers, most).map(({ dismissed }) => dismissed)).toEqual([198, 70, 60, 44, 0]);
    expect(orderTriggers(triggers, pressColumn(most, "dismissed")).map(({ dismissed }) => dismissed)).toEqual([0, 44, 60, 70, 198]);
    expect(orderTriggers(triggers, pressColumn(most, "words")).map(({ words }) => words)).toEqual(["", "actually", "cancel", "escalate", "refund"]);
    expect(orderTriggers(triggers.map((one) => ({ ...one, used: 1 })), { column: "used", descending: true }).map(({ words }) => words)).toEqual(triggers.map(({ words }) => words));
  });
});

describe("the systems", () => {
  const now = Date.UTC(2026, 2, 4, 9, 30);
  const state = panelFixtures.live(now);

  it("are told in the words of the strip, and what is off says so", () => {
    const rows = systemRows(state, now);
    expect(rows.map(({ name }) => name)).toEqual(["Live stream", "Tunnel", "Bridge", "Integrations", "Simulations"]);
    expect(rows[0]).toMatchObject({ tone: "ok", state: "Connected", place: "connections" });
    expect(rows.slice(3)).toMatchObject([{ tone: "off", state: "Off" }, { tone: "off", state: "Off" }]);
  });

  it("are for an agent the connections that there are", () => {
    const names = systemRows({ ...state, settings: { ...state.settings, role: "agent" } }, now).map(({ name }) => name);
    expect(names).toContain("Live stream");
    expect(names).not.toContain("Simulations");
    expect(names).not.toContain("Bridge");
  });
});

describe("reading figures", () => {
  it("shows the newest answer, whenever the others come, and why there is none", async () => {
    const clock = createFakeClock();
    const answers: PromiseWithResolvers<Result<Overview, Fault>>[] = [];
    const reader = createOverviewReader(
      {
        overview: () => {
          const answer = Promise.withResolvers<Result<Overview, Fault>>();
          answers.push(answer);
          return answer.promise;
        },
      },
      clock,
    );
    const first = sampleOverview(query, { interactions: 1 });
    const second = sampleOverview(query, { interactions: 2 });
    reader.read(query);
    reader.read(query);
    answers[1]?.resolve(ok(second));
    answers[0]?.resolve(ok(first));
    await Promise.all(answers.map(({ promise }) => promise));
    await Promise.resolve();
    expect(reader.store.getState()).toMatchObject({ asking: false, figures: { kind: "read", overview: { interactions: 2 } } });
    const fault: Fault = { kind: "transport", code: "disk", detail: "locked" };
    reader.read(query);
    expect(reader.store.getState()).toMatchObject({ asking: true, figures: { kind: "read" } });
    answers[2]?.resolve(err(fault));
    await expect.poll(() => reader.store.getState()).toEqual({ asking: false, figures: { kind: "failed", query, fault } });
    reader.read(query);
    reader.forget();
    answers[3]?.resolve(ok(first));
    await Promise.resolve();
    expect(reader.store.getState()).toMatchObject({ asking: false, figures: { kind: "failed" } });
  });
});

function sampleDay(days: Overview["days"]): Overview["days"][number] {
  const day = days.find(({ displayed }) => displayed > 0);
  if (day === undefined) throw new Error("the sample has no day");
  return day;
}
