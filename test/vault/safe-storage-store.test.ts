import { randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Fault } from "../../shared/fault.ts";
import { ok, type Result } from "../../shared/result.ts";
import { nodeFiles } from "../../electron/files/node-files.ts";
import { openSafeStorageStore, SECRETS_FILE_NAME } from "../../electron/vault/safe-storage-store.ts";
import type { FoundStore } from "../../electron/vault/found-store.ts";
import type { KeyStore } from "../../electron/vault/vault.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { createFaultyFiles } from "../support/faulty-files.ts";
import { tempDirectory } from "../support/temp-directory.ts";
import { createFakeSafeStorage, type FakeSafeStorage } from "../support/vault-fixture.ts";

const SECRET = "Zq7-never-to-be-seen";

interface Setup {
  readonly folder?: string;
  readonly platform?: NodeJS.Platform;
  readonly files?: typeof nodeFiles;
  readonly clock?: ReturnType<typeof createFakeClock>;
  readonly signal?: AbortSignal;
  readonly onDamaged?: (path: string) => void;
}

function open(fake: FakeSafeStorage, setup: Setup = {}): Promise<FoundStore> {
  const { folder = "/nowhere", platform = "linux", files = nodeFiles, clock = createFakeClock(), signal = new AbortController().signal, onDamaged = () => undefined } = setup;
  return openSafeStorageStore({ electron: fake.electron, platform, files, dataFolder: folder, clock, signal, onDamaged });
}

async function openStore(fake: FakeSafeStorage, setup: Setup): Promise<KeyStore> {
  const found = await open(fake, setup);
  if (found.keyStore === null) throw new Error(found.why);
  return found.keyStore;
}

const faultOf = (result: Result<unknown, Fault>): Fault | null => (result.ok ? null : result.error);

describe("whether safe storage protects", () => {
  it.each(["basic_text", "unknown"] as const)("is denied on Linux where the backend is %s", async (backend) => {
    const fake = createFakeSafeStorage();
    fake.backend = backend;
    expect(await open(fake)).toMatchObject({ keyStore: null, why: expect.stringContaining("no key ring") as string });
  });

  it("is denied where encryption is not available", async () => {
    const fake = createFakeSafeStorage();
    fake.available = false;
    expect((await open(fake)).why).toContain("locked or not available");
  });

  it("is denied where a key ring was chosen and Chromium encrypts with the key that everybody knows", async () => {
    const fake = createFakeSafeStorage();
    fake.prefix = "v10";
    expect((await open(fake)).why).toContain("nothing would be protected");
  });

  it.each(["darwin", "win32"] as const)("is given on %s, where v10 stands for a protected key and there is no choice of backends", async (platform) => {
    const fake = createFakeSafeStorage();
    fake.prefix = "v10";
    fake.backend = "basic_text";
    expect((await open(fake, { platform })).why).toBeNull();
  });

  it("is denied in words where Electron throws", async () => {
    const fake = createFakeSafeStorage();
    fake.error = new Error("safeStorage cannot be used\n before the app is ready");
    expect((await open(fake)).why).toBe("the key store of this system cannot be used: safeStorage cannot be used before the app is ready");
  });

  it("waits for Electron, for a minute at most", async () => {
    const fake = createFakeSafeStorage();
    fake.ready = Promise.withResolvers();
    const clock = createFakeClock();
    let found: FoundStore | undefined;
    const opening = open(fake, { clock }).then((it) => (found = it));
    await clock.advance(59_999);
    expect(found).toBeUndefined();
    await clock.advance(1);
    await opening;
    expect(found?.why).toContain("has not answered");
  });

  it("is not waited for when the program is closing, nor does a late refusal harm", async () => {
    const fake = createFakeSafeStorage();
    fake.ready = Promise.withResolvers();
    const closing = new AbortController();
    const opening = open(fake, { signal: closing.signal });
    closing.abort();
    expect((await opening).keyStore).toBeNull();
    expect((await open(fake, { signal: closing.signal })).keyStore).toBeNull();
    fake.ready.reject(new Error("quit"));
    await Promise.resolve();
  });
});

