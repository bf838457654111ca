import { readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { assert, constantFrom, property, string } from "fast-check";
import { expect, test } from "vitest";
import { reportFileName, writeReportFile } from "../../electron/app/report-file.ts";
import { nodeFiles } from "../../electron/files/node-files.ts";
import { temporary } from "../support/program.ts";

const startedAt = Date.UTC(2026, 0, 5, 9, 0, 7);

test("a report's name says when, what and which", () => {
  const name = (suite: string) => reportFileName({ suite, batchId: "3f2a9c1b-77aa-4cde", startedAt }, "junit");
  expect(name("Shop bot, release 42")).toBe("2026-01-05-090007-Shop-bot-release-42-3f2a9c1b-77a.junit.xml");
  expect(name("Größe")).toBe("2026-01-05-090007-Gro-e-3f2a9c1b-77a.junit.xml");
  expect(name("../../etc/passwd")).toBe("2026-01-05-090007-etc-passwd-3f2a9c1b-77a.junit.xml");
  expect(name("…")).toBe("2026-01-05-090007-3f2a9c1b-77a.junit.xml");
});

test("whatever a suite is called, its report is one plain file in the folder", () => {
  assert(
    property(string({ unit: "binary" }), string({ unit: "binary" }), constantFrom("junit" as const, "json" as const, "html" as const), (suite, batchId, format) => {
      const name = reportFileName({ suite, batchId, startedAt }, format);
      expect(name).toMatch(/^2026-01-05-090007[A-Za-z0-9._-]*\.(?:junit\.xml|json|html)$/u);
      expect(name.length).toBeLessThan(120);
      expect(basename(name)).toBe(name);
    }),
  );
});

test("the folder is made, for its owner alone; what cannot be written is a fault with the path", async () => {
  const folder = join(await temporary(), "deep", "reports");
  const written = await writeReportFile(nodeFiles, folder, "a.json", "{}");
  expect(written).toEqual({ ok: true, value: join(folder, "a.json") });
  expect(await readFile(join(folder, "a.json"), "utf8")).toBe("{}");
  if (process.platform !== "win32") expect((await stat(folder)).mode & 0o077).toBe(0);
  const refused = await writeReportFile(nodeFiles, join(folder, "a.json"), "b.json", "{}");
  expect(refused).toMatchObject({ ok: false, error: { code: "disk", detail: expect.stringContaining("b.json") } });
});
