import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { launchBrowser } from "../../build/browser.ts";
import { createCommands } from "../../electron/host/commands.ts";
import { createPublisher } from "../../electron/host/publisher.ts";
import { systemClock } from "../../electron/net/system-clock.ts";
import { desktopHost, loopbackHost, type ShownPanel } from "../support/panel-hosts.ts";
import { plainPanel } from "../support/plain-panel.ts";
import { quietPorts } from "../support/quiet-ports.ts";
import { sampleSettings } from "../support/sample-panel.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
});

/** An attempt of a page's script, and the directives that may be what stops it. */
type Attempt = readonly [what: string, run: () => unknown, directives: readonly string[]];

const attempts: readonly Attempt[] = [
  ["fetch", () => fetch("https://example.com/x"), ["connect-src"]],
  ["fetch of another port of this machine", () => fetch("http://127.0.0.1:9/x"), ["connect-src"]],
  ["XMLHttpRequest", () => {
    const request = new XMLHttpRequest();
    request.open("GET", "https://example.com/x");
    request.send();
  }, ["connect-src"]],
  ["WebSocket", () => new WebSocket("wss://example.com/x"), ["connect-src"]],
  ["EventSource", () => new EventSource("https://example.com/x"), ["connect-src"]],
  ["sendBeacon", () => navigator.sendBeacon("https://example.com/x", "said"), ["connect-src"]],
  ["an image of elsewhere", () => {
    new Image().src = "https://example.com/x.png?said";
  }, ["img-src"]],
  ["a form", () => {
    const form = document.body.appendChild(document.createElement("form"));
    form.action = "https://example.com/x";
    form.submit();
  }, ["form-action"]],
  ["a frame", () => {
    document.body.appendChild(document.createElement("iframe")).src = "https://example.com/x";
  }, ["frame-src"]],
  ["a frame of its own page", () => {
    document.body.appendChild(document.createElement("iframe")).src = "/";
  }, ["frame-src"]],
  ["an object", () => {
    document.body.appendChild(document.createElement("object")).data = "https://example.com/x";
  }, ["object-src", "require-trusted-types-for"]],
  ["a base", () => {
    document.head.appendChild(document.createElement("base")).href = "https://example.com/";
  }, ["base-uri"]],
  ["a style sheet of elsewhere", () => {
    Object.assign(document.head.appendChild(document.createElement("link")), { rel: "stylesheet", href: "https://example.com/x.css" });
  }, ["style-src-elem"]],
  ["an inline style sheet", () => document.head.appendChild(document.createElement("style")).append("body { color: red }"), ["style-src-elem"]],
  ["an inline style", () => {
    document.body.setAttribute("style", "color: red");
  }, ["style-src-attr"]],
  ["a font of elsewhere", () => {
    const font = new FontFace("x", "url(https://example.com/x.woff2)");
    document.fonts.add(font);
    return font.load();
  }, ["font-src"]],
  ["a sound of elsewhere", () => {
    document.body.appendChild(document.createElement("audio")).src = "https://example.com/x.mp3";
  }, ["media-src"]],
  ["a module of elsewhere", () => {
    Object.assign(document.head.appendChild(document.createElement("link")), { rel: "modulepreload", href: "https://example.com/x.js" });
  }, ["script-src-elem"]],
  ["an inline script", () => document.body.appendChild(document.createElement("script")).append("window.broken = true"), ["script-src-elem", "require-trusted-types-for"]],
  ["a script of elsewhere", () => {
    Object.assign(document.body.appendChild(document.createElement("script")), { src: "https://example.com/x.js" });
  }, ["script-src-elem", "require-trusted-types-for"]],
  ["an inline handler", () => {
    document.body.setAttribute("onclick", "window.broken = true");
    document.body.click();
  }, ["script-src-attr", "require-trusted-types-for"]],
  ["an address that is a script", () => {
    Object.assign(document.body.appendChild(document.createElement("a")), { href: "javascript:window.broken=true" }).click();
  }, ["script-src-elem", "require-trusted-types-for"]],
  ["a worker", () => new Worker("https://example.com/x.js"), ["worker-src", "require-trusted-types-for"]],
  ["a worker from a blob", () => new Worker(URL.createObjectURL(new Blob(["0"]))), ["worker-src", "require-trusted-types-for"]],
  ["text as code", () => Reflect.apply(setTimeout, globalThis, ["window.broken = true", 0]), ["script-src", "require-trusted-types-for"]],
  ["text as HTML", () => {
    document.body.appendChild(document.createElement("p")).innerHTML = "<img src=x onerror='window.broken = true'>";
  }, ["require-trusted-types-for"]],
  ["text as a document", () => {
    document.write("<p>said</p>");
  }, ["require-trusted-types-for"]],
  ["text as a document of a frame", () => {
    document.body.appendChild(document.createElement("iframe")).srcdoc = "<script>parent.broken = true</script>";
  }, ["require-trusted-types-for"]],
  ["a policy that would allow it", () => Reflect.get(globalThis, "trustedTypes").createPolicy("own", { createHTML: (text: string) => text }), ["trusted-types"]],
];

