import { PassThrough } from "node:stream";
import { expect, onTestFinished, test } from "vitest";
import { readArguments } from "../../electron/cli/arguments.ts";
import { configOptions, type CommandContext } from "../../electron/cli/command.ts";
import { openPanelApp } from "../../electron/cli/open-panel.ts";
import { systemClock } from "../../electron/net/system-clock.ts";
import type { IntegrationDetails, TryResult } from "../../shared/integration-view.ts";
import type { CommandOutput } from "../../shared/panel.ts";
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