describe("the file of secrets", () => {
  it("holds them encrypted, for its owner alone, and gives them back after a restart", async () => {
    await using directory = await tempDirectory();
    const folder = join(directory.path, "made", "when needed");
    const fake = createFakeSafeStorage();
    const store = await openStore(fake, { folder });
    expect(await store.names()).toEqual(ok([]));
    expect(await store.read("ORDER_KEY")).toEqual(ok(null));
    await store.write("ORDER_KEY", "old");
    await store.write("ORDER_KEY", SECRET);
    await store.write("__proto__", "😀\n");
    const again = await openStore(fake, { folder });
    expect(await again.names()).toEqual(ok(["ORDER_KEY", "__proto__"]));
    expect([await again.read("ORDER_KEY"), await again.read("__proto__"), await again.read("constructor")]).toEqual([ok(SECRET), ok("😀\n"), ok(null)]);
    const text = await readFile(join(folder, SECRETS_FILE_NAME), "utf8");
    expect(JSON.parse(text)).toMatchObject({ version: 1, secrets: [{ name: "ORDER_KEY" }, { name: "__proto__" }] });
    expect(text).not.toContain(SECRET);
    expect(text).not.toContain(Buffer.from(SECRET).toString("base64").slice(0, 8));
    if (process.platform !== "win32") expect((await stat(join(folder, SECRETS_FILE_NAME))).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual([SECRETS_FILE_NAME]);
  });

  it("loses none of fifty that are written at the same time", async () => {
    await using directory = await tempDirectory();
    const store = await openStore(createFakeSafeStorage(), { folder: directory.path });
    const names = Array.from({ length: 50 }, (_, index) => `KEY_${index}`);
    await Promise.all(names.map((name) => store.write(name, `value of ${name}`)));
    expect(await store.names()).toEqual(ok(names));
    expect(await store.read("KEY_17")).toEqual(ok("value of KEY_17"));
  });

  it("deletes by name, and says where there is nothing", async () => {
    await using directory = await tempDirectory();
    const store = await openStore(createFakeSafeStorage(), { folder: directory.path });
    await store.write("A", SECRET);
    expect(await store.delete("A")).toEqual(ok(null));
    expect(faultOf(await store.delete("A"))?.code).toBe("not-found-here");
    expect(await store.names()).toEqual(ok([]));
  });

  it("tells by name what can no longer be decrypted; it can be replaced and deleted", async () => {
    await using directory = await tempDirectory();
    const fake = createFakeSafeStorage();
    const store = await openStore(fake, { folder: directory.path });
    await store.write("A", SECRET);
    await store.write("B", SECRET);
    fake.key = "second";
    const fault = faultOf(await store.read("A"));
    expect(fault).toMatchObject({ kind: "refused", code: "no-secret" });
    expect(fault?.detail).toMatch(/^A: .*can no longer be decrypted.*store it again$/u);
    expect(await store.names()).toEqual(ok(["A", "B"]));
    await store.write("A", "new");
    expect(await store.read("A")).toEqual(ok("new"));
    expect(await store.delete("B")).toEqual(ok(null));
  });

  it("does not call a secret lost while the key store is only locked", async () => {
    await using directory = await tempDirectory();
    const fake = createFakeSafeStorage();
    const store = await openStore(fake, { folder: directory.path });
    await store.write("A", SECRET);
    fake.error = new Error("safeStorage is temporarily unavailable. Please try again.");
    expect(faultOf(await store.read("A"))?.detail).toBe("A: the key store of this system is locked for now");
    fake.error = null;
    expect(await store.read("A")).toEqual(ok(SECRET));
  });

  it("encrypts anew what Electron says is under an old key", async () => {
    await using directory = await tempDirectory();
    const fake = createFakeSafeStorage();
    const store = await openStore(fake, { folder: directory.path, platform: "darwin" });
    await store.write("A", SECRET);
    const before = await readFile(join(directory.path, SECRETS_FILE_NAME), "utf8");
    fake.shouldReEncrypt = true;
    fake.prefix = "v10";
    expect(await store.read("A")).toEqual(ok(SECRET));
    fake.shouldReEncrypt = false;
    expect(await readFile(join(directory.path, SECRETS_FILE_NAME), "utf8")).not.toBe(before);
    expect(await store.read("A")).toEqual(ok(SECRET));
  });

  it("keeps nothing unprotected where the key ring goes away later", async () => {
    await using directory = await tempDirectory();
    const fake = createFakeSafeStorage();
    const store = await openStore(fake, { folder: directory.path });
    fake.prefix = "v10";
    expect(faultOf(await store.write("A", SECRET))?.detail).toContain("keeping A: the key ring gives no key");
    expect(await readdir(directory.path)).toEqual([]);
  });

  it("repeats no piece of a value that Electron's error repeats", async () => {
    await using directory = await tempDirectory();
    const fake = createFakeSafeStorage();
    const store = await openStore(fake, { folder: directory.path });
    fake.error = new Error(`cannot encrypt ${SECRET.slice(0, 9)}…`);
    expect(faultOf(await store.write("A", SECRET))?.detail).toBe("keeping A: it refused");
  });
});

describe("a file of secrets that is no use", () => {
  it.each([
    ["no JSON", "{\"version\": 1, \"secr"],
    ["empty", ""],
    ["another shape", "[1]"],
    ["without a version", "{\"secrets\": []}"],
    ["a name that is none", "{\"version\": 1, \"secrets\": [{\"name\": \"a b\", \"value\": \"eA==\"}]}"],
    ["a value that is no base64", "{\"version\": 1, \"secrets\": [{\"name\": \"A\", \"value\": \"%%\"}]}"],
    ["noise", randomBytes(200).toString("latin1")],
  ])("(%s) is set aside, told, and begun anew", async (_what, text) => {
    await using directory = await tempDirectory();
    const path = join(directory.path, SECRETS_FILE_NAME);
    await writeFile(path, text);
    const told: string[] = [];
    const store = await openStore(createFakeSafeStorage(), { folder: directory.path, onDamaged: (aside) => told.push(aside) });
    expect(await store.names()).toEqual(ok([]));
    expect(told).toHaveLength(1);
    expect(await readFile(told[0] ?? "", "utf8")).toBe(text);
    await store.write("A", SECRET);
    expect(await store.read("A")).toEqual(ok(SECRET));
    expect(told).toHaveLength(1);
  });

  it("never writes over one that was set aside in the same millisecond", async () => {
    await using directory = await tempDirectory();
    const path = join(directory.path, SECRETS_FILE_NAME);
    const told: string[] = [];
    const store = await openStore(createFakeSafeStorage(), { folder: directory.path, onDamaged: (aside) => told.push(aside) });
    for (const text of ["first", "second", "third"]) {
      await writeFile(path, text);
      await store.names();
    }
    expect(new Set(told).size).toBe(3);
    expect(await Promise.all(told.map((aside) => readFile(aside, "utf8")))).toEqual(["first", "second", "third"]);
  });

  it("stays as it is where it cannot be set aside", async () => {
    await using directory = await tempDirectory();
    const path = join(directory.path, SECRETS_FILE_NAME);
    await writeFile(path, "damaged");
    const { files, faults } = createFaultyFiles();
    faults.replace = "ENOSPC";
    const store = await openStore(createFakeSafeStorage(), { folder: directory.path, files });
    expect(faultOf(await store.write("A", SECRET))).toMatchObject({ code: "disk", detail: expect.stringContaining("ENOSPC") as string });
    expect(await readFile(path, "utf8")).toBe("damaged");
  });

  it("of a later version is refused and not touched", async () => {
    await using directory = await tempDirectory();
    const path = join(directory.path, SECRETS_FILE_NAME);
    const text = "{\"version\": 2, \"vault\": {}}";
    await writeFile(path, text);
    const told: string[] = [];
    const store = await openStore(createFakeSafeStorage(), { folder: directory.path, onDamaged: (aside) => told.push(aside) });
    const faults = [await store.names(), await store.read("A"), await store.write("A", SECRET), await store.delete("A")].map(faultOf);
    for (const fault of faults) {
      expect(fault?.code).toBe("newer-file");
      expect(fault?.detail).toContain("version 2");
    }
    expect([await readFile(path, "utf8"), told]).toEqual([text, []]);
  });

  it("keeps the old secrets where the new ones cannot be written", async () => {
    await using directory = await tempDirectory();
    const { files, faults } = createFaultyFiles();
    const store = await openStore(createFakeSafeStorage(), { folder: directory.path, files });
    await store.write("A", SECRET);
    faults.replace = "ENOSPC";
    const fault = faultOf(await store.write("A", `${SECRET}-2`));
    expect(fault).toMatchObject({ kind: "transport", code: "disk" });
    expect(fault?.detail).not.toContain(SECRET);
    expect(await store.read("A")).toEqual(ok(SECRET));
  });

  it("that is a directory is a fault of the disk", async () => {
    await using directory = await tempDirectory();
    await mkdir(join(directory.path, SECRETS_FILE_NAME));
    const store = await openStore(createFakeSafeStorage(), { folder: directory.path });
    expect(faultOf(await store.names())?.code).toBe("disk");
  });
});
