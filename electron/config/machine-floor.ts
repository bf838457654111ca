import { z } from "zod";
import { shownFields } from "./assist-section.ts";
import { historySection } from "./house-sections.ts";
import { isRecord } from "./needs.ts";
import type { Override } from "./overrides.ts";

const builtIn = shownFields.parse({});
const phrases = z.array(z.string());

interface Floor {
  readonly path: readonly [section: string, key: string];
  /** The stricter of what stands (undefined: nothing) and what is built in; undefined where what stands is no such value. */
  readonly strictest: (standing: unknown) => unknown;
}

/** What decides what a person may see, and what is kept of people. */
const floors: readonly Floor[] = [
  {
    path: ["assist", "prohibitedPhrases"],
    strictest: (standing) => {
      const given = phrases.safeParse(standing ?? []);
      return given.success ? [...new Set([...given.data, ...builtIn.prohibitedPhrases])] : undefined;
    },
  },
  { path: ["assist", "minConfidence"], strictest: (standing) => stricter(standing, builtIn.minConfidence, Math.max) },
  { path: ["assist", "maxSuggestions"], strictest: (standing) => stricter(standing, builtIn.maxSuggestions, Math.min) },
  { path: ["history", "mask"], strictest: () => historySection.parse({}).mask },
];

/**
 * What holds while there is a policy that nobody can read and none that could be read before: IT wanted something, so
 * nothing may be looser than the program's own rules, and what a person made stricter stays so. Sections that are off
 * stay off; keys that another policy has `set` are its own.
 */
export function floorOverrides(standing: unknown, { origin, set }: { readonly origin: string; readonly set: readonly Override[] }): readonly Override[] {
  if (!isRecord(standing)) return [];
  const taken = new Set(set.map(({ path }) => path.join(".")));
  return floors.flatMap(({ path, strictest }) => {
    const section = standing[path[0]];
    if (!isRecord(section) || taken.has(path.join("."))) return [];
    const value = strictest(section[path[1]]);
    return value === undefined ? [] : [{ path, value, source: "machine" as const, origin }];
  });
}

function stricter(standing: unknown, own: number, choose: (a: number, b: number) => number): number | undefined {
  if (standing === undefined) return own;
  return typeof standing === "number" ? choose(standing, own) : undefined;
}
