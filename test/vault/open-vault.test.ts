import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import type { Fault } from "../../shared/fault.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { createMemoryStore } from "../../electron/vault/memory-store.ts";
import type { KeyStore } from "../../electron/vault/vault.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { openTestVault } from "../support/vault-fixture.ts";

const SECRET = "Zq7-never-to-be-seen";

/** A key store in memory that counts its reads and can be made to wait or fail. */
function playedStore(): { readonly store: KeyStore; readonly reads: string[]; gate: Promise<void>; fault: Fault | null } {
  const inner = createMemoryStore();
  const reads: string[] = [];
  const pass = async <T>(work: () => Promise<Result<T, Fault>>): Promise<Result<T, Fault>> => {
    await played.gate;
    return played.fault === null ? await work() : err(played.fault);
  };
  const played = {
    reads,
    gate: Promise.resolve(),
    fault: null as Fault | null,
    store: {
      read(name) {
        reads.push(name);
        return pass(() => inner.read(name));
      },
      write: (name, value) => pass(() => inner.write(name, value)),
      delete: (name) => pass(() => inner.delete(name)),
      names: () => pass(() => inner.names()),
    } satisfies KeyStore,
  };
  return played;
}

const faultOf = (result: Result<unknown, Fault>): Fault | null => (result.ok ? null : result.error);

describe("where secrets come from", () => {
  it("takes the environment before what is kept, and says so", async () => {
    const vault = openTestVault({ env: { ORDER_KEY: "from outside" }, keyStore: createMemoryStore() });
    await vault.put("ORDER_KEY", SECRET);
    expect(await vault.read("ORDER_KEY")).toEqual(ok("from outside"));
    expect(await vault.test("ORDER_KEY")).toEqual(ok("environment"));
    expect(await vault.rows()).toEqual([{ name: "ORDER_KEY", source: "key-store", shadowed: true }]);
  });

  it("reads what is kept, and null where there is nothing", async () => {
    const vault = openTestVault({ keyStore: createMemoryStore() });
    expect(await vault.read("ORDER_KEY")).toEqual(ok(null));
    expect(await vault.test("ORDER_KEY")).toEqual(ok(null));
    await vault.put("ORDER_KEY", SECRET);
    await vault.put("ORDER_KEY", `${SECRET}-2`);
    expect(await vault.read("ORDER_KEY")).toEqual(ok(`${SECRET}-2`));
    expect(await vault.test("ORDER_KEY")).toEqual(ok("key-store"));
  });

  it("keeps in memory where nothing protects, and says why", async () => {
    const vault = openTestVault({ why: "no key ring" });
    expect([vault.keptIn(), vault.why()]).toEqual(["memory", "no key ring"]);
    await vault.put("ORDER_KEY", SECRET);
    expect(await vault.rows()).toEqual([{ name: "ORDER_KEY", source: "memory", shadowed: false }]);
    expect(await vault.test("ORDER_KEY")).toEqual(ok("memory"));
    expect(vault.why()).toBe("no key ring");
  });

  it.each(["constructor", "__proto__", "toString", "hasOwnProperty"])("finds nothing inherited under %s, and keeps a secret of that name", async (name) => {
    const vault = openTestVault();
    expect(await vault.read(name)).toEqual(ok(null));
    await vault.put(name, SECRET);
    expect(await vault.read(name)).toEqual(ok(SECRET));
    expect(await vault.delete(name)).toEqual(ok(null));
    expect(await vault.read(name)).toEqual(ok(null));
  });

  it("lets blanks around a variable's value go, and takes one of blanks for none", async () => {
    const vault = openTestVault({ env: { A: " key\r", B: " \t" } });
    expect([await vault.read("A"), await vault.read("B")]).toEqual([ok("key"), ok(null)]);
  });

  it("looks a variable up by its exact name", async () => {
    expect(await openTestVault({ env: { ORDER_KEY: SECRET } }).read("order_key")).toEqual(ok(null));
  });
});

