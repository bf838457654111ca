import { TEAM_VERSION, type TeamLine } from "../../shared/team.ts";

const DAY_MS = 86_400_000;

/** A day in UTC: from `start` (inclusive) to `end` (exclusive). */
export interface TeamDay {
  /** As `2026-03-04`. */
  readonly day: string;
  readonly start: number;
  readonly end: number;
}

/** The day that a moment lies in. */
export function teamDay(at: number): TeamDay {
  const start = Math.floor(at / DAY_MS) * DAY_MS;
  return { day: new Date(start).toISOString().slice(0, 10), start, end: start + DAY_MS };
}

/** The name of a desk's file of a day; no two desks ever write one file. */
export function teamFileName(desk: string, { day }: TeamDay): string {
  return `callside-${desk}-${day}.jsonl`;
}

/**
 * The days whose file is to be written, the oldest first: today and yesterday, because something may still be done with
 * what came up then, and every earlier one back to `since` that is `missing`. With `all`, each that is not missing too:
 * something was forgotten, and no file may tell of it any more.
 */
export function daysToExport({ now, since, isMissing, all }: { readonly now: number; readonly since: number; readonly isMissing: (day: TeamDay) => boolean; readonly all: boolean }): readonly TeamDay[] {
  const days: TeamDay[] = [];
  const first = teamDay(Math.min(since, now)).start;
  for (let at = first; at <= now; at += DAY_MS) {
    const day = teamDay(at);
    if (all || now - day.start < 2 * DAY_MS || isMissing(day)) days.push(day);
  }
  return days;
}

/** The text of a desk's file of a day. `seen`: until when the desk's agent has looked at the own figures. */
export function teamFileText({ desk, day, now, seen, lines }: { readonly desk: string; readonly day: TeamDay; readonly now: number; readonly seen: { readonly agentId: string; readonly until: number } | null; readonly lines: readonly TeamLine[] }): string {
  const head: TeamLine = { kind: "desk", version: TEAM_VERSION, desk, day: day.day, written: now };
  const all: readonly TeamLine[] = [head, ...(seen === null ? [] : [{ kind: "seen", ...seen } as const]), ...lines];
  return `${all.map((line) => JSON.stringify(line)).join("\n")}\n`;
}
