import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { describePackages, noticeProblems, noticeText, packageFolder, type BundledPackage } from "../../build/third-party.ts";

const one = (licence: string, text = "terms"): BundledPackage => ({ name: "some", version: "1.0.0", licence, text });

describe("the licence of a bundled package", () => {
  it.each(["MIT", "ISC", "BSD-3-Clause", "Apache-2.0", "MPL-2.0", "(MIT OR GPL-3.0)", "GPL-2.0 OR MIT", "MIT AND ISC"])("may be %s", (licence) => {
    expect(noticeProblems([one(licence)])).toEqual([]);
  });

  it.each(["GPL-3.0", "AGPL-3.0-only", "LGPL-2.1", "UNLICENSED", "SEE LICENSE IN LICENSE", "", "MIT AND GPL-3.0", "(GPL-2.0 OR AGPL-3.0)", "mit-like"])("may not be %s", (licence) => {
    expect(noticeProblems([one(licence)])).toEqual([expect.stringContaining(`some@1.0.0: found licence ${licence === "" ? "none" : licence}, allowed MIT`)]);
  });

  it("needs a text that can go along", () => {
    expect(noticeProblems([one("MIT", "")])).toEqual(["some@1.0.0: has no licence text that could go along"]);
  });
});

describe("the package of a module", () => {
  it("is found by its path, however deep, marked or asked", () => {
    const folder = (id: string) => packageFolder(id, "/p/node_modules")?.replaceAll("\\", "/") ?? null;
    expect(folder("/p/node_modules/zod/v4/core/schemas.js")).toBe("/p/node_modules/zod");
    expect(folder("/p/node_modules/@scope/name/dist/index.js?commonjs-proxy")).toBe("/p/node_modules/@scope/name");
    expect(folder("/p/node_modules/a/node_modules/b/index.js")).toBe("/p/node_modules/a/node_modules/b");
    expect(folder("\0/p/node_modules/ws/lib/sender.js")).toBe("/p/node_modules/ws");
    expect(folder("C:\\p\\node_modules\\ws\\lib\\sender.js")).toBe("C:/p/node_modules/ws");
    expect(folder("\0rolldown/runtime.js")).toBe("/p/node_modules/rolldown");
    expect(folder("\0vite/preload-helper.js")).toBe("/p/node_modules/vite");
    expect(folder("/p/electron/main.ts")).toBeNull();
  });
});

describe("the notices", () => {
  let modules = "";
  beforeEach(async () => {
    modules = join(await mkdtemp(join(tmpdir(), "callside-notices-")), "node_modules");
  });
  afterEach(async () => {
    await rm(join(modules, ".."), { recursive: true, force: true });
  });

  async function install(name: string, manifest: object, files: Readonly<Record<string, string>>): Promise<string> {
    await mkdir(join(modules, name), { recursive: true });
    await writeFile(join(modules, name, "package.json"), JSON.stringify({ name, version: "1.0.0", ...manifest }));
    for (const [file, text] of Object.entries(files)) await writeFile(join(modules, name, file), text);
    return join(modules, name, "index.js");
  }

  it("hold each package once with its texts, in order", async () => {
    const ids = [
      await install("zeta", { license: "ISC" }, { "licence.md": "Zeta terms\r\nmore" }),
      await install("alpha", { license: "Apache-2.0" }, { LICENSE: "Alpha terms", NOTICE: "Alpha notice", "README.md": "not this" }),
      join(modules, "alpha", "other.js"),
    ];
    const packages = await describePackages(ids, modules);
    expect(packages.map(({ name, text }) => [name, text])).toEqual([["alpha", "Alpha terms\n\nAlpha notice"], ["zeta", "Zeta terms\r\nmore"]]);
    expect(noticeText(packages)).toContain("alpha 1.0.0 (Apache-2.0)\nSource: https://www.npmjs.com/package/alpha/v/1.0.0\n\nAlpha terms");
    expect(noticeText(packages)).not.toMatch(/\r|not this/);
  });

  it("give the terms of MIT where a package only names them and its author, and nothing where it names no author", async () => {
    const named = await install("named", { license: "MIT", author: { name: "Jo Miller" } }, {});
    const nameless = await install("nameless", { license: "MIT" }, {});
    const [first, second] = await describePackages([named, nameless], modules);
    expect(second?.name).toBe("nameless");
    expect(noticeProblems([first, second].filter((found) => found !== undefined))).toEqual(["nameless@1.0.0: has no licence text that could go along"]);
    expect(first?.text).toMatch(/^MIT License\n\nCopyright \(c\) Jo Miller\n\nPermission is hereby granted/);
  });

  it("leave out what a tool bundles for itself", async () => {
    const id = await install("tool", { license: "MIT" }, { LICENSE: "Tool terms\n\n# Licenses of bundled dependencies\n\nGPL things" });
    expect((await describePackages([id], modules))[0]?.text).toBe("Tool terms");
  });
});