describe("the list of secrets", () => {
  it("tells of the environment only what was asked for or is watched", async () => {
    const vault = openTestVault({ env: { PATH: "/bin", ASKED: "1", WATCHED: "2", HOME: "/root" } });
    expect(await vault.rows()).toEqual([]);
    vault.watch(["WATCHED", "NOT_SET", "no name at all"]);
    await vault.read("ASKED");
    expect(await vault.rows()).toEqual([
      { name: "ASKED", source: "environment", shadowed: false },
      { name: "WATCHED", source: "environment", shadowed: false },
    ]);
  });

  it("keeps its names while the key store cannot be asked, and says why until it can", async () => {
    const played = playedStore();
    const vault = openTestVault({ keyStore: played.store });
    await vault.put("ORDER_KEY", SECRET);
    await vault.rows();
    played.fault = { kind: "transport", code: "disk", detail: "the key ring is locked" };
    expect(await vault.rows()).toEqual([{ name: "ORDER_KEY", source: "key-store", shadowed: false }]);
    expect([vault.keptIn(), vault.why()]).toEqual(["key-store", "the key ring is locked"]);
    played.fault = null;
    await vault.rows();
    expect(vault.why()).toBeNull();
  });
});

describe("what may be kept", () => {
  it.each([
    ["nothing", ""],
    ["10,001 characters", "x".repeat(10_001)],
    ["a NUL", `${SECRET}\0`],
    ["half a character", `${SECRET}\uD83D`],
  ])("refuses %s, without a word of it", async (_what, value) => {
    const vault = openTestVault();
    const fault = faultOf(await vault.put("ORDER_KEY", value));
    expect(fault).toMatchObject({ kind: "policy", code: "invalid-input" });
    expect(fault?.detail).toContain("ORDER_KEY");
    expect(fault?.detail).not.toContain("never-to-be-seen");
    expect(await vault.rows()).toEqual([]);
  });

  it.each([["one character", "x"], ["10,000 characters", "😀".repeat(5_000)], ["several lines", "-----\nkey\n"]])("keeps %s as it is", async (_what, value) => {
    const vault = openTestVault();
    expect(await vault.put("ORDER_KEY", value)).toEqual(ok(null));
    expect(await vault.read("ORDER_KEY")).toEqual(ok(value));
  });

  it.each(["", "1KEY", "A-B", "A B", "x".repeat(101), `sk-${SECRET}`])("refuses the name %j everywhere, without repeating it", async (name) => {
    const vault = openTestVault();
    const faults = [faultOf(await vault.put(name, "value")), faultOf(await vault.read(name)), faultOf(await vault.delete(name)), faultOf(await vault.test(name))];
    for (const fault of faults) {
      expect(fault?.code).toBe("invalid-input");
      expect(fault?.detail).not.toContain(SECRET);
    }
  });
});

describe("deleting", () => {
  it("tells what is not there from what the environment gives", async () => {
    const vault = openTestVault({ env: { GIVEN: SECRET } });
    expect(faultOf(await vault.delete("ABSENT"))?.code).toBe("not-found-here");
    const refused = faultOf(await vault.delete("GIVEN"));
    expect(refused?.code).toBe("not-allowed");
    expect(refused?.detail).not.toContain(SECRET);
  });

  it("deletes what is kept behind a variable of the same name", async () => {
    const vault = openTestVault({ env: { GIVEN: "outside" } });
    await vault.put("GIVEN", SECRET);
    expect(await vault.delete("GIVEN")).toEqual(ok(null));
    expect(await vault.rows()).toEqual([{ name: "GIVEN", source: "environment", shadowed: false }]);
  });
});

