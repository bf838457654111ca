import { stat, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { createDraftFile, DRAFT_FILE_NAME, emptyDraft, type Draft } from "../../electron/app/setup-draft.ts";
import { nodeFiles } from "../../electron/files/node-files.ts";
import { temporary } from "../support/program.ts";

const typed = (orgDomain: string): Draft => ({ at: "connect", forms: [{ system: "assist", fields: [{ key: "orgDomain", value: orgDomain }] }] });

it("comes back as it was kept, from a file that only its owner may read", async () => {
  const folder = join(await temporary(), "not there yet");
  const draft = createDraftFile({ files: nodeFiles, folder });
  expect(await draft.read()).toEqual(emptyDraft);
  expect(await draft.keep(typed("org.example"))).toBeNull();
  expect(await createDraftFile({ files: nodeFiles, folder }).read()).toEqual(typed("org.example"));
  expect((await stat(join(folder, DRAFT_FILE_NAME))).mode & 0o777).toBe(process.platform === "win32" ? 0o666 : 0o600);
});

it("writes the newest of many that come while it writes, one after the other", async () => {
  const folder = await temporary();
  let writing = 0;
  let writes = 0;
  const files = {
    ...nodeFiles,
    async replace(path: string, text: string) {
      writing += 1;
      writes += 1;
      expect(writing).toBe(1);
      await nodeFiles.replace(path, text);
      writing -= 1;
    },
  };
  const draft = createDraftFile({ files, folder });
  const outcomes = await Promise.all(Array.from({ length: 50 }, (_, number) => draft.keep(typed(`${number}.example`))));
  expect(outcomes.every((outcome) => outcome === null)).toBe(true);
  expect(writes).toBe(2);
  expect(await draft.read()).toEqual(typed("49.example"));
});

it.each([["not JSON", "{"], ["of another version", '{"version":2,"at":"connect","forms":[]}'], ["of another shape", '{"version":1,"at":"connect","forms":[{"system":"x"}]}']])(
  "takes a file that is %s for none",
  async (_what, text) => {
    const folder = await temporary();
    await writeFile(join(folder, DRAFT_FILE_NAME), text);
    expect(await createDraftFile({ files: nodeFiles, folder }).read()).toEqual(emptyDraft);
  },
);

it("says where it could not be kept, and keeps the one before", async () => {
  const folder = await temporary();
  await createDraftFile({ files: nodeFiles, folder }).keep(typed("kept.example"));
  const full = { ...nodeFiles, replace: () => Promise.reject(Object.assign(new Error("no"), { code: "ENOSPC" })) };
  const fault = await createDraftFile({ files: full, folder }).keep(typed("lost.example"));
  expect(fault).toMatchObject({ code: "disk", detail: expect.stringContaining("no space is left") });
  expect(await readFile(join(folder, DRAFT_FILE_NAME), "utf8")).toContain("kept.example");
});
