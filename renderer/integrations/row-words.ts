import type { IntegrationRow, IntegrationStats } from "../../shared/integration-view.ts";
import { integrationTexts } from "../texts/integration-texts.ts";
import { formatFixed, formatLatency, withUnit } from "../ui/format.ts";

const { states, figures } = integrationTexts;

/** How far an integration is, in words and a tone. */
export function rowState({ problems, registered }: IntegrationRow): { readonly words: string; readonly tone: "ok" | "warn" | "none" } {
  if (registered !== null) return registered.changed || problems > 0 ? { words: states.changed, tone: "warn" } : { words: states.registered, tone: "ok" };
  return problems > 0 ? { words: states.draft(problems), tone: "none" } : { words: states.ready, tone: "none" };
}

/** The share of calls that failed; null where there were none. */
export function errorRate({ calls, failures }: IntegrationStats): number | null {
  return calls === 0 ? null : failures / calls;
}

/** A share of 100 with one decimal below 10: `2.3 %`. A little is never nothing. */
export function formatRate(rate: number): string {
  if (rate > 0 && rate < 0.001) return figures.little;
  const percent = rate * 100;
  return withUnit(formatFixed(percent, percent === 0 || percent >= 9.95 ? 0 : 1), "%");
}

/** A latency with its unit, or a dash. */
export function formatMs(ms: number | null): string {
  return ms === null ? figures.unknown : withUnit(formatLatency(ms), "ms");
}

/** A number of bytes as people say it. */
export function formatBytes(bytes: number): string {
  if (bytes < 1_000) return withUnit(String(bytes), "B");
  return bytes < 1_000_000 ? withUnit(formatFixed(bytes / 1_000, bytes < 9_950 ? 1 : 0), "kB") : withUnit(formatFixed(bytes / 1_000_000, 1), "MB");
}

/** `problems` 0 and a host that pauses: until when, null where it does not any more. */
export function pauseLeftMs({ pausedUntil }: IntegrationStats, now: number): number | null {
  return pausedUntil === null || pausedUntil <= now ? null : pausedUntil - now;
}
