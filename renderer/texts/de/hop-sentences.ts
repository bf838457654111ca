import type { HopName, Level } from "../../../shared/bridge.ts";
import type { hopWords } from "../../../shared/hop-words.ts";
import { formatList, withUnit } from "../../ui/format.ts";
import { locale } from "../language.ts";

type View = Parameters<typeof hopWords>[0];

const names: Readonly<Record<HopName, string>> = { genesys: "Genesys", bot: "Bot", reply: "Antworten" };
const levels: Readonly<Record<Exclude<Level, "normal">, string>> = { elevated: "erhöht", critical: "kritisch" };
const seconds = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });

/** A latency in ms as it is read, rounded up, so that what is above a threshold never reads as equal to it. */
export function latencyInGerman(ms: number): string {
  const whole = Math.ceil(ms);
  return whole < 1_000 ? withUnit(String(whole), "ms") : withUnit(seconds.format(Math.ceil(ms / 10) / 100), "s");
}

/** Which hop is slow: „Langsam: Bot 1,4 s (kritisch über 1 s). Normal: Genesys und Antworten.“ The worst comes first. */
export function hopsInGerman({ hops, elevatedMs, criticalMs }: View): string {
  const measured = hops.filter(({ count }) => count > 0);
  if (measured.length === 0) return "Noch wurde nichts gemessen.";
  const slow = (wanted: "elevated" | "critical", aboveMs: number): readonly string[] =>
    measured.flatMap(({ hop, level, recentMs }) =>
      level === wanted && recentMs !== null ? [`${names[hop]} ${latencyInGerman(recentMs)} (${levels[wanted]} über ${latencyInGerman(aboveMs)})`] : [],
    );
  const named = (which: View["hops"]): readonly string[] => which.map(({ hop }) => names[hop]);
  const parts = [
    ["Langsam", [...slow("critical", criticalMs), ...slow("elevated", elevatedMs)]],
    ["Normal", named(measured.filter(({ level, recentMs }) => level === "normal" && recentMs !== null))],
    ["Zu wenige Nachrichten für ein Urteil", named(measured.filter(({ level, recentMs }) => level === null || recentMs === null))],
    ["Nicht gemessen", named(hops.filter(({ count }) => count === 0))],
  ] as const;
  return parts.flatMap(([what, which]) => (which.length === 0 ? [] : [`${what}: ${formatList(which)}.`])).join(" ");
}
