import { expect, it } from "vitest";
import { createCredentialEnvironment } from "../../electron/app/credential-environment.ts";
import type { Config } from "../../electron/config/complete-config.ts";
import { credentials } from "../../electron/config/credentials.ts";
import { loadConfig } from "../../electron/config/load-config.ts";
import type { Fault } from "../../shared/fault.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { createFakeClock } from "../support/fake-clock.ts";

function configOf(sections: object): Config {
  const loaded = loadConfig({ file: { path: "/c.json", text: JSON.stringify(sections) }, env: {}, flags: [], dataFolder: "/d", cwd: "/" });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
  return loaded.value.config;
}

const assist = configOf({ assist: { orgDomain: "org.example" } });

function withVault(env: Readonly<Record<string, string>>, kept: Record<string, string>, answer?: (name: string) => Promise<Result<string | null, Fault>>) {
  const asked: string[] = [];
  const notices: string[] = [];
  let changes = 0;
  const clock = createFakeClock();
  const made = createCredentialEnvironment({
    env,
    clock,
    notices: { raise: ({ id }) => void notices.push(id), clear: () => void notices.splice(0) },
    read: (name) => {
      asked.push(name);
      return answer?.(name) ?? Promise.resolve(ok(kept[name] ?? null));
    },
    onChanged: () => {
      changes += 1;
    },
    onBug: (bug) => {
      throw bug;
    },
  });
  return { made, clock, asked, notices, changes: () => changes };
}

const never = new AbortController().signal;

it("leaves the vault closed where the environment gives all, and where nothing is on", async () => {
  const full = withVault({ COGNIGY_CLIENT_ID: "i", COGNIGY_CLIENT_SECRET: "s" }, {});
  await full.made.ready(assist, never);
  const off = withVault({}, {});
  await off.made.ready(configOf({}), never);
  expect([full.asked, off.asked]).toEqual([[], []]);
});

it("puts the environment before the vault, name by name", async () => {
  const { made } = withVault({ COGNIGY_CLIENT_ID: "of the environment" }, { COGNIGY_CLIENT_ID: "of the vault", COGNIGY_CLIENT_SECRET: "s" });
  await made.ready(assist, never);
  expect(credentials(made.env, "assist")).toEqual(ok({ clientId: "of the environment", clientSecret: "s" }));
});

it("follows what is put and deleted, and tells it once", async () => {
  const kept: Record<string, string> = { COGNIGY_CLIENT_ID: "i", COGNIGY_CLIENT_SECRET: "old" };
  const { made, changes } = withVault({}, kept);
  await made.ready(assist, never);
  kept["COGNIGY_CLIENT_SECRET"] = "new";
  await made.changed("COGNIGY_CLIENT_SECRET");
  await made.changed("COGNIGY_CLIENT_SECRET");
  expect([credentials(made.env, "assist"), changes()]).toEqual([ok({ clientId: "i", clientSecret: "new" }), 1]);
  delete kept["COGNIGY_CLIENT_SECRET"];
  await made.changed("COGNIGY_CLIENT_SECRET");
  expect(credentials(made.env, "assist")).toMatchObject({ ok: false, error: { code: "no-credentials" } });
  await made.changed("SOMETHING_ELSE");
  expect(changes()).toBe(2);
});

it("does not hold a start up for a key store that waits for its password, and tells when it has answered", async () => {
  const answers: (() => void)[] = [];
  const slow = (name: string) => new Promise<Result<string | null, Fault>>((resolve) => answers.push(() => resolve(ok(name.startsWith("COGNIGY_CLIENT") ? "late" : null))));
  const { made, clock, changes } = withVault({}, {}, slow);
  const started = made.ready(assist, never);
  await clock.advance(2_000);
  await started;
  expect([credentials(made.env, "assist").ok, changes()]).toEqual([false, 0]);
  for (const answer of answers) answer();
  await expect.poll(changes).toBe(1);
  expect(credentials(made.env, "assist")).toEqual(ok({ clientId: "late", clientSecret: "late" }));
});

it("says that the key store could not be read, and asks again when the configuration is applied anew", async () => {
  let locked = true;
  const { made, notices } = withVault({}, {}, async () => (locked ? err({ kind: "transport", code: "no-secret", detail: "locked" }) : ok("unlocked")));
  await made.ready(assist, never);
  expect(notices).toContain("credentials-vault");
  locked = false;
  await made.ready(assist, never);
  expect([notices, credentials(made.env, "assist").ok]).toEqual([[], true]);
});
