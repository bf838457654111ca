import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { createSpeech } from "../../electron/words/speech.ts";
import { createHealthDesk, type HealthDesk } from "../../electron/app/health-desk.ts";
import { ok } from "../../shared/result.ts";
import type { HealthLine, HealthView } from "../../shared/health.ts";
import { closedPort, silentServer } from "../support/health-servers.ts";
import { trialMachine } from "../support/health-sources.ts";
import { expectBad } from "../support/health-words.ts";
import { configFor, openProgram, startPlatform, TEST_ENV, type Program } from "../support/program.ts";
import { until } from "../support/until.ts";

/** The desk of a real program; its views, oldest first. */
function deskOf({ app, clock }: Pick<Program, "app" | "clock">) {
  const views: HealthView[] = [];
  const desk: HealthDesk = createHealthDesk({
    app,
    clock,
    machine: trialMachine(),
    publish: (update) => {
      if (update.kind === "health") views.push(update.view);
    },
  });
  onTestFinished(() => desk[Symbol.asyncDispose]());
  const last = (): HealthView | undefined => views.at(-1);
  return {
    desk,
    views,
    last,
    isOver: () => last()?.state === "done" || last()?.state === "stopped",
    line: (subject: HealthLine["subject"], check: HealthLine["check"]) => last()?.lines.find((line) => line.subject === subject && line.check === check)?.outcome,
  };
}

/** A program that is connected to a practice platform. */
async function connected() {
  const now = Date.now();
  const platform = await startPlatform(0, now);
  onTestFinished(() => platform[Symbol.asyncDispose]());
  const { tunnel, integrations } = platform.sandbox.config();
  const program = await openProgram({
    startMs: now,
    config: configFor(platform, {}, { tunnel, integrations, history: {} }),
    env: { ...platform.sandbox.env() },
  });
  await program.connected();
  await until(() => program.tunnel().kind === "connected", "the tunnel is connected");
  return { platform, program };
}

/** A program whose one system takes connections and never answers. `silent`: where tokens would be issued. */
async function unanswered() {
  const [silent, api] = await Promise.all([silentServer(), silentServer()]);
  const program = await openProgram({ config: { simulations: { tokenUrl: `http://127.0.0.1:${silent.port}/token`, apiUrl: `http://127.0.0.1:${api.port}` }, panel: { role: "supervisor" } }, env: TEST_ENV });
  return { silent, program };
}

describe("the page what is wrong, of a program at work", () => {
  test("finds everything well, asks what is open and opens no second session", async () => {
    const { program } = await connected();
    // Lines of the audit file are gathered for a moment.
    await program.pass(1_000);
    const before = await readdir(join(program.folder, "data"));
    const { desk, isOver, last, line } = deskOf(program);
    const sessions = [program.states.length, program.tunnelStates.length];
    desk.commands.check();
    await until(isOver);
    expect(last()?.lines.filter(({ outcome }) => outcome.kind === "bad" || outcome.kind === "doubtful")).toEqual([]);
    expect(line("assist", "connection")).toMatchObject({ kind: "good", found: expect.stringMatching(/^open for \d+ s/) });
    expect(line("tunnel", "connection")).toMatchObject({ kind: "good", found: expect.stringMatching(/^open for/) });
    expect(line("storage", "history")).toMatchObject({ kind: "good", found: "opens and answers" });
    expect(line("storage", "audit")).toMatchObject({ kind: "good", found: expect.stringMatching(/^whole at its end, line \d+/) });
    expect(line("storage", "secrets")).toMatchObject({ kind: "good", found: expect.stringMatching(/in memory only/) });
    expect(line("program", "version")).toMatchObject({ kind: "good", found: "Callside 1.2.3, Electron 45.0.0, Node 24.0.0" });
    expect([program.states.length, program.tunnelStates.length]).toEqual(sessions);
    expect((await readdir(join(program.folder, "data"))).filter((name) => !before.includes(name) && name.startsWith(".write"))).toEqual([]);
    expect(program.bugs).toEqual([]);
  });

  test("says what it finds in the language that holds when it begins", async () => {
    const program = await openProgram({ config: { panel: { role: "supervisor" } } });
    const { desk, isOver, last, line } = deskOf({ ...program, app: { ...program.app, speech: createSpeech(["de"]) } });
    desk.commands.check();
    await until(isOver);
    expect(line("configuration", "file")).toMatchObject({ found: expect.stringMatching(/^fehlerfrei gelesen; /) });
    expect(line("storage", "history")).toMatchObject({ kind: "skipped", why: "in der Konfiguration fehlt der Verlauf" });
    expect(line("program", "clock")).toMatchObject({ why: "keine Plattform hat geantwortet, also fehlt eine Uhr zum Vergleichen" });
    expect(JSON.stringify(last())).not.toMatch(/written|kept|configuration has|clock to/u);
  });

  test("tells a connection that was refused by its own fault", async () => {
    const { platform, program } = await connected();
    platform.fault("upgrade", 403);
    program.app.retryConnection("stream");
    await until(() => program.stream().kind === "rejected");
    const { desk, isOver, line } = deskOf(program);
    desk.commands.check();
    await until(isOver);
    expectBad(line("assist", "connection"), "forbidden", /403/);
    expect(line("assist", "token")).toMatchObject({ kind: "good" });
  });

  test("looks at the place for secrets where a system's credentials are in it, although integrations are off", async () => {
    const off = `http://127.0.0.1:${await closedPort()}`;
    const config = { simulations: { tokenUrl: `${off}/token`, apiUrl: off }, panel: { role: "supervisor" } };
    const kept = await openProgram({ config, env: {} });
    await kept.app.integrations.secrets.put("COGNIGY_CLIENT_SECRET", "a-secret-of-first-run");
    const given = await openProgram({ config, env: TEST_ENV });
    const [first, second] = [deskOf(kept), deskOf(given)];
    for (const { desk, isOver } of [first, second]) {
      desk.commands.check();
      await until(isOver);
    }
    expect(first.line("storage", "secrets")).toMatchObject({ kind: "doubtful", found: "kept in memory only, until Callside ends" });
    expect(JSON.stringify(first.views)).not.toContain("a-secret-of-first-run");
    // The vault stays closed: opening it might ask for a password.
    expect(second.line("storage", "secrets")).toEqual({ kind: "skipped", why: "nothing that is on takes a secret from it" });
    expect(given.app.integrations.secrets.isInUse()).toBe(false);
  });

  test("has no line of a bridge that a desktop does not run", async () => {
    const platform = await startPlatform();
    onTestFinished(() => platform[Symbol.asyncDispose]());
    const { scope: _scope, ...bridge } = platform.sandbox.config().bridge;
    const program = await openProgram({ config: configFor(platform, {}, { bridge }), env: { ...platform.sandbox.env() } });
    const { desk, isOver, last } = deskOf(program);
    desk.commands.check();
    await until(isOver);
    expect(last()?.lines.filter(({ subject }) => subject === "bridge")).toEqual([]);
  });

  test("is published by the panel's own desk when the command comes", async () => {
    const { program } = await connected();
    await expect(program.command("health.check", {})).resolves.toMatchObject({ ok: true });
    expect(program.state().health.state).toBe("running");
    await until(() => program.state().health.state === "done", "the run is over", 20_000);
    expect(program.state().health.lines.find(({ check }) => check === "token")).toMatchObject({ outcome: { kind: "good" } });
  });
});