describe.each([loopbackHost, desktopHost])("a script in the page of the $name host", (host) => {
  let shown: ShownPanel;
  let page: Page;
  let reached: string[];

  beforeEach(async () => {
    const publisher = createPublisher({ settings: sampleSettings, clock: systemClock });
    const commands = createCommands(quietPorts(publisher));
    shown = await host.show({ browser, publisher, commands, files: plainPanel });
    page = shown.page;
    await page.waitForSelector("html[data-ready]");
    reached = [];
    page.on("response", (response) => reached.push(response.url()));
  });
  afterEach(async () => {
    await shown[Symbol.asyncDispose]();
  });

  /** Runs an attempt in the page and gives the first directive that stopped it; it waits for one without end. */
  const stoppedBy = async (run: () => unknown): Promise<string> => {
    await page.evaluate(() => {
      const { promise, resolve } = Promise.withResolvers<string>();
      document.addEventListener("securitypolicyviolation", (event) => {
        if (event.disposition === "enforce") resolve(event.effectiveDirective);
      });
      Reflect.set(globalThis, "stoppedBy", promise);
    });
    // What it throws or rejects with is another way to say no.
    await page.evaluate(run).catch(() => {});
    return page.evaluate(() => Reflect.get(globalThis, "stoppedBy") as Promise<string>);
  };

  it.each(attempts)("is refused %s", async (_what, run, directives) => {
    expect(directives).toContain(await stoppedBy(run));
    expect(await page.evaluate(() => Reflect.has(globalThis, "broken"))).toBe(false);
    expect(reached).toEqual([]);
  });

  it("cannot turn text into code", async () => {
    expect(await page.evaluate(() => (Reflect.get(globalThis, "plainPanel") as { evaluates: boolean }).evaluates)).toBe(false);
  });
});

describe("a script in the page on the desktop", () => {
  it("reaches not even its own origin: it has IPC and nothing else", async () => {
    const publisher = createPublisher({ settings: sampleSettings, clock: systemClock });
    const commands = createCommands(quietPorts(publisher));
    await using shown = await desktopHost.show({ browser, publisher, commands, files: plainPanel });
    await shown.page.waitForSelector("html[data-ready]");
    const outcome = await shown.page.evaluate(async () => {
      const { promise: stopped, resolve } = Promise.withResolvers<string>();
      document.addEventListener("securitypolicyviolation", (event) => {
        resolve(event.effectiveDirective);
      });
      const fetched = await fetch("/assets/main.js").then(() => "reached", () => "failed");
      return [fetched, await stopped];
    });
    expect(outcome).toEqual(["failed", "connect-src"]);
  });
});
