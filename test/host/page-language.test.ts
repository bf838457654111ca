import { describe, expect, it } from "vitest";
import { acceptedLanguages, findInLanguage } from "../../electron/host/page-language.ts";
import type { StaticFiles } from "../../electron/host/static-files.ts";

describe("what a browser accepts", () => {
  it.each([
    ["de-DE,de;q=0.9,en;q=0.8", ["de-DE", "de", "en"]],
    ["en;q=0.5, de;q=0.7, fr", ["fr", "de", "en"]],
    ["de;q=0, en", ["en"]],
    ["de;q=x, en;q=2, *;q=0.1, <b>, ", []],
    [undefined, []],
  ] as const)("%s", (header, tags) => {
    expect(acceptedLanguages(header)).toEqual(tags);
  });

  it("is read no further than a browser would write it", () => {
    expect(acceptedLanguages(Array.from({ length: 5_000 }, () => "de").join(","))).toHaveLength(20);
  });
});

describe("the page", () => {
  const page = '<!doctype html>\n<html lang="en">\n<body lang="en">ü</body></html>';
  const files: StaticFiles = {
    find: (path) =>
      path === "/"
        ? { contentType: "text/html; charset=utf-8", body: new TextEncoder().encode(page) }
        : path === "/main.js"
          ? { contentType: "text/javascript; charset=utf-8", body: new TextEncoder().encode('"<html lang=\\"en\\""') }
          : undefined,
  };
  const text = (path: string, language: "en" | "de"): string | null => {
    const file = findInLanguage(files, path, () => language);
    return file === undefined ? null : new TextDecoder().decode(file.body);
  };

  it("says its language, and nothing else of it changes", () => {
    expect(text("/", "en")).toBe(page);
    expect(text("/", "de")).toBe(page.replace('<html lang="en"', '<html lang="de"'));
  });

  it("is the only file that has one, and what is not there stays away", () => {
    expect(text("/main.js", "de")).toBe(text("/main.js", "en"));
    expect(text("/other", "de")).toBeNull();
  });
});
