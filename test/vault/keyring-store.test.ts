import { describe, expect, it } from "vitest";
import type { Fault } from "../../shared/fault.ts";
import { ok, type Result } from "../../shared/result.ts";
import type { FoundStore } from "../../electron/vault/found-store.ts";
import { loadKeyring, openKeyringStore } from "../../electron/vault/keyring-store.ts";
import type { KeyStore } from "../../electron/vault/vault.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { createFakeKeyring, type FakeKeyring } from "../support/vault-fixture.ts";

const SECRET = "Zq7-never-to-be-seen";

function open(keyring: FakeKeyring, clock = createFakeClock()): Promise<FoundStore> {
  return openKeyringStore({ load: async () => keyring.module, clock, signal: new AbortController().signal, newId: () => "id" });
}

async function openStore(keyring: FakeKeyring): Promise<KeyStore> {
  const found = await open(keyring);
  if (found.keyStore === null) throw new Error(found.why);
  return found.keyStore;
}

const faultOf = (result: Result<unknown, Fault>): Fault | null => (result.ok ? null : result.error);

describe("whether a key ring can be used", () => {
  it("is found out with an entry that is gone afterwards", async () => {
    const keyring = createFakeKeyring();
    const operations: string[] = [];
    keyring.before = (operation, account) => void operations.push(`${operation} ${account}`);
    expect((await open(keyring)).why).toBeNull();
    expect(operations).toEqual(["set /probe-id", "get /probe-id", "delete /probe-id"]);
    expect(keyring.entries.size).toBe(0);
  });

  it.each(["set", "get", "delete"] as const)("is denied in the words of the system where %s is", async (denied) => {
    const keyring = createFakeKeyring();
    keyring.before = (operation) => {
      if (operation === denied) throw new Error("Couldn't access platform storage: AccessDenied");
    };
    expect(await open(keyring)).toEqual({ keyStore: null, why: "the key store of this system cannot be used: Couldn't access platform storage: AccessDenied" });
  });

  it("is denied where the module cannot be loaded, or entries cannot be made", async () => {
    const clock = createFakeClock();
    const signal = new AbortController().signal;
    const refused = async (): Promise<never> => {
      throw new Error("Cannot find native binding");
    };
    expect((await openKeyringStore({ load: refused, clock, signal, newId: () => "id" })).why).toContain("Cannot find native binding");
    const load = async () => ({
      AsyncEntry: class {
        constructor() {
          throw new Error("DBus error");
        }
        setPassword = async () => undefined;
        getPassword = async () => null;
        deletePassword = async () => false;
      },
    });
    expect((await openKeyringStore({ load, clock, signal, newId: () => "id" })).why).toContain("DBus error");
  });

  it("is denied in plain words where the module is not beside the program", async () => {
    const load = () => loadKeyring("callside-has-no-such-module");
    const found = await openKeyringStore({ load, clock: createFakeClock(), signal: new AbortController().signal, newId: () => "id" });
    expect(found).toEqual({ keyStore: null, why: "this Callside comes without what it needs to use the key store of this system" });
  });

  it("finds in the real module what it uses, and refuses another", async () => {
    const { AsyncEntry } = await loadKeyring();
    expect(["setPassword", "getPassword", "deletePassword"].filter((name) => !Object.hasOwn(AsyncEntry.prototype as object, name))).toEqual([]);
    await expect(loadKeyring("node:path")).rejects.toThrow("AsyncEntry");
  });

  it("is denied where something else comes back than was put there", async () => {
    const keyring = createFakeKeyring();
    keyring.before = (operation) => {
      if (operation === "get") keyring.entries.clear();
    };
    expect((await open(keyring)).why).toContain("does not give back");
  });

  it("is denied after a minute without an answer", async () => {
    const keyring = createFakeKeyring();
    keyring.before = () => new Promise(() => {});
    const clock = createFakeClock();
    const opening = open(keyring, clock);
    await clock.advance(60_000);
    expect((await opening).why).toContain("has not answered");
  });

  it("asks on Linux for the Secret Service only, never for the kernel's key ring", async () => {
    const keyring = createFakeKeyring();
    const store = await openStore(keyring);
    await store.write("A", "x".repeat(5_000));
    expect([...keyring.pins]).toEqual(["secret-service"]);
  });
});

