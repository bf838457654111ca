import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { createFakeClock } from "../support/fake-clock.ts";
import { askGenesysToken, subscribeEvents } from "../sandbox/genesys-client.ts";
import { runHere } from "./surroundings.ts";
import type { Sandbox } from "../../electron/sandbox/sandbox.ts";

test("the configuration and the credentials that it prints lead to Genesys, where so many customers chat as were asked for", async () => {
  const clock = createFakeClock();
  const run = runHere(["sandbox", "--json", "--chats", "2"], { clock });
  await run.stdout.shows("\n");
  const [ready] = run.lines() as unknown as readonly [{ readonly url: string; readonly configFile: string; readonly env: ReturnType<Sandbox["env"]> }];
  const config = JSON.parse(await readFile(ready.configFile, "utf8")) as ReturnType<Sandbox["config"]>;
  const platform = { config: () => config, env: () => ready.env } as Sandbox;
  expect((await askGenesysToken(platform)).status).toBe(200);
  await using client = await subscribeEvents(platform);
  await clock.advance(6_000);
  await client.heard();
  expect(new Set(client.events().map((event) => event.eventData["conversationId"])).size).toBe(2);
  run.signal("SIGTERM");
  expect(await run.code).toBe(0);
});

test.each(["51", "-1", "two", "1.5"])("--chats=%s is refused with what is allowed", async (value) => {
  const run = runHere(["sandbox", `--chats=${value}`]);
  expect(await run.code).toBe(2);
  expect(run.stderr.text()).toContain("--chats");
  expect(run.stderr.text()).toContain("50");
});
