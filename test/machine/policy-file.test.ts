import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readPolicyFile } from "../../electron/machine/policy-file.ts";

const me = { uid: process.getuid?.() ?? 0, name: "root" };
const POLICY = '{"version":1,"settings":{}}';
let folder = "";
let path = "";
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), "callside-test-")), "etc");
  await mkdir(folder, { mode: 0o755 });
  path = join(folder, "policy.json");
});
afterEach(async () => {
  await rm(join(folder, ".."), { recursive: true, force: true });
});

describe.skipIf(process.platform === "win32")("a policy's file (real files)", () => {
  test("that only its owner can write is read", async () => {
    await writeFile(path, POLICY, { mode: 0o644 });
    expect(await readPolicyFile(path, me)).toStrictEqual({ kind: "text", origin: path, text: POLICY });
  });

  test.each([[0o664], [0o646], [0o666]])("with mode %o is refused, because others could set rules by it", async (mode) => {
    await writeFile(path, POLICY);
    await chmod(path, mode);
    expect(await readPolicyFile(path, me)).toMatchObject({ kind: "unreadable", found: expect.stringContaining(mode.toString(8)), allowed: expect.stringContaining("only root") });
  });

  test("in a folder that others can write is refused, because they could put another in its place", async () => {
    await writeFile(path, POLICY, { mode: 0o644 });
    await chmod(folder, 0o777);
    expect(await readPolicyFile(path, me)).toMatchObject({ kind: "unreadable", found: expect.stringContaining("its folder") });
  });

  test("of another owner is refused", async () => {
    await writeFile(path, POLICY, { mode: 0o644 });
    expect(await readPolicyFile(path, { uid: me.uid + 1, name: "root" })).toMatchObject({ kind: "unreadable", found: expect.stringContaining(`user ${me.uid}`) });
  });

  test("that is not there is no policy; a folder or a dangling link in its place is one that cannot be read", async () => {
    expect(await readPolicyFile(path, me)).toStrictEqual({ kind: "absent", origin: path });
    expect(await readPolicyFile(join(folder, "none", "policy.json"), me)).toMatchObject({ kind: "absent" });
    await symlink(join(folder, "nowhere"), path);
    expect(await readPolicyFile(path, me)).toMatchObject({ kind: "unreadable" });
    await rm(path);
    await mkdir(path, { mode: 0o755 });
    expect(await readPolicyFile(path, me)).toMatchObject({ kind: "unreadable" });
  });

  test("that is too large, or no UTF-8, is refused", async () => {
    await writeFile(path, " ".repeat(4_000_001), { mode: 0o644 });
    expect(await readPolicyFile(path, me)).toMatchObject({ kind: "unreadable", found: "4000001 bytes" });
    await writeFile(path, Buffer.from([0x7b, 0xff, 0x7d]));
    expect(await readPolicyFile(path, me)).toMatchObject({ kind: "unreadable", found: "bytes that are no UTF-8" });
  });
});
