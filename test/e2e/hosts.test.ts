import * as fc from "fast-check";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createCommands } from "../../electron/host/commands.ts";
import { createPublisher, type Publisher } from "../../electron/host/publisher.ts";
import { systemClock } from "../../electron/net/system-clock.ts";
import { commandNames } from "../../shared/command-names.ts";
import { applyUpdates } from "../../shared/panel-state.ts";
import { replySchema, type Snapshot, type UpdatesPush } from "../../shared/panel.ts";
import { ok } from "../../shared/result.ts";
import { launchBrowser } from "../../build/browser.ts";
import { desktopHost, loopbackHost, type ShownPanel } from "../support/panel-hosts.ts";
import { plainPanel, type PlainPanel } from "../support/plain-panel.ts";
import { quietPorts } from "../support/quiet-ports.ts";
import { openInteraction, sampleSettings, say } from "../support/sample-panel.ts";

declare global {
  interface Window {
    readonly plainPanel: PlainPanel;
  }
}

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
});

describe.each([loopbackHost, desktopHost])("a panel shown by the $name host", (host) => {
  let publisher: Publisher;
  let shown: ShownPanel;
  let page: Page;

  beforeEach(async () => {
    publisher = createPublisher({ settings: sampleSettings, clock: systemClock });
    const commands = createCommands(quietPorts(publisher));
    shown = await host.show({ browser, commands, publisher, files: plainPanel });
    page = shown.page;
    await page.waitForSelector("html[data-ready]");
  });
  afterEach(async () => {
    await shown[Symbol.asyncDispose]();
    await publisher[Symbol.asyncDispose]();
  });

  const call = (name: string, input: unknown) => page.evaluate(([name, input]) => window.plainPanel.call(String(name), input), [name, input]);
  const heard = (number: number) => page.waitForFunction((number) => document.querySelector("#count")?.textContent === String(number), number);

  it("starts from a snapshot and stays in step by numbered updates", async () => {
    publisher.publish(openInteraction("a"));
    const reply = await call("panel.snapshot", {});
    const snapshot = (reply.ok ? reply.value : null) as Snapshot;
    for (let number = 0; number < 200; number += 1) {
      publisher.publish(say("a", `u${number}`, "<b>not bold</b>"));
      if (number % 20 === 0) await page.evaluate(() => 0);
    }
    publisher.state();
    // What the host itself had to tell came before.
    await heard(snapshot.number + 200);
    const pushes = await page.evaluate(() => window.plainPanel.pushes);
    const updates = pushes.flatMap((push: UpdatesPush) => push.updates.slice(Math.max(0, snapshot.number + 1 - push.from)));
    expect(applyUpdates(snapshot.state, updates)).toEqual(publisher.state());
    expect(pushes.length).toBeGreaterThan(1);
  });

  it("carries commands to main and the outcome back", async () => {
    publisher.publish(openInteraction("a", "ended"));
    expect(await call("interaction.close", { interactionId: "a" })).toEqual(ok(null));
    expect(publisher.state().interactions).toEqual([]);
    expect(await call("interaction.close", { interactionId: "a" })).toMatchObject({ ok: false, error: { code: "not-found-here" } });
  });

  it("answers any input with a reply", async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...commandNames), fc.jsonValue({ maxDepth: 3 }), async (name, input) => {
        replySchema.parse(await call(name, input));
      }),
      { numRuns: 100 },
    );
    expect(await call("panel.snapshot", {})).toMatchObject({ ok: true });
  });

  it("runs nothing inline, nothing evaluated and nothing from elsewhere", async () => {
    const outcome = await page.evaluate(async () => {
      document.addEventListener("securitypolicyviolation", ({ effectiveDirective }) => {
        document.body.dataset["refused"] = `${document.body.dataset["refused"] ?? ""} ${effectiveDirective}`;
      });
      const add = (tag: string, set: Record<string, string>, text = ""): void => {
        const element = document.createElement(tag);
        for (const [key, value] of Object.entries(set)) element.setAttribute(key, value);
        element.textContent = text;
        document.body.append(element);
      };
      // Text does not even become a script: the page takes none that is not of a trusted type.
      const script = document.createElement("script");
      const turned = [() => (script.textContent = "window.inlineRan = true"), () => (script.src = "https://example.com/a.js"), () => (document.createElement("object").data = "https://example.com/")].map((turn) => {
        try {
          turn();
          return true;
        } catch {
          return false;
        }
      });
      document.body.append(script);
      add("style", {}, "body { color: red }");
      add("img", { src: "https://example.com/a.png" });
      add("iframe", { src: "https://example.com/" });
      add("link", { rel: "stylesheet", href: "https://example.com/a.css" });
      const fetched = await fetch("https://example.com/").then(
        () => true,
        () => false,
      );
      return { evaluated: window.plainPanel.evaluates, turned, fetched, inlineRan: Reflect.get(window, "inlineRan") === true };
    });
    expect(outcome).toEqual({ evaluated: false, turned: [false, false, false], fetched: false, inlineRan: false });
    const refused = async () => new Set((await page.getAttribute("body", "data-refused"))?.trim().split(" "));
    await expect.poll(refused).toEqual(
      new Set(["require-trusted-types-for", "style-src-elem", "img-src", "frame-src", "connect-src"]),
    );
  });

  it("copies text for its own page and can read no clipboard", async () => {
    await page.click("#copy");
    await page.focus("textarea");
    await page.keyboard.press("ControlOrMeta+V");
    expect(await page.inputValue("textarea")).toBe("a suggestion");
    const read = await page.evaluate(() => navigator.clipboard.readText().then(() => "allowed", (error: Error) => error.name));
    expect(read).toBe("NotAllowedError");
  });

  it("has nothing of Node", async () => {
    expect(await page.evaluate(() => ["process", "require", "module", "Buffer", "electron"].filter((name) => name in globalThis))).toEqual([]);
  });

  it("keeps no trace of main's inner workings on the page", async () => {
    const globals = await page.evaluate(() => {
      const frame = document.createElement("iframe");
      document.body.append(frame);
      const plain = new Set(Object.getOwnPropertyNames(frame.contentWindow ?? window));
      const own = Object.getOwnPropertyNames(window).filter((name) => !plain.has(name));
      return own.filter((name) => !/^\d+$|^hook|^__playwright|^playwright/.test(name));
    });
    expect(globals.toSorted()).toEqual(host.name === "desktop" ? ["callside", "plainPanel"] : ["plainPanel"]);
  });
});
