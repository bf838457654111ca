import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { machineWith } from "../support/machine-with.ts";
import { untriggeredEvent } from "../support/sample-events.ts";
import type { AssistPorts } from "../../electron/cli/assist.ts";
import { assistCommand } from "../../electron/cli/assist.ts";
import { openBrowser } from "../../electron/cli/open-browser.ts";
import { openCommand } from "../../electron/cli/open.ts";
import { err, ok } from "../../shared/result.ts";
import { runHere } from "./surroundings.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "callside-cli-"));
  await writeFile(join(folder, "callside.config.json"), '{"assist": {"orgDomain": "x.example"}}');
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

function fakeApp(work: (ports: AssistPorts) => void, widgetPort: number | null = null) {
  let closed = 0;
  const command = assistCommand((ports) => {
    work(ports);
    return Promise.resolve(
      ok({
        widgetPort: () => widgetPort,
        [Symbol.asyncDispose]: () => {
          closed += 1;
          return Promise.resolve();
        },
      }),
    );
  });
  return { commands: { assist: command }, closed: () => closed };
}

describe("assist", () => {
  test("is ready once, at the first connection of its own, and ends with 0 when stopped", async () => {
    const app = fakeApp(({ onConnection, onEvent }) => {
      onConnection("tunnel", { kind: "connected", since: 0 });
      for (const kind of ["connected", "checking", "connected"] as const) onConnection("stream", { kind, since: 0, connectedSince: 0 });
      onEvent(untriggeredEvent("i1", "u1"));
      onEvent({ kind: "foreign" });
    });
    const run = runHere(["assist", "--json"], { folder, commands: app.commands });
    await run.stdout.shows("untriggered");
    run.signal("SIGTERM");
    expect(await run.code).toBe(0);
    expect(run.lines().map((line) => line["event"])).toStrictEqual(["connection", "ready", "connection", "connection", "untriggered"]);
    expect(app.closed()).toBe(1);
  });

  test("cannot be tried where what IT has set takes an agent's id that nobody gave, and says that", async () => {
    const run = runHere(["assist"], { folder, commands: fakeApp(() => {}).commands, machine: machineWith({ panel: { role: "agent" } }) });
    expect(await run.code).toBe(2);
    expect(run.stderr.text()).toMatch(/assist is off: assist\.agentId \(\/etc\/callside\/policy\.json\): found nothing; .*IT has set panel\.role to agent/);
  });

  test("says where the widget configuration is served", async () => {
    const app = fakeApp(() => {}, 8_000);
    const run = runHere(["assist", "--json"], { folder, commands: app.commands });
    await run.stdout.shows("widget_config");
    run.signal("SIGTERM");
    expect(await run.code).toBe(0);
    expect(run.lines()).toMatchObject([{ event: "widget_config", url: "http://127.0.0.1:8000/api/widget/config" }]);
  });

  test("ends with 1 and the reason when it is refused for good", async () => {
    const fault = { kind: "refused", code: "forbidden", detail: "scope streaming:subscribe", status: 403 } as const;
    const app = fakeApp(({ onConnection }) => {
      onConnection("stream", { kind: "rejected", since: 0, fault });
    });
    const run = runHere(["assist", "--json"], { folder, commands: app.commands });
    expect(await run.code).toBe(1);
    expect(run.lines().at(-1)).toMatchObject({ event: "error", message: expect.stringContaining("scope streaming:subscribe") });
    expect(app.closed()).toBe(1);
  });

  test("cannot be tried without its section, with a bad configuration, or where it cannot begin", async () => {
    const failing = { assist: assistCommand(() => Promise.resolve(err({ kind: "refused", code: "no-credentials", detail: "set COGNIGY_CLIENT_ID" }))) };
    for (const [argv, message] of [
      [["--config", "none.json"], "no such file"],
      [["--set", "assist.minConfidence=3"], "assist.minConfidence"],
      [[], "set COGNIGY_CLIENT_ID"],
    ] as const) {
      const run = runHere(["assist", ...argv], { folder, commands: failing });
      expect(await run.code).toBe(2);
      expect(run.stderr.text()).toContain(message);
    }
    await writeFile(join(folder, "callside.config.json"), "{}");
    const off = runHere(["assist"], { folder, commands: failing });
    expect(await off.code).toBe(2);
    expect(off.stderr.text()).toContain("assist is off");
  });
});

describe("open", () => {
  function fakePanel(launch: (address: string) => Promise<unknown>) {
    let count = 0;
    const state = { closed: false };
    const panel = {
      address: () => `http://127.0.0.1:1/enter?key=${(count += 1)}`,
      [Symbol.asyncDispose]: () => {
        state.closed = true;
        return Promise.resolve();
      },
    };
    return { commands: { open: openCommand(() => Promise.resolve(ok(panel)), launch) }, state };
  }

  test("opens the browser with an address of its own and serves until stopped", async () => {
    const launched: string[] = [];
    const { commands, state } = fakePanel((address) => Promise.resolve(launched.push(address)));
    const run = runHere(["open", "--json"], { folder, commands, env: { DISPLAY: ":0" } });
    await run.stdout.shows("ready");
    expect(run.lines()).toMatchObject([{ event: "ready", url: "http://127.0.0.1:1/enter?key=1", browser: true }]);
    expect(launched).toStrictEqual(["http://127.0.0.1:1/enter?key=2"]);
    run.signal("SIGINT");
    expect(await run.code).toBe(0);
    expect(state.closed).toBe(true);
  });

  test("without a browser it prints the address and serves on", async () => {
    const never = (): Promise<never> => Promise.reject(new Error("spawn failed for key=2"));
    for (const [argv, env, words] of [
      [["--no-browser"], { DISPLAY: ":0" }, "Open the panel"],
      [[], {}, "there is no display here"],
      [[], { DISPLAY: ":0" }, "no browser could be started"],
    ] as const) {
      const { commands } = fakePanel(never);
      const run = runHere(["open", ...argv], { folder, commands, env });
      await run.stdout.shows("key=1");
      expect(run.stdout.text()).toContain(words);
      run.signal("SIGTERM");
      expect(await run.code).toBe(0);
    }
  });

  test("where the panel cannot be served it says why", async () => {
    const commands = { open: openCommand(() => Promise.resolve(err("the panel is not built")), () => Promise.resolve()) };
    const run = runHere(["open"], { folder, commands });
    expect(await run.code).toBe(2);
    expect(run.stderr.text()).toContain("the panel is not built");
  });

  test("a browser is tried where there can be one", async () => {
    const tried = async (platform: NodeJS.Platform, env: Readonly<Record<string, string>>): Promise<boolean> =>
      (await openBrowser("x", { platform, env, launch: () => Promise.resolve() })) === null;
    expect(await tried("win32", {})).toBe(true);
    expect(await tried("darwin", {})).toBe(true);
    expect(await tried("linux", { WAYLAND_DISPLAY: "w" })).toBe(true);
    expect(await tried("linux", { WSL_DISTRO_NAME: "Debian" })).toBe(true);
    expect(await tried("linux", {})).toBe(false);
  });
});
