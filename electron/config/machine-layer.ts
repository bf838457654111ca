import { isDeepStrictEqual } from "node:util";
import type { z } from "zod";
import { configFileSchema } from "./config-schema.ts";
import { isRecord } from "./needs.ts";
import type { Override } from "./overrides.ts";
import { applyOverrides } from "./overrides.ts";

/** Keys of one section that IT has set and that are wrong together, with what else stands: what the schema says of them. */
export interface Contradiction {
  readonly issues: readonly z.core.$ZodIssue[];
  /** Not in force; at least one. */
  readonly setAside: readonly Override[];
}

/** What IT has set as far as it can be laid over what stands, and what cannot. */
export interface MachineLayer {
  readonly overrides: readonly Override[];
  readonly contradictions: readonly Contradiction[];
}

/**
 * Lays IT's values over `standing`. Values that are good one by one can be wrong together, or beside what a person has:
 * those are set aside, as few as possible, and all others hold. What is wrong without IT is none of it. Pure.
 */
export function layMachine(standing: unknown, wanted: readonly Override[]): MachineLayer {
  if (configFileSchema.safeParse(applyOverrides(standing, wanted)).success) return { overrides: wanted, contradictions: [] };
  const contradictions = [...new Set(wanted.map(({ path: [section = ""] }) => section))].flatMap((section) => contradictionIn(section, standing, wanted));
  const aside = new Set(contradictions.flatMap(({ setAside }) => setAside));
  return { overrides: wanted.filter((override) => !aside.has(override)), contradictions };
}

function contradictionIn(section: string, standing: unknown, wanted: readonly Override[]): readonly Contradiction[] {
  const own = wanted.filter(({ path }) => path[0] === section);
  const issuesWith = (some: readonly Override[]): readonly z.core.$ZodIssue[] => issuesOf(section, applyOverrides(standing, some));
  const before = issuesWith([]);
  const issues = newIn(issuesWith(own), before);
  if (issues.length === 0) return [];
  // One after the other is taken that brings nothing new with it, until none is left that does.
  const taken: Override[] = [];
  let found = before;
  for (;;) {
    const next = own.find((one) => !taken.includes(one) && newIn(issuesWith([...taken, one]), found).length === 0);
    if (next === undefined) break;
    taken.push(next);
    found = issuesWith(taken);
  }
  return [{ issues, setAside: own.filter((one) => !taken.includes(one)) }];
}

/** Sections are checked each by itself. */
function issuesOf(section: string, value: unknown): readonly z.core.$ZodIssue[] {
  const alone = isRecord(value) && Object.hasOwn(value, section) ? { [section]: value[section] } : {};
  return configFileSchema.safeParse(alone).error?.issues ?? [];
}

function newIn(issues: readonly z.core.$ZodIssue[], known: readonly z.core.$ZodIssue[]): readonly z.core.$ZodIssue[] {
  return issues.filter((issue) => !known.some((other) => isDeepStrictEqual(other, issue)));
}
