import { expect, it } from "vitest";
import { onPageIn } from "../support/catalogues.ts";

const NOON = new Date(2026, 2, 4, 0, 5, 9).getTime();

it("writes figures as German does", async () => {
  const format = await onPageIn("de", () => import("../../renderer/ui/format.ts"));
  expect([format.formatCount(1_234_567), format.formatFigure(12_345_678), format.formatDecimal(0.5), format.formatFixed(0.5, 2)]).toEqual(["1.234.567", "12,3\u00A0Mio.", "0,5", "0,50"]);
  expect([format.formatScore(-0.52), format.formatScore(0.1), format.formatScore(0.001)]).toEqual(["−0,52", "+0,10", "0,00"]);
  expect([format.formatAge(61_000), format.formatElapsed(1_240), format.withUnit("12", "%"), format.formatLatency(3.44)]).toEqual(["1\u202Fmin", "1,2\u202Fs", "12\u202F%", "3,4"]);
});

it("writes days, times and lists as German does", async () => {
  const format = await onPageIn("de", () => import("../../renderer/ui/format.ts"));
  expect([format.formatDay("2026-03-04"), format.formatDayInFull("2026-03-04")]).toEqual(["4. März", "Mi., 4. März 2026"]);
  expect([format.formatTime(NOON), format.formatTimeWithSeconds(NOON), format.formatMoment(NOON, NOON + 2 * 86_400_000)]).toEqual(["00:05", "00:05:09", "4. März, 00:05"]);
  expect([format.formatList(["a"]), format.formatList(["a", "b"]), format.formatList(["a", "b", "c"])]).toEqual(["a", "a und b", "a, b und c"]);
});

it("counts in the form that the number wants", async () => {
  const { plural } = await onPageIn("de", () => import("../../renderer/texts/plural.ts"));
  expect([0, 1, 2, 1_200].map((count) => plural(count, "Zeile", "Zeilen"))).toEqual(["0 Zeilen", "1 Zeile", "2 Zeilen", "1.200 Zeilen"]);
});

it("says a fault in the page's language, and what was found as it was found", async () => {
  const { describeFault } = await onPageIn("de", () => import("../../renderer/texts/fault-words.ts"));
  const words = describeFault({ kind: "transport", code: "rate-limited", detail: "status 429", retryAfterMs: 29_400 });
  expect(words.what).toBe("Die Plattform verlangt eine Pause.");
  expect(words.cause).toMatch(/Gefunden: status 429\.$/u);
  expect(words.remedy).toMatch(/Die Plattform bat um 30 Sekunden\.$/u);
});

it("takes English for every page that is not German", async () => {
  const { texts } = await onPageIn("en", () => import("../../renderer/texts.ts"));
  expect(texts.settings.open).toBe("Settings");
  const german = await onPageIn("de", () => import("../../renderer/texts.ts"));
  expect(german.texts.settings.open).toBe("Einstellungen");
});

it("says in German which way is slow, the worst first, and what was not measured", async () => {
  const { bridgeViewTexts } = await onPageIn("de", () => import("../../renderer/texts/bridge-view-texts.ts"));
  const hop = (name: "genesys" | "bot" | "reply", level: "normal" | "elevated" | "critical" | null, recentMs: number | null, count = 9) => ({ hop: name, level, recentMs, count });
  const judged = (...hops: readonly ReturnType<typeof hop>[]): string => bridgeViewTexts.latency.judged({ hops, elevatedMs: 500, criticalMs: 1_000 }).replaceAll("\u202F", " ");
  expect(judged(hop("genesys", "elevated", 640), hop("bot", "critical", 1_391), hop("reply", "normal", 80))).toBe(
    "Langsam: Bot 1,4 s (kritisch über 1 s) und Genesys 640 ms (erhöht über 500 ms). Normal: Antworten.",
  );
  expect(judged(hop("genesys", "normal", 70), hop("bot", null, null, 2), hop("reply", null, null, 0))).toBe("Normal: Genesys. Zu wenige Nachrichten für ein Urteil: Bot. Nicht gemessen: Antworten.");
  expect(judged(hop("bot", null, null, 0))).toBe("Noch wurde nichts gemessen.");
});
