import { describe, expect, test } from "vitest";
import { leftToVault } from "../../electron/app/credential-environment.ts";
import { secretsOutcome } from "../../electron/app/health-kept.ts";
import { loadConfig } from "../../electron/config/load-config.ts";
import { germanWords } from "../../electron/words/de.ts";

const inMemory = [{ name: "A", source: "memory", shadowed: false }] as const;
const DBUS = "the key store of this system cannot be used: Platform failure: DBus error: Failed to connect to socket /tmp/bus: No such file";

describe("the place for secrets", () => {
  test("is the key store of the system", () => {
    expect(secretsOutcome({ keptIn: "key-store", why: null, rows: [] })).toMatchObject({ kind: "good", found: "kept in this system's key store" });
  });

  test("that keeps nothing and is memory is told without a library's words", () => {
    expect(secretsOutcome({ keptIn: "memory", why: DBUS, rows: [] })).toEqual({ kind: "good", found: "nothing is kept; it would be in memory only", tookMs: null });
  });

  test("that is memory is told in plain words, and what the system said only behind what to do", () => {
    expect(secretsOutcome({ keptIn: "memory", why: DBUS, rows: inMemory })).toEqual({
      kind: "doubtful",
      found: "kept in memory only, until Callside ends",
      remedy: `Set up or unlock the key store of this system, or give secrets as environment variables. Found: ${DBUS}`,
    });
    expect(secretsOutcome({ keptIn: "memory", why: null, rows: inMemory })).toMatchObject({ remedy: expect.stringMatching(/environment variables\.$/) });
  });

  test("that is locked is told in plain words, in the language of the page", () => {
    const view = { keptIn: "key-store", why: "reading the names of secrets: org.freedesktop.Secret.Error.IsLocked", rows: [] } as const;
    expect(secretsOutcome(view)).toMatchObject({ kind: "doubtful", found: "the key store of this system cannot be used now", remedy: expect.stringMatching(/^Unlock it, or start Callside again\. Found: reading .*IsLocked$/) });
    expect(secretsOutcome(view, germanWords.health)).toMatchObject({ found: "der Schlüsselspeicher dieses Systems ist zurzeit nicht brauchbar", remedy: expect.stringMatching(/Gefunden: .*IsLocked$/) });
  });

  test("tells of the system's words one short line, with nothing that looks like a secret or a person", () => {
    const why = `no\u001b[2J\n\tkey: password=hunter22 of petunia@garden.example ${"x".repeat(500)}`;
    const outcome = secretsOutcome({ keptIn: "key-store", why, rows: [] });
    if (outcome.kind !== "doubtful") throw new Error(outcome.kind);
    expect(outcome.remedy).toMatch(/Found: no \[2J key: password=\[redacted\] of \[e-mail\] x+…$/);
    expect(outcome.remedy.length).toBeLessThan(230);
  });
});

test("credentials are left to the vault by the systems that are on and lack them in the environment", () => {
  const loaded = loadConfig({ file: { path: "/c.json", text: JSON.stringify({ assist: { orgDomain: "org.example" } }) }, env: {}, flags: [], dataFolder: "/d", cwd: "/" });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
  const { config } = loaded.value;
  expect(leftToVault({ COGNIGY_CLIENT_ID: "i" }, config)).toContain("COGNIGY_CLIENT_SECRET");
  expect(leftToVault({ COGNIGY_CLIENT_ID: "i", COGNIGY_CLIENT_SECRET: "s" }, config)).toEqual([]);
  expect(leftToVault({}, { ...config, assist: undefined })).toEqual([]);
});
