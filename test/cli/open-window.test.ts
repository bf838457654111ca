import { EventEmitter } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type * as Electron from "electron";
import { describe, expect, test } from "vitest";
import { windowCommand, type WindowPorts } from "../../electron/cli/open-window.ts";
import { openPanelApp, type PanelApp } from "../../electron/cli/open-panel.ts";
import { err, ok } from "../../shared/result.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { createFakeList } from "../support/only-members.ts";
import { plainPanel } from "../support/plain-panel.ts";
import { temporary } from "../support/program.ts";
import { runHere } from "./surroundings.ts";

/** The window's command on an Electron that is asked for nothing but its requests to quit: there is nothing to show yet. */
function starting(openApp: WindowPorts["openApp"], folder = "/nowhere") {
  const list = createFakeList();
  const events = new EventEmitter();
  const app = list.fake<Electron.App, "on" | "off">("App", { on: events.on.bind(events) as Electron.App["on"], off: events.off.bind(events) as Electron.App["off"] });
  const command = windowCommand({ electron: list.fake<typeof Electron, "app">("electron", { app }), preloadPath: "", readFiles: async () => ok(plainPanel), openApp });
  const clock = createFakeClock();
  const run = runHere(["window"], { commands: { window: command }, clock, folder });
  let isOver = false;
  void run.code.then(() => (isOver = true));
  return { clock, run, events, isOver: () => isOver, quit: () => events.emit("before-quit", { preventDefault: () => {} }) };
}

describe("who quits while the program is still opening", () => {
  test.each(["quits", "ends the session"])("%s: it ends at once, without a box or a window", async (how) => {
    const { clock, run, events, quit } = starting(
      ({ stopped }) =>
        new Promise((resolve) => {
          stopped.addEventListener("abort", () => {
            resolve(err("ended"));
          });
        }),
    );
    await clock.advance(10);
    if (how === "quits") quit();
    else run.signal("SIGTERM");
    expect(await run.code).toBe(0);
    expect([run.stderr.text(), events.eventNames(), clock.pending()]).toEqual(["", [], 0]);
  });

  test("waits 2.75 s for what cannot stop opening, and for none of it when they ask again", async () => {
    const { clock, run, isOver, quit } = starting(() => new Promise(() => {}));
    await clock.advance(10);
    quit();
    await clock.advance(2_749);
    expect(isOver()).toBe(false);
    await clock.advance(1);
    expect(await run.code).toBe(0);
    expect(run.stderr.text()).toContain("Still open: program.");
    const again = starting(() => new Promise(() => {}));
    await again.clock.advance(10);
    again.quit();
    await again.clock.advance(1_500);
    again.quit();
    expect(await again.run.code).toBe(0);
  });

  test("has what opened all the same closed, and not shown", async () => {
    const opening = Promise.withResolvers<Awaited<ReturnType<WindowPorts["openApp"]>>>();
    const { clock, run, quit } = starting(() => opening.promise);
    await clock.advance(10);
    quit();
    await clock.advance(10);
    let closed = 0;
    const panel = { async [Symbol.asyncDispose]() { closed += 1; } };
    opening.resolve(ok(createFakeList().fake<PanelApp, typeof Symbol.asyncDispose>("PanelApp", panel)));
    expect([await run.code, closed]).toEqual([0, 1]);
  });

  test("does not wait for a key store that asks for its password", async () => {
    const folder = await temporary();
    await writeFile(join(folder, "callside.config.json"), JSON.stringify({ assist: { orgDomain: "acme.example", agentId: "jo.miller" } }));
    const asked = Promise.withResolvers<null>();
    const secrets = () => () => {
      asked.resolve(null);
      return new Promise<never>(() => {});
    };
    const { run, quit } = starting((context, options) => openPanelApp(context, { ...options, secrets }), folder);
    await asked.promise;
    quit();
    expect(await run.code).toBe(0);
    expect(run.stderr.text()).toBe("");
  });
});
