import { assert, double, property } from "fast-check";
import { expect, test } from "vitest";
import type { HopName, Level } from "../../shared/bridge.ts";
import { hopWords, latencyWords, levelWords } from "../../shared/hop-words.ts";

function view(...hops: readonly (readonly [hop: HopName, level: Level | null, recentMs: number | null, count?: number])[]) {
  return { elevatedMs: 500, criticalMs: 1_000, hops: hops.map(([hop, level, recentMs, count = 20]) => ({ hop, level, recentMs, count })) };
}

test.each([
  [[["genesys", "normal", 60], ["bot", "critical", 1_400], ["reply", "normal", 90]], "The bot takes 1.4 s (critical above 1 s); Genesys and replies are normal."],
  [[["genesys", "normal", 60], ["bot", "normal", 140], ["reply", "normal", 90]], "Genesys, the bot and replies are normal."],
  [
    [["genesys", "elevated", 620], ["bot", "normal", 140], ["reply", "critical", 1_001]],
    "Replies take 1.01 s (critical above 1 s) and Genesys takes 620 ms (elevated above 500 ms); the bot is normal.",
  ],
  [
    [["genesys", "elevated", 620], ["bot", "elevated", 501], ["reply", "elevated", 900]],
    "Genesys takes 620 ms (elevated above 500 ms), the bot takes 501 ms (elevated above 500 ms) and replies take 900 ms (elevated above 500 ms).",
  ],
  [[["genesys", null, null, 0], ["bot", "normal", 140], ["reply", "normal", 90]], "The bot and replies are normal. Genesys is not measured."],
  [[["genesys", null, null, 0], ["bot", null, null, 1], ["reply", null, null, 0]], "Too few messages to judge the bot. Genesys and replies are not measured."],
  [[["genesys", null, null, 0], ["bot", null, null, 0], ["reply", null, null, 0]], "Nothing has been measured yet."],
  [[["genesys", "normal", 60], ["bot", null, null, 2], ["reply", "normal", 60]], "Genesys and replies are normal. Too few messages to judge the bot."],
] as const)("says which hop is slow, the worst first: %#", (hops, words) => {
  expect(hopWords(view(...hops))).toBe(words);
});

test("a change of level is a sentence of its own", () => {
  expect(levelWords({ hop: "bot", level: "critical", ms: 1_400, aboveMs: 1_000 })).toBe("The bot takes 1.4 s (critical above 1 s).");
  expect(levelWords({ hop: "reply", level: "elevated", ms: 600, aboveMs: 500 })).toBe("Replies take 600 ms (elevated above 500 ms).");
  expect(levelWords({ hop: "reply", level: "normal", ms: 120, aboveMs: null })).toBe("Replies are normal again (120 ms).");
  expect(levelWords({ hop: "genesys", level: "normal", ms: 120, aboveMs: null })).toBe("Genesys is normal again (120 ms).");
});

test.each([
  [0, "0 ms"],
  [0.2, "1 ms"],
  [500, "500 ms"],
  [500.4, "501 ms"],
  [999.5, "1 s"],
  [1_000, "1 s"],
  [1_001, "1.01 s"],
  [1_100, "1.1 s"],
  [1_400, "1.4 s"],
  [61_234, "61.24 s"],
])("%d ms reads %s", (ms, words) => {
  expect(latencyWords(ms)).toBe(words);
});

test("what is above a threshold of whole milliseconds never reads as less than it is", () => {
  assert(
    property(double({ min: 0, max: 600_000, noNaN: true }), (ms) => {
      const [number = "", unit] = latencyWords(ms).split(" ");
      expect(Number(number) * (unit === "s" ? 1_000 : 1)).toBeGreaterThanOrEqual(ms - 1e-6);
    }),
  );
});
