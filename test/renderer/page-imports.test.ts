import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const START = new URL("../../renderer/main.tsx", import.meta.url).href;

/** Everything that the panel's page loads sooner or later: our own files by address, packages by name, each with who asks for it first. */
async function loadedFrom(start: string): Promise<ReadonlyMap<string, string>> {
  const asked = new Map([[start, ""]]);
  for (const [file] of asked) {
    if (!/\.tsx?$/u.test(file)) continue;
    const text = await readFile(fileURLToPath(file), "utf8");
    const statements = text.matchAll(/^(?:import|export) (?!type )(?:[^"';]*? from )?"([^"]+)"|\bimport\("([^"]+)"\)/gmu);
    for (const [, named, fetched] of statements) {
      const target = named ?? fetched ?? "";
      const found = target.startsWith(".") ? new URL(target, file).href : target;
      if (!asked.has(found)) asked.set(found, file);
    }
  }
  return asked;
}

it("loads no schemas: what main sends has been checked there, and they would weigh as much as a view", async () => {
  const loaded = await loadedFrom(START);
  expect([...loaded.keys()].filter((one) => one.endsWith("/renderer/settings/desktop-settings.tsx") || one.endsWith("/shared/panel-state.ts"))).toHaveLength(2);
  expect([...loaded].filter(([what]) => what === "zod")).toEqual([]);
});
