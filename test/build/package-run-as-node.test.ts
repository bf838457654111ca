import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const electron = fileURLToPath(new URL("../../electron", import.meta.url));

/** Ways in which a program has itself run as Node, which the packaged one refuses. */
const RUN_AS_NODE = /process\.execPath|ELECTRON_RUN_AS_NODE|\bfork\(|\butilityProcess\b/;

it("is relied on by nothing of the main process but what builds the panel of a checkout, and the path is asked for updates alone", async () => {
  const entries = await readdir(electron, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith(".ts")).map((entry) => join(entry.parentPath, entry.name));
  expect(files.length).toBeGreaterThan(100);
  const relying = [];
  for (const file of files) if (RUN_AS_NODE.test(await readFile(file, "utf8"))) relying.push(file.slice(electron.length + 1).replaceAll("\\", "/"));
  // The second only tells from its path how the program was installed.
  expect(relying.toSorted()).toEqual(["app/panel-files.ts", "app/updates-program.ts"]);
});
