import { globSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { englishWords } from "../../electron/words/en.ts";
import { leavesOf } from "../support/word-leaves.ts";

/** What main is made of, without the command line, the sandbox (the platform's side) and the catalogue itself. */
const sources = globSync("electron/**/*.ts")
  .map((path) => path.replaceAll("\\", "/"))
  .filter((path) => !/^electron\/(words|cli|sandbox)\//u.test(path))
  .map((path) => ({ path, text: readFileSync(path, "utf8") }));

it("every text of main is said somewhere", () => {
  expect(sources.length).toBeGreaterThan(200);
  const all = sources.map(({ text }) => text).join("\n");
  const said = new Set(all.match(/\b[A-Za-z]+\b/gu));
  const unused = leavesOf(englishWords)
    .map(({ path }) => path.split("."))
    // What is chosen by a value, as a platform's name is, counts with the key above it.
    .filter(([, key = "", inner]) => !said.has(key) && (inner === undefined || !said.has(inner)));
  expect(unused).toEqual([]);
});

it("main says nothing to a person that is not in the catalogue", () => {
  // Where notices, findings, boxes, notifications and menus take their texts. What was found (a fault's detail) is told as it was found.
  const places = [
    /\b(?:what|effect|remedy|label|message|detail|body): (?:`|")[A-Z][^`"]*\s[^`"]*(?:`|")/u,
    /\b(?:good|doubtful|skipped)\((?:`|")(?!Callside \$|")/u,
    /\bshowErrorBox\((?:`|")(?!Callside")/u,
    /new electron\.Notification\(\{ (?:title|body): (?:`|")/u,
    /\bbuttons: \["/u,
  ];
  const toPeople = sources.filter(({ path }) => /^electron\/(app|desktop|updates|health|vault|host)\/|^electron\/\w+\.ts$/u.test(path));
  const outside = toPeople.flatMap(({ path, text }) =>
    text.split("\n").flatMap((line, index) => (places.some((place) => place.test(line)) && !line.trimStart().startsWith("*") ? [`${path}:${index + 1}: ${line.trim()}`] : [])),
  );
  expect(outside).toEqual([]);
});
