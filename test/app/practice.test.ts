import { existsSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createApp } from "../../electron/app.ts";
import { createPanelDesk } from "../../electron/app/panel-desk.ts";
import { openPractice } from "../../electron/app/practice.ts";
import { openConfig } from "../../electron/config/config-source.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { until } from "../support/until.ts";

function numbers(): () => number {
  let turn = 0;
  return () => {
    turn = (turn * 16_807 + 11) % 2_147_483_647;
    return turn / 2_147_483_647;
  };
}

test("practice comes with a configuration and credentials that really work, and a call is under way", async () => {
  const clock = createFakeClock();
  await using stack = new AsyncDisposableStack();
  const practice = stack.use(await openPractice({ clock, random: numbers() }));
  const source = await openConfig({ file: { path: practice.configFile, required: true }, env: practice.env, flags: [], dataFolder: practice.folder, cwd: practice.folder, clock, watch: false });
  if (!source.ok) throw new Error(JSON.stringify(source.error));
  const app = stack.use(
    createApp(stack.use(source.value), {
      env: practice.env,
      clock,
      random: numbers(),
      readFile: (path) => readFile(path, "utf8"),
      newId: () => "run",
      dataFolder: practice.folder,
    }),
  );
  const desk = stack.use(createPanelDesk(app, "practice", clock));
  await app.start();
  await until(() => app.connection("stream").state.kind === "connected");
  expect(desk.publisher.state().settings).toMatchObject({ mode: "practice", role: "supervisor" });
  for (let second = 0; second < 20 && desk.publisher.state().interactions.length === 0; second += 1) {
    await clock.advance(1_000);
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
  expect(desk.publisher.state().interactions.length).toBeGreaterThan(0);
  expect(desk.publisher.state().notices).toEqual([]);
});

test("the order service can be reached with it: its authority is trusted, and its host allowed", async () => {
  const practice = await openPractice({ clock: createFakeClock(), random: numbers() });
  await using _ = practice;
  const source = await openConfig({ file: { path: practice.configFile, required: true }, env: practice.env, flags: [], dataFolder: practice.folder, cwd: tmpdir(), clock: createFakeClock(), watch: false });
  if (!source.ok) throw new Error(JSON.stringify(source.error));
  await using config = source.value;
  const { network, integrations } = config.current();
  expect(integrations).toMatchObject(practice.sandbox.config().integrations);
  expect(await readFile(String(network.caFile), "utf8")).toBe(practice.sandbox.authority());
  expect(practice.env["EXTERNAL_API_KEY"]).toBe(practice.sandbox.env().EXTERNAL_API_KEY);
});

test("its folder is this user's alone, holds no secret, and goes with it", async () => {
  const practice = await openPractice({ clock: createFakeClock(), random: numbers() });
  onTestFinished(() => practice[Symbol.asyncDispose]());
  const text = await readFile(practice.configFile, "utf8");
  for (const secret of Object.values(practice.env)) expect(text).not.toContain(secret);
  expect(dirname(practice.configFile)).toBe(practice.folder);
  expect(basename(practice.configFile)).toBe("callside.config.json");
  if (process.platform !== "win32") {
    expect((await stat(practice.folder)).mode & 0o077).toBe(0);
    expect((await stat(practice.configFile)).mode & 0o077).toBe(0);
  }
  await practice[Symbol.asyncDispose]();
  expect(existsSync(practice.folder)).toBe(false);
  await expect(fetch(`${practice.sandbox.url}/sandbox/stats`)).rejects.toThrow();
});
