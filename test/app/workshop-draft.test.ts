import { stat } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { createWorkshopDraft } from "../../electron/app/workshop-draft.ts";
import { nodeFiles } from "../../electron/files/node-files.ts";
import { noRuleDraft } from "../../shared/no-rule-draft.ts";
import { ok } from "../../shared/result.ts";
import type { RuleDraft } from "../../shared/workshop.ts";
import { temporary } from "../support/program.ts";

const draft: RuleDraft = { triggers: { sentimentThreshold: -0.2 }, policy: {}, keywords: { added: ["rebate"], removed: ["refund"] }, prohibitedPhrases: { added: [], removed: [] } };

it("outlives the program, in a file that only its owner may read, and is none at first", async () => {
  const folder = await temporary();
  const first = createWorkshopDraft({ files: nodeFiles, folder });
  expect(await first.draft()).toEqual(ok({ draft: noRuleDraft }));
  expect(await first.keepDraft(draft)).toEqual(ok(null));
  expect(await first.draft()).toEqual(ok({ draft }));
  expect(await createWorkshopDraft({ files: nodeFiles, folder }).draft()).toEqual(ok({ draft }));
  expect((await stat(join(folder, "workshop-draft.json"))).mode & 0o777).toBe(process.platform === "win32" ? 0o666 : 0o600);
});

it("stays at hand where the disk does not take it, and says so", async () => {
  const files = { ...nodeFiles, replace: () => Promise.reject(Object.assign(new Error("no"), { code: "ENOSPC" })) };
  const workshop = createWorkshopDraft({ files, folder: await temporary() });
  expect(await workshop.keepDraft(draft)).toMatchObject({ ok: false, error: { code: "disk", detail: expect.stringContaining("no space is left") } });
  expect(await workshop.draft()).toEqual(ok({ draft }));
});

it("is the newest also where it is changed while the old one is read", async () => {
  const folder = await temporary();
  await createWorkshopDraft({ files: nodeFiles, folder }).keepDraft({ ...draft, keywords: { added: ["old"], removed: [] } });
  const workshop = createWorkshopDraft({ files: nodeFiles, folder });
  const [read] = await Promise.all([workshop.draft(), workshop.keepDraft(draft)]);
  expect(read).toEqual(ok({ draft }));
});