describe("secrets in a key ring", () => {
  it("are kept under the program's name, listed, replaced, read after a restart and deleted", async () => {
    const keyring = createFakeKeyring();
    const store = await openStore(keyring);
    expect([await store.names(), await store.read("A")]).toEqual([ok([]), ok(null)]);
    await store.write("A", "old");
    await store.write("A", SECRET);
    await store.write("B", "😀");
    expect([...keyring.entries.keys()].every((key) => key.startsWith("callside/"))).toBe(true);
    const again = await openStore(keyring);
    expect([await again.names(), await again.read("A"), await again.read("B")]).toEqual([ok(["A", "B"]), ok(SECRET), ok("😀")]);
    expect(await again.delete("A")).toEqual(ok(null));
    expect(faultOf(await again.delete("A"))?.code).toBe("not-found-here");
    expect([await again.names(), await again.read("A")]).toEqual([ok(["B"]), ok(null)]);
  });

  it.each([
    ["10,000 characters", "x".repeat(10_000)],
    ["pairs that begin at an odd place", `x${"😀".repeat(4_000)}`],
    ["pairs that begin at an even place", "😀".repeat(4_000)],
    ["what looks like a head", "2a:text"],
    ["line breaks", "a\r\nb\n".repeat(900)],
  ])("come back whole from entries as short as those of Windows: %s", async (_what, value) => {
    const store = await openStore(createFakeKeyring());
    expect(await store.write("A", value)).toEqual(ok(null));
    expect(await store.read("A")).toEqual(ok(value));
  });

  it("leave nothing behind when a long one is replaced by a short one, or deleted", async () => {
    const keyring = createFakeKeyring();
    const store = await openStore(keyring);
    await store.write("A", "x".repeat(10_000));
    await store.write("A", "y".repeat(3_000));
    await store.write("A", "short");
    expect([...keyring.entries.keys()].toSorted()).toEqual(["callside//names", "callside/a"]);
    await store.write("A", "x".repeat(10_000));
    await store.delete("A");
    expect([...keyring.entries.keys()]).toEqual(["callside//names"]);
  });

  it("are the old or the new one, whichever step of replacing fails", async () => {
    const long = "x".repeat(4_000);
    const longer = "y".repeat(6_000);
    for (let failing = 1; ; failing += 1) {
      const keyring = createFakeKeyring();
      const store = await openStore(keyring);
      await store.write("A", long);
      let count = 0;
      keyring.before = (operation) => {
        if (operation === "get") return;
        count += 1;
        if (count === failing) throw new Error("the power went out");
      };
      const written = await store.write("A", longer);
      keyring.before = () => undefined;
      const read = await store.read("A");
      expect(read.ok && (read.value === long || read.value === longer)).toBe(true);
      if (written.ok) {
        expect(failing).toBeGreaterThan(5);
        expect(read).toEqual(ok(longer));
        return;
      }
    }
  });

  it("are in no list where they could not be kept", async () => {
    const keyring = createFakeKeyring();
    const store = await openStore(keyring);
    keyring.before = (operation, account) => {
      if (operation === "set" && account === "A") throw new Error("locked");
    };
    expect(faultOf(await store.write("A", SECRET))).toEqual({ kind: "transport", code: "disk", detail: "keeping A: locked" });
    expect(await store.names()).toEqual(ok([]));
  });

  it("have a list that is longer than an entry, and loses none that are written at the same time", async () => {
    const store = await openStore(createFakeKeyring());
    const names = Array.from({ length: 60 }, (_, index) => `${"N".repeat(90)}_${index}`);
    await Promise.all(names.map((name) => store.write(name, name)));
    expect(await store.names()).toEqual(ok(names));
    expect(await store.read(names[59] ?? "")).toEqual(ok(names[59]));
  });

  it("refuse a name that differs from another in case only, which Windows would take for the same", async () => {
    const store = await openStore(createFakeKeyring());
    await store.write("ORDER_KEY", SECRET);
    expect(faultOf(await store.write("order_key", "other"))).toMatchObject({ code: "invalid-input" });
    expect(await store.read("ORDER_KEY")).toEqual(ok(SECRET));
  });

  it.each([
    ["was put there by something else", (entries: Map<string, string>) => entries.set("callside/a", SECRET)],
    ["lost a part", (entries: Map<string, string>) => entries.delete("callside/a/a2")],
  ])("tell by name what %s; it can be replaced and deleted", async (_what, spoil) => {
    const keyring = createFakeKeyring();
    const store = await openStore(keyring);
    await store.write("A", "x".repeat(2_000));
    spoil(keyring.entries);
    const fault = faultOf(await store.read("A"));
    expect(fault).toMatchObject({ code: "no-secret", detail: expect.stringMatching(/^A: .*store it again$/u) as string });
    expect(fault?.detail).not.toContain(SECRET);
    await store.write("A", "new");
    expect(await store.read("A")).toEqual(ok("new"));
    spoil(keyring.entries);
    expect(await store.delete("A")).toEqual(ok(null));
    expect(await store.names()).toEqual(ok([]));
  });

  it.each([
    ["is no text of ours", "nonsense"],
    ["is no JSON", "1a:{\"version\":1,"],
    ["lost a part", "2a:{\"version\":1,"],
    ["has another shape", "1a:{\"version\":1,\"names\":[\"a b\"]}"],
  ])("are read without the list where it %s, and the list is begun anew", async (_what, text) => {
    const keyring = createFakeKeyring();
    const store = await openStore(keyring);
    await store.write("A", SECRET);
    keyring.entries.set("callside//names", text);
    expect([await store.names(), await store.read("A")]).toEqual([ok([]), ok(SECRET)]);
    await store.write("A", SECRET);
    expect(await store.names()).toEqual(ok(["A"]));
  });

  it("are not touched where the list is of a later version", async () => {
    const keyring = createFakeKeyring();
    const store = await openStore(keyring);
    const text = "1a:{\"version\":2,\"secrets\":{}}";
    keyring.entries.set("callside//names", text);
    for (const result of [await store.names(), await store.write("A", SECRET), await store.delete("A")]) expect(faultOf(result)?.code).toBe("newer-file");
    expect([...keyring.entries]).toEqual([["callside//names", text]]);
  });

  it("keep their list while the key ring is locked", async () => {
    const keyring = createFakeKeyring();
    const store = await openStore(keyring);
    await store.write("A", SECRET);
    keyring.before = () => {
      throw new Error("the collection is locked");
    };
    const faults = [await store.names(), await store.read("A"), await store.write("B", SECRET), await store.delete("A")].map(faultOf);
    expect(faults.map((fault) => fault?.code)).toEqual(["disk", "no-secret", "disk", "disk"]);
    keyring.before = () => undefined;
    expect([await store.names(), await store.read("A")]).toEqual([ok(["A"]), ok(SECRET)]);
  });

  it.each([SECRET, SECRET.slice(4, 12), "x1"])("are in no fault, though the system's error repeats %s", async (repeated) => {
    const keyring = createFakeKeyring();
    const store = await openStore(keyring);
    keyring.before = (operation, account) => {
      if (operation === "set" && account === "A") throw new Error(`cannot take <${repeated}>`);
    };
    expect(faultOf(await store.write("A", repeated === "x1" ? "x1" : SECRET))?.detail).toBe("keeping A: it refused");
  });
});
