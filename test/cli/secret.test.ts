import { describe, expect, test } from "vitest";
import { secretDelete } from "../../electron/cli/secret-delete.ts";
import { secretList } from "../../electron/cli/secret-list.ts";
import { secretPut } from "../../electron/cli/secret-put.ts";
import type { OpenSecretVault } from "../../electron/cli/secret-vault.ts";
import { createMemoryStore } from "../../electron/vault/memory-store.ts";
import { openVault } from "../../electron/vault/open-vault.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { machineWith } from "../support/machine-with.ts";
import { runHere, type CliRun } from "./surroundings.ts";

const VALUE = "keep-me-quiet-4711";

/** A key store that lives as long as the test. */
function machine(why: string | null = null, env: Readonly<Record<string, string>> = {}, policy: object | null = null) {
  const store = createMemoryStore();
  const open: OpenSecretVault = async () => openVault({ env, keyStore: why === null ? store : null, why, clock: createFakeClock() });
  const commands = { "secret put": secretPut(open), "secret delete": secretDelete(open), "secret list": secretList(open) };
  return { store, start: (argv: readonly string[], isTTY = false): CliRun => runHere(argv, { env, commands, isTTY, ...(policy === null ? {} : { machine: machineWith(policy) }) }) };
}

const said = (run: CliRun): string => run.stdout.text() + run.stderr.text();

test("where IT has set role agent, a secret is the supervisor's as in the panel, but for those of the first run", async () => {
  const { store, start } = machine(null, {}, { panel: { role: "agent" } });
  await store.write("OLD_KEY", VALUE);
  for (const argv of [["secret", "put", "SHOP_KEY"], ["secret", "delete", "OLD_KEY"]]) {
    const run = start(argv);
    expect([await run.code, said(run)]).toEqual([2, expect.stringContaining("integrations are made in role supervisor")]);
  }
  const own = start(["secret", "put", "COGNIGY_CLIENT_SECRET"]);
  own.stdin.end(VALUE);
  expect(await own.code).toBe(0);
  expect(await store.names()).toEqual({ ok: true, value: ["OLD_KEY", "COGNIGY_CLIENT_SECRET"] });
});

describe("secret put", () => {
  test("takes the value from stdin, without the line break at its end, and shows it nowhere", async () => {
    const { store, start } = machine();
    const run = start(["secret", "put", "SHOP_KEY", "--json"]);
    run.stdin.write(VALUE.slice(0, 4));
    run.stdin.end(`${VALUE.slice(4)}\r\n`);
    expect(await run.code).toBe(0);
    expect(run.lines()).toEqual([{ event: "stored", timestamp: expect.any(String), name: "SHOP_KEY" }]);
    expect(await store.read("SHOP_KEY")).toEqual({ ok: true, value: VALUE });
    expect(said(run)).not.toContain(VALUE);
  });

  test("asks at a terminal, and does not show what is typed", async () => {
    const { store, start } = machine();
    const run = start(["secret", "put", "SHOP_KEY"], true);
    await run.stderr.shows("not shown");
    run.stdin.write(`${VALUE}\r`);
    expect(await run.code).toBe(0);
    expect(await store.read("SHOP_KEY")).toEqual({ ok: true, value: VALUE });
    expect(said(run)).not.toContain(VALUE);
    expect(run.signalListeners()).toBe(0);
  });

  test.each([
    ["an end of the program", (run: CliRun) => run.signal("SIGINT")],
    ["Ctrl+C at the terminal", (run: CliRun) => run.stdin.write("\u0003")],
    ["the end of the input", (run: CliRun) => run.stdin.end()],
  ])("%s while it asks stores nothing: 2", async (_what, act) => {
    const { store, start } = machine();
    const run = start(["secret", "put", "SHOP_KEY"], true);
    await run.stderr.shows("not shown");
    act(run);
    expect(await run.code).toBe(2);
    expect(await store.names()).toEqual({ ok: true, value: [] });
  });

  test("an end of the program while stdin stays open stores nothing: 2", async () => {
    const { store, start } = machine();
    const run = start(["secret", "put", "SHOP_KEY"]);
    run.stdin.write("half");
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    run.signal("SIGTERM");
    expect(await run.code).toBe(2);
    expect(await store.names()).toEqual({ ok: true, value: [] });
  });

  test.each([
    ["nothing", ""],
    ["a NUL", "a\0b"],
    ["too much", "x".repeat(30_000)],
    ["no UTF-8", Buffer.from([0xff, 0xfe, 0x80])],
    ["half a character", Buffer.from([0x61, 0xc3])],
  ])("%s as value is refused: 2", async (_what, value) => {
    const { store, start } = machine();
    const run = start(["secret", "put", "SHOP_KEY"]);
    run.stdin.end(value);
    expect(await run.code).toBe(2);
    expect(run.stderr.text()).toMatch(/secret put: .+/u);
    expect(await store.names()).toEqual({ ok: true, value: [] });
  });

  test("a value in place of the name is refused and not repeated", async () => {
    const { start } = machine();
    for (const argv of [["secret", "put", `${VALUE}!`], ["secret", "put", "SHOP_KEY", VALUE], ["secret", "put"]]) {
      const run = start(argv);
      expect(await run.code).toBe(2);
      expect(said(run)).not.toContain(VALUE);
    }
  });

  test("where nothing would be kept it says why, and what to do instead: 2", async () => {
    const { start } = machine("the key ring is locked");
    const run = start(["secret", "put", "SHOP_KEY"]);
    expect(await run.code).toBe(2);
    expect(run.stderr.text()).toContain("the key ring is locked; set the environment variable SHOP_KEY instead");
  });
});

test("what is stored is listed by name, and can be deleted once", async () => {
  const { store, start } = machine(null, { SHOP_KEY: "from outside" });
  await store.write("SHOP_KEY", VALUE);
  await store.write("OTHER", VALUE);
  const list = start(["secret", "list", "--json"]);
  expect(await list.code).toBe(0);
  expect(list.lines()[0]).toMatchObject({ event: "secrets", secrets: [{ name: "OTHER", source: "key-store", shadowed: false }, { name: "SHOP_KEY", source: "key-store", shadowed: true }] });
  const first = start(["secret", "delete", "OTHER", "--json"]);
  expect([await first.code, first.lines()[0]]).toMatchObject([0, { event: "deleted", name: "OTHER" }]);
  const second = start(["secret", "delete", "OTHER"]);
  expect([await second.code, second.stderr.text()]).toEqual([1, expect.stringContaining("no secret OTHER is stored here")]);
  expect(said(list) + said(first) + said(second)).not.toContain(VALUE);
});
