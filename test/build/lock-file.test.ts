import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { z } from "zod";

const lockSchema = z.object({
  packages: z.record(z.string(), z.object({ optionalDependencies: z.record(z.string(), z.string()).optional() })),
});

describe("the lock file", () => {
  it("names what every platform needs, so that an install succeeds on all of them", async () => {
    const { packages } = lockSchema.parse(JSON.parse(await readFile(new URL("../../package-lock.json", import.meta.url), "utf8")));
    const present = new Set(Object.keys(packages).map((path) => path.split("node_modules/").at(-1)));
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies)
        .filter((name) => !present.has(name))
        .map((name) => `${path} needs ${name}`),
    );
    expect(missing).toEqual([]);
  });

  it("holds no addresses", async () => {
    expect(await readFile(new URL("../../package-lock.json", import.meta.url), "utf8")).not.toContain('"resolved"');
  });
});