describe("the key store", () => {
  it("is asked once by a hundred who ask at the same time, and again by the next", async () => {
    const played = playedStore();
    const vault = openTestVault({ keyStore: played.store });
    await vault.put("ORDER_KEY", SECRET);
    await Promise.all(Array.from({ length: 100 }, () => vault.read("ORDER_KEY")));
    expect(played.reads).toHaveLength(1);
    await vault.read("ORDER_KEY");
    expect(played.reads).toHaveLength(2);
  });

  it("is not asked for what the environment gives", async () => {
    const played = playedStore();
    await openTestVault({ env: { A: "1" }, keyStore: played.store }).read("A");
    expect(played.reads).toEqual([]);
  });

  it("gives those who ask after a put the new value, though an older read is under way", async () => {
    const played = playedStore();
    const vault = openTestVault({ keyStore: played.store });
    await vault.put("ORDER_KEY", "old");
    const gate = Promise.withResolvers<void>();
    played.gate = gate.promise;
    const before = vault.read("ORDER_KEY");
    const put = vault.put("ORDER_KEY", "new");
    const after = vault.read("ORDER_KEY");
    gate.resolve();
    await put;
    expect([await before, await after]).toEqual([ok("old"), ok("new")]);
  });

  it("that fails is not replaced by memory: the fault comes back, and nothing is kept", async () => {
    const played = playedStore();
    const vault = openTestVault({ keyStore: played.store });
    played.fault = { kind: "transport", code: "disk", detail: "locked" };
    expect(faultOf(await vault.put("ORDER_KEY", SECRET))?.detail).toBe("locked");
    expect(faultOf(await vault.read("ORDER_KEY"))?.detail).toBe("locked");
    played.fault = null;
    expect(await vault.read("ORDER_KEY")).toEqual(ok(null));
  });

  it("that never answers is given up after a minute, and the next is asked anew", async () => {
    const clock = createFakeClock();
    const played = playedStore();
    const vault = openTestVault({ keyStore: played.store, clock });
    played.gate = new Promise(() => {});
    const asked = [vault.read("A"), vault.put("A", SECRET), vault.delete("A")];
    let answered = 0;
    for (const one of asked) void one.then(() => (answered += 1));
    const rows = vault.rows();
    await clock.advance(59_999);
    expect(answered).toBe(0);
    await clock.advance(1);
    const faults = (await Promise.all(asked)).map(faultOf);
    expect(faults.map((fault) => fault?.code)).toEqual(["no-secret", "disk", "disk"]);
    for (const fault of faults) expect(fault?.detail).toContain("60 seconds");
    await rows;
    expect(vault.why()).toContain("60 seconds");
    played.gate = Promise.resolve();
    expect(await vault.read("B")).toEqual(ok(null));
  });
});

describe("what nobody may see", () => {
  it("is known from the moment it is put or read, the longest first, and stays known", async () => {
    const vault = openTestVault({ env: { LONG: "a-very-long-secret-of-the-environment" } });
    expect(vault.known()).toEqual([]);
    await vault.put("A", SECRET);
    await vault.read("LONG");
    await vault.delete("A");
    expect(vault.known()).toEqual(["a-very-long-secret-of-the-environment", SECRET]);
  });

  it("holds the password of user:password on its own", async () => {
    const vault = openTestVault();
    await vault.put("A", "shop:correct-horse");
    expect(vault.known()).toEqual(["shop:correct-horse", "correct-horse"]);
  });

  it("is known even where keeping it fails", async () => {
    const played = playedStore();
    played.fault = { kind: "transport", code: "disk", detail: "full" };
    const vault = openTestVault({ keyStore: played.store });
    await vault.put("A", SECRET);
    expect(vault.known()).toEqual([SECRET]);
  });

  it("is in nothing that is printed, serialised or listed", async () => {
    const vault = openTestVault({ env: { B: `${SECRET}-b` }, why: "no key ring" });
    await vault.put("A", SECRET);
    await vault.read("A");
    await vault.read("B");
    const outputs = [
      inspect(vault, { depth: 20, showHidden: true, getters: true }),
      JSON.stringify(vault),
      JSON.stringify(await vault.rows()),
      JSON.stringify([await vault.put("A", `${SECRET}\0`), await vault.delete("B"), await vault.delete("C"), await vault.test("A")]),
      String(vault.why()),
    ].join("\n");
    expect(outputs).not.toContain(SECRET);
    // The same search finds it where it is.
    expect(JSON.stringify(await vault.read("A"))).toContain(SECRET);
    expect(JSON.stringify(vault)).toBe("{}");
  });
});
