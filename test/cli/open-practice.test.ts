import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { expect, onTestFinished, test } from "vitest";
import { readArguments } from "../../electron/cli/arguments.ts";
import { configOptions, type CommandContext } from "../../electron/cli/command.ts";
import { openPanelApp, servePanel } from "../../electron/cli/open-panel.ts";
import { systemClock } from "../../electron/net/system-clock.ts";
import type { IntegrationDetails, TryResult } from "../../shared/integration-view.ts";
import type { CommandOutput } from "../../shared/panel.ts";
import { enter, openPanel } from "../support/loopback-client.ts";
import { plainPanel } from "../support/plain-panel.ts";
import { temporary } from "../support/program.ts";

/** What a command gets that starts in an empty folder, with an environment that must not matter. */
async function contextIn(folder: string): Promise<CommandContext> {
  const args = readArguments([], configOptions, 0);
  if (!args.ok) throw new Error(args.error);
  const nowhere = { write: () => true, on: () => undefined, off: () => undefined };
  return {
    args: args.value,
    output: { json: false, event: () => undefined, error: () => undefined, note: () => undefined, raw: () => undefined, [Symbol.dispose]: () => undefined },
    stopped: new AbortController().signal,
    env: { EXTERNAL_API_KEY: "the-persons-own-key" },
    cwd: folder,
    folders: { config: folder, data: folder, cache: folder },
    platform: "linux",
    clock: systemClock,
    random: Math.random,
    stdin: new PassThrough(),
    stdout: nowhere,
    stderr: nowhere,
    program: "callside",
  };
}

test("in practice the example of an integration is defined, tried and registered as it is, and the person's own secrets stay out of it", async () => {
  const context = await contextIn(await temporary());
  const opened = await openPanelApp(context, { secrets: () => () => Promise.reject(new Error("practice must not open a key store")) });
  if (!opened.ok) throw new Error(opened.error);
  const { desk, mode } = opened.value;
  onTestFinished(() => opened.value[Symbol.asyncDispose]());
  expect(mode()).toBe("practice");
  const value = async <T>(name: string, input: unknown): Promise<T> => {
    const reply = await desk.commands(name, input);
    return reply.ok ? (reply.value as T) : expect.unreachable(JSON.stringify(reply.error));
  };
  const { draft, payload } = await value<CommandOutput<"integrations.example">>("integrations.example", {});
  const { key } = await value<{ readonly key: string }>("integrations.save", { key: null, draft });
  const result = await value<TryResult>("integrations.try", { draft, payload });
  expect(result).toMatchObject({ outcome: { kind: "answered", statusCode: 200, mapped: { kind: "mapped" } } });
  expect(JSON.stringify(result)).not.toContain("the-persons-own-key");
  const { id } = await value<{ readonly id: string }>("integrations.register", { key });
  expect(await value<IntegrationDetails>("integrations.open", { key })).toMatchObject({ problems: [], registrations: [{ id }] });
});

test("a panel in the browser says at its start that the run before did not end by itself, and only then", async () => {
  const folder = await temporary();
  const context = await contextIn(folder);
  const start = async (): Promise<AsyncDisposable & { readonly notices: readonly string[] }> => {
    const opened = await servePanel(context, plainPanel, { secrets: () => () => Promise.reject(new Error("practice must not open a key store")) });
    if (!opened.ok) throw new Error(opened.error);
    const address = opened.value.address();
    const { port, origin } = new URL(address);
    await using client = await openPanel(Number(port), { cookie: await enter(Number(port), address), origin });
    const reply = await client.call("panel.snapshot", {});
    const { state } = (reply.ok ? reply.value : expect.unreachable(JSON.stringify(reply.error))) as CommandOutput<"panel.snapshot">;
    return { notices: state.notices.map(({ id }) => id), [Symbol.asyncDispose]: () => opened.value[Symbol.asyncDispose]() };
  };
  {
    await using killed = await start();
    await using next = await start();
    expect([killed.notices, next.notices].map((ids) => ids.includes("ended-unexpectedly"))).toEqual([false, true]);
  }
  // Both ended in order now: the next one has nothing to say.
  expect(await readdir(join(folder, "crashes"))).toEqual([]);
});