describe("a run that is under way", () => {
  test("is told at once, and stopped by the person: the rest is told as stopped", async () => {
    const { silent, program } = await unanswered();
    const { desk, views, isOver, last, line } = deskOf(program);
    desk.commands.check();
    expect(views).toEqual([{ state: "running", since: program.clock.now(), lines: [] }]);
    await until(() => silent.asked() === 1);
    desk.commands.stop();
    await until(isOver);
    expect(last()?.state).toBe("stopped");
    expect(line("simulations", "token")).toEqual({ kind: "skipped", why: "stopped" });
  });

  test("is begun anew by a second check, and the first is heard no more", async () => {
    const { silent, program } = await unanswered();
    const { desk, views, isOver, last } = deskOf(program);
    desk.commands.check();
    await until(() => silent.asked() === 1);
    desk.commands.check();
    const told = views.length;
    await until(() => silent.asked() === 2);
    expect(views.slice(told).some(({ state }) => state === "stopped" || state === "done")).toBe(false);
    desk.commands.stop();
    await until(isOver);
    expect(last()?.state).toBe("stopped");
  });

  test("ten times at once is one run", async () => {
    const { silent, program } = await unanswered();
    const { desk, views, isOver } = deskOf(program);
    for (let time = 0; time < 10; time += 1) desk.commands.check();
    await until(() => silent.asked() === 1);
    desk.commands.stop();
    await until(isOver);
    await new Promise((resolve) => setImmediate(resolve));
    expect(silent.asked()).toBe(1);
    expect(views.filter(({ state }) => state === "stopped")).toHaveLength(1);
  });

  test("ends with the panel, and nothing is told after it", async () => {
    const { silent, program } = await unanswered();
    const { desk, views } = deskOf(program);
    desk.commands.check();
    await until(() => silent.asked() === 1);
    const told = views.length;
    await desk[Symbol.asyncDispose]();
    await new Promise((resolve) => setImmediate(resolve));
    expect(views.length).toBe(told);
  });

  test("that meets a bug is told as stopped, and the bug is heard", async () => {
    const { program } = await unanswered();
    const bugs: unknown[] = [];
    const { desk, last, isOver } = deskOf({
      clock: program.clock,
      app: {
        ...program.app,
        connection: () => {
          throw new Error("a bug");
        },
        config: { ...program.app.config, problems: () => { throw new Error("a bug"); } },
        onBug: (bug) => bugs.push(bug),
      },
    });
    desk.commands.check();
    await until(isOver);
    expect(last()?.state).toBe("stopped");
    expect(bugs).toHaveLength(1);
  });

  test("is nothing that a stop without one begins", async () => {
    const { program } = await unanswered();
    const { desk, views } = deskOf(program);
    desk.commands.stop();
    expect(views).toEqual([]);
  });
});

test("the export is whoever's writes it", async () => {
  const { program } = await unanswered();
  const desk = createHealthDesk({ app: program.app, clock: program.clock, publish: () => undefined, exportDiagnostics: async () => ok("/data/file.json") });
  await expect(desk.commands.exportDiagnostics()).resolves.toEqual({ ok: true, value: "/data/file.json" });
});
