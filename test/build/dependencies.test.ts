import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { dependencyProblems, importedPackages, judgeHealth, listDependencies, lockSchema, manifestSchema, registrySchema, type Dependency } from "../../build/dependency-rules.ts";
import { judgeElectron } from "../../build/electron-releases.ts";

const TODAY = Date.UTC(2026, 10, 21);
const good: Dependency = { name: "a", version: "1.2.3", licence: "MIT", place: "bundled", hasInstallScript: false, resolved: "", integrity: "sha512-x" };
const problemsOf = (more: Partial<Dependency>, scripts: Readonly<Record<string, boolean>> = {}) => dependencyProblems([{ ...good, ...more }], scripts);
const read = (path: string): unknown => JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), "utf8"));

describe("what a dependency may be", () => {
  it.each(["MIT", "ISC", "Apache-2.0", "BSD-3-Clause", "(MIT OR GPL-3.0)", "MPL-2.0", "MIT AND ISC"])("takes the licence %s", (licence) => {
    expect(problemsOf({ licence })).toEqual([]);
  });

  it.each(["", "GPL-3.0", "AGPL-3.0-only", "UNLICENSED", "SEE LICENSE IN x", "MIT AND GPL-3.0", "Python-2.0", "WTFPL"])("refuses the licence '%s' in what is handed on", (licence) => {
    expect(problemsOf({ licence })).toEqual([expect.stringContaining(licence === "" ? "unknown" : licence)]);
  });

  it("takes a few more for tools that stay here, and none that nobody knows", () => {
    for (const place of ["direct", "inner"] as const) {
      expect(problemsOf({ licence: "Python-2.0", place })).toEqual([]);
      expect(problemsOf({ licence: "GPL-3.0", place })).toHaveLength(1);
      expect(problemsOf({ licence: "", place })).toHaveLength(1);
    }
    expect(problemsOf({ licence: "Python-2.0", name: "argparse" })).toEqual([]);
  });

  it("refuses a script at install that package.json does not decide on, and lets none run but Node's", () => {
    expect(problemsOf({ hasInstallScript: true })).toEqual([expect.stringContaining("script at install")]);
    expect(problemsOf({ hasInstallScript: true }, { a: false })).toEqual([]);
    expect(problemsOf({ name: "node", hasInstallScript: true }, { node: true })).toEqual([]);
    expect(problemsOf({ hasInstallScript: true }, { a: true })).toEqual([expect.stringContaining("only node may")]);
    expect(problemsOf({ name: "toString", hasInstallScript: true })).toHaveLength(1);
  });

  it("refuses what comes from elsewhere, or that no hash holds to what it was", () => {
    for (const resolved of ["https://evil.example/a.tgz", "git+ssh://git@github.com/a/a.git", "http://registry.npmjs.org/a.tgz", "file:../a", "https://registry.npmjs.org.evil.example/a.tgz"]) expect([resolved, problemsOf({ resolved }).length]).toEqual([resolved, 1]);
    expect(problemsOf({ resolved: "https://registry.npmjs.org/a/-/a-1.2.3.tgz" })).toEqual([]);
    for (const integrity of ["", "sha1-x"]) expect([integrity, problemsOf({ integrity }).length]).toEqual([integrity, 1]);
  });
});

describe("where a dependency belongs", () => {
  it("follows what our sources import, in the folders in which Node would find it", () => {
    const lock = lockSchema.parse({
      packages: {
        "": { version: "0.1.0" },
        "node_modules/a": { version: "1.0.0", license: "MIT", dependencies: { b: "^1" } },
        "node_modules/a/node_modules/b": { version: "1.0.0", license: "MIT", dependencies: { c: "^1" } },
        "node_modules/b": { version: "2.0.0", license: "MIT" },
        "node_modules/c": { version: "3.0.0", license: "MIT", dependencies: { a: "^1" } },
        "node_modules/tool": { version: "4.0.0", license: "MIT" },
      },
    });
    expect(listDependencies(lock, ["a", "tool"], ["a"]).map(({ name, version, place }) => `${name}@${version} ${place}`)).toEqual(["a@1.0.0 bundled", "b@1.0.0 bundled", "b@2.0.0 inner", "c@3.0.0 bundled", "tool@4.0.0 direct"]);
  });

  it("sees imports of every form, and neither types, our own files nor what Node and Electron bring", () => {
    const text = `import { z } from "zod";\nimport type { A } from "types-only";\nimport * as React from "react/jsx-runtime";\nimport "side-effect";\nexport { x } from "@scope/name/deep";\nimport { a } from "./own.ts";\nimport { b } from "node:fs";\nimport * as electron from "electron";\nconst c = await import("lazy");\nimport {\n  d,\n} from "several-lines";`;
    expect(importedPackages([text])).toEqual(["@scope/name", "lazy", "react", "several-lines", "side-effect", "zod"]);
  });

  it("finds nothing wrong with this project", () => {
    const { allowScripts, devDependencies } = manifestSchema.parse(read("package.json"));
    expect(dependencyProblems(listDependencies(lockSchema.parse(read("package-lock.json")), Object.keys(devDependencies), ["zod", "ws", "react", "react-dom", "zustand"]), allowScripts)).toEqual([]);
  });
});

describe("how a dependency ages", () => {
  const known = registrySchema.parse({ time: { "1.2.3": "2026-11-11T00:00:00Z", "2.0.0": "2024-11-01T00:00:00Z" }, "dist-tags": { latest: "2.0.0" }, maintainers: ["ann"] });

  it("is told in days, with what a person should look at", () => {
    expect(judgeHealth(good, known, TODAY)).toEqual({ age: 10, newest: "2.0.0", newestAge: 750, flags: ["no release for two years", "one maintainer", "behind 2.0.0"] });
    expect(judgeHealth(good, { ...known, deprecated: "use b" }, TODAY).flags).toContain("deprecated");
  });

  it("has nothing to look at where all is well, and says what the registry does not know", () => {
    const fresh = { time: { "1.2.3": "2026-11-11T00:00:00Z" }, "dist-tags": { latest: "1.2.3" } };
    expect(judgeHealth(good, fresh, TODAY).flags).toEqual([]);
    expect(judgeHealth({ version: "1.0.0" }, fresh, TODAY)).toMatchObject({ age: null, flags: ["version unknown to the registry"] });
  });
});

describe("how long an Electron may be used", () => {
  it.each([
    ["45.4.1", "2026-11-21", "supported"],
    ["45.4.1", "2027-03-10", "ending"],
    ["45.4.1", "2027-04-06", "ending"],
    ["45.4.1", "2027-04-07", "bad"],
    ["45.4.1", "2030-01-01", "bad"],
    ["42.0.0", "2026-11-21", "bad"],
    ["99.0.0", "2026-11-21", "bad"],
    ["45.0.0-beta.1", "2026-11-21", "bad"],
    ["", "2026-11-21", "bad"],
  ])("%s on %s: %s", (version, day, kind) => {
    expect(judgeElectron(version, Date.parse(day)).kind).toBe(kind);
  });
});
