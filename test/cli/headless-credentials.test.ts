import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { SecretsOf } from "../../electron/app/open-secrets.ts";
import { withKeptCredentials } from "../../electron/cli/headless-credentials.ts";
import { nodeFiles } from "../../electron/files/node-files.ts";
import { openVault } from "../../electron/vault/open-vault.ts";
import type { KeyStore } from "../../electron/vault/vault.ts";
import { err, ok } from "../../shared/result.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { temporary } from "../support/program.ts";

/** A key store that holds `entries`, and how often it was opened. */
function storeOf(entries: Readonly<Record<string, string>>, read?: KeyStore["read"]) {
  let opened = 0;
  const keyStore: KeyStore = {
    read: read ?? (async (name) => ok(entries[name] ?? null)),
    write: () => expect.unreachable(),
    delete: () => expect.unreachable(),
    names: async () => ok(Object.keys(entries)),
  };
  const secretsOf: SecretsOf = ({ env, clock }) => async () => {
    opened += 1;
    return openVault({ env, clock, keyStore, why: null });
  };
  return { secretsOf, opened: () => opened };
}

async function find(env: Readonly<Record<string, string>>, system: "tunnel" | "bridge", store: ReturnType<typeof storeOf>, folder?: string) {
  const data = folder ?? (await temporary());
  return withKeptCredentials(
    { env, clock: createFakeClock(), folders: { config: data, data, cache: data }, stopped: new AbortController().signal },
    system,
    { secretsOf: store.secretsOf, files: nodeFiles },
  );
}

describe("credentials of a command without a panel", () => {
  it("come from the environment, and the key store stays closed where nothing is missing", async () => {
    const store = storeOf({ COGNIGY_CLIENT_ID: "kept" });
    const env = { COGNIGY_CLIENT_ID: "id", COGNIGY_CLIENT_SECRET: "secret" };
    expect(await find(env, "tunnel", store)).toEqual(ok(env));
    expect(store.opened()).toBe(0);
  });

  it("come from the key store where the environment has none, value by value", async () => {
    const store = storeOf({ GENESYS_CLIENT_ID: "kept-id", GENESYS_CLIENT_SECRET: "kept-secret", COGNIGY_API_KEY: "kept-key" });
    expect(await find({ GENESYS_CLIENT_ID: "given", PATH: "/bin" }, "bridge", store)).toEqual(
      ok({ GENESYS_CLIENT_ID: "given", PATH: "/bin", GENESYS_CLIENT_SECRET: "kept-secret", COGNIGY_API_KEY: "kept-key" }),
    );
  });

  it("that the desktop program keeps cannot be read, and the fault says so", async () => {
    const folder = await temporary();
    const keep = (name: string): Promise<void> => writeFile(join(folder, "secrets.json"), JSON.stringify({ version: 1, secrets: [{ name, value: "djEw" }] }));
    await keep("EXTERNAL_API_KEY");
    const detail = "no credentials for tunnel: set CALLSIDE_TUNNEL_CLIENT_SECRET or COGNIGY_CLIENT_SECRET in the environment";
    const given = { COGNIGY_CLIENT_ID: "id" };
    expect(await find(given, "tunnel", storeOf({}), folder)).toMatchObject({ ok: false, error: { code: "no-credentials", detail } });
    await keep("COGNIGY_CLIENT_SECRET");
    expect(await find(given, "tunnel", storeOf({}), folder)).toMatchObject({
      error: { code: "no-credentials", detail: `${detail}; credentials kept by the desktop program cannot be read by the command line` },
    });
    await writeFile(join(folder, "secrets.json"), "{");
    expect(await find(given, "tunnel", storeOf({}), folder)).toMatchObject({ error: { detail } });
    expect(await nodeFiles.list(folder)).toEqual(["secrets.json"]);
  });

  it("that the key store does not give are told with why", async () => {
    const locked = storeOf({}, async () => err({ kind: "transport", code: "no-secret", detail: "the key ring is locked" }));
    expect(await find({}, "tunnel", locked)).toMatchObject({ error: { code: "no-credentials", detail: expect.stringMatching(/in the environment; the key ring is locked$/u) } });
  });
});
