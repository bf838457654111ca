import { randomBytes } from "node:crypto";
import { connect } from "node:net";
import * as fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { createCommands } from "../../electron/host/commands.ts";
import { serveLoopback, type LoopbackOptions } from "../../electron/host/loopback.ts";
import { MAX_UNREAD_BYTES } from "../../electron/host/panel-sockets.ts";
import { createPublisher } from "../../electron/host/publisher.ts";
import type { StaticFiles } from "../../electron/host/static-files.ts";
import { systemClock } from "../../electron/net/system-clock.ts";
import { commandNames } from "../../shared/command-names.ts";
import { applyUpdates } from "../../shared/panel-state.ts";
import { replySchema, type Snapshot } from "../../shared/panel.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { askRaw, enter, openPanel } from "../support/loopback-client.ts";
import { quietPorts } from "../support/quiet-ports.ts";
import { openInteraction, sampleSettings, say } from "../support/sample-panel.ts";
import { until } from "../support/until.ts";

const files: StaticFiles = {
  find: (path) =>
    new Map([
      ["/", { contentType: "text/html; charset=utf-8", body: Buffer.from('<!doctype html><html lang="en"><title>Panel</title>') }],
      ["/assets/main.js", { contentType: "text/javascript; charset=utf-8", body: Buffer.from("1;") }],
    ]).get(path),
};

let stack = new AsyncDisposableStack();
afterEach(async () => {
  await stack.disposeAsync();
  stack = new AsyncDisposableStack();
});

async function setUp(more: Partial<LoopbackOptions> = {}) {
  const clock = createFakeClock();
  // The publisher's own timing is tested elsewhere; here its pushes come by themselves.
  const publisher = createPublisher({ settings: sampleSettings, clock: systemClock });
  const bugs: unknown[] = [];
  const commands = createCommands(quietPorts(publisher, {
    record: () => {
      throw new Error("a bug");
    },
  }));
  const loopback = await serveLoopback({ commands, publisher, files, clock, random: randomBytes, onBug: (bug) => bugs.push(bug), ...more });
  stack.use(publisher);
  stack.use(loopback);
  const { port } = loopback;
  const origin = `http://127.0.0.1:${port}`;
  const letIn = (): Promise<string> => enter(port, loopback.address());
  const join = async () => stack.use(await openPanel(port, { origin, cookie: await letIn() }));
  return { clock, publisher, loopback, port, origin, letIn, join, bugs };
}

describe("the way into the loopback host", () => {
  it("listens on 127.0.0.1 only", async () => {
    const { loopback, port } = await setUp();
    expect(new URL(loopback.address()).hostname).toBe("127.0.0.1");
    const other = connect({ host: "127.0.0.2", port });
    const outcome = await new Promise((resolve) => {
      other.on("connect", () => {
        resolve("connected");
      });
      other.on("error", () => {
        resolve("refused");
      });
    });
    other.destroy();
    expect(outcome).toBe("refused");
  });

  it("exchanges a one-time address for a strict cookie and leads to the page", async () => {
    const { loopback, port } = await setUp();
    const { pathname, search, searchParams } = new URL(loopback.address());
    expect(Buffer.from(searchParams.get("key") ?? "", "base64url")).toHaveLength(32);
    const answer = await askRaw(port, `${pathname}${search}`);
    expect(answer.status).toBe(303);
    expect(answer.headers.location).toBe("/");
    const cookie = answer.headers["set-cookie"]?.[0] ?? "";
    expect(cookie).toMatch(/^callside-\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
    expect(cookie).not.toContain(searchParams.get("key"));
    const page = await askRaw(port, "/", { headers: { cookie: cookie.split(";")[0] ?? "" } });
    expect(page).toMatchObject({ status: 200, body: expect.stringContaining("<title>Panel</title>") });
  });

  it("serves the page in the language that its browser wants, and says so to one outside too", async () => {
    const asked: (readonly string[])[] = [];
    const { port, letIn } = await setUp({
      pageLanguage(preferred) {
        asked.push(preferred);
        return "de";
      },
    });
    const cookie = await letIn();
    const inside = await askRaw(port, "/", { headers: { cookie, "accept-language": "de-AT, en;q=0.5" } });
    expect(inside.body).toContain('<html lang="de"');
    expect(inside.headers["content-length"]).toBe(String(Buffer.byteLength(inside.body)));
    expect(asked).toEqual([["de-AT", "en"]]);
    for (const [header, words] of [["de", "Diese Adresse"], ["fr", "This address"], ["</html>", "This address"]] as const) {
      expect(await askRaw(port, "/", { headers: { "accept-language": header } })).toMatchObject({ status: 401, body: expect.stringContaining(words) });
    }
  });

  it("lets an address be used once", async () => {
    const { loopback, port } = await setUp();
    const address = loopback.address();
    await enter(port, address);
    await expect(enter(port, address)).rejects.toThrow("401");
  });

  it("lets only one of many in who use the same address at once", async () => {
    const { loopback, port } = await setUp();
    const address = loopback.address();
    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => enter(port, address)));
    expect(outcomes.filter((one) => one.status === "fulfilled")).toHaveLength(1);
  });

  it("lets an address expire, and gives a new one on demand", async () => {
    const { loopback, port, clock } = await setUp();
    const old = loopback.address();
    await clock.advance(10 * 60_000);
    await expect(enter(port, old)).rejects.toThrow("401");
    await expect(enter(port, loopback.address())).resolves.toMatch(/^callside-/);
  });

  it("does not use an address up for a browser that only looks ahead", async () => {
    const { loopback, port } = await setUp();
    const address = loopback.address();
    const path = address.slice(address.indexOf("/enter"));
    expect((await askRaw(port, path, { headers: { "sec-purpose": "prefetch" } })).status).toBe(401);
    expect((await askRaw(port, path, { method: "HEAD" })).status).toBe(401);
    await enter(port, address);
  });

  it("sends a browser that is in already to the page when it comes back to its old address", async () => {
    const { loopback, port } = await setUp();
    const address = loopback.address();
    const cookie = await enter(port, address);
    const again = await askRaw(port, address.slice(address.indexOf("/enter")), { headers: { cookie } });
    expect([again.status, again.headers.location, again.headers["set-cookie"]]).toEqual([303, "/", undefined]);
  });

  it.each(["", "x", "a".repeat(43), "%00", "key&key=1"])("refuses the key %s with a page that says what to do", async (key) => {
    const { port } = await setUp();
    const answer = await askRaw(port, `/enter?key=${key}`);
    expect(answer.status).toBe(401);
    expect(answer.headers["set-cookie"]).toBeUndefined();
    expect(answer.body).toContain("Open Callside again");
  });

  it("shows everybody else the same short page, whatever they ask for", async () => {
    const { port, letIn } = await setUp();
    const cookie = await letIn();
    const attempts: readonly Readonly<Record<string, string>>[] = [{}, { cookie: "callside=1" }, { cookie: `${cookie}x` }, { cookie: cookie.replace("=", "2=") }, { cookie: ";;=;" }];
    for (const headers of attempts) {
      for (const path of ["/", "/assets/main.js", "/nothing"]) {
        const answer = await askRaw(port, path, { headers });
        expect([answer.status, answer.body.includes("Open Callside again")]).toEqual([401, true]);
      }
    }
  });

  it("finds its cookie among others", async () => {
    const { port, letIn } = await setUp();
    const answer = await askRaw(port, "/", { headers: { cookie: `a=b; x; ${await letIn()}; theme=dark` } });
    expect(answer.status).toBe(200);
  });
});

describe("what the loopback host answers", () => {
  it("refuses every other Host, the way DNS rebinding comes", async () => {
    const { port, letIn } = await setUp();
    const cookie = await letIn();
    for (const host of ["evil.example", `evil.example:${port}`, "127.0.0.1", `localhost:${port}`, `127.0.0.1:${port}.evil.example`, `[::1]:${port}`]) {
      expect([host, (await askRaw(port, "/", { headers: { cookie, host } })).status]).toEqual([host, 421]);
      await expect(openPanel(port, { cookie, host, origin: `http://${host}` })).rejects.toThrow("421");
    }
  });

  it("refuses every other Origin, and a socket without one", async () => {
    const { port, letIn, origin } = await setUp();
    const cookie = await letIn();
    for (const other of ["https://evil.example", "null", `https://127.0.0.1:${port}`, `http://localhost:${port}`, `${origin}.evil.example`, `${origin}/`]) {
      expect([other, (await askRaw(port, "/", { headers: { cookie, origin: other } })).status]).toEqual([other, 403]);
      await expect(openPanel(port, { cookie, origin: other })).rejects.toThrow("403");
    }
    await expect(openPanel(port, { cookie })).rejects.toThrow("403");
  });

  it("refuses a socket without the cookie, and on another path", async () => {
    const { port, letIn, origin } = await setUp();
    await expect(openPanel(port, { origin })).rejects.toThrow("401");
    await expect(openPanel(port, { origin, cookie: `callside-${port}=guess` })).rejects.toThrow("401");
    await expect(openPanel(port, { origin, cookie: await letIn() }, "/other")).rejects.toThrow("404");
  });

  it("serves the listed files and no others, however the path is written", async () => {
    const { port, letIn } = await setUp();
    const cookie = await letIn();
    expect((await askRaw(port, "/assets/main.js", { headers: { cookie } })).body).toBe("1;");
    for (const path of ["/../package.json", "/..%2f..%2fetc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/assets/../../secret", "/assets\\..\\secret", "/assets/", "//etc/passwd", "/assets/main.js%00.html", "/__proto__", "/constructor", "/.%00./x"]) {
      expect([path, (await askRaw(port, path, { headers: { cookie } })).status]).toEqual([path, expect.toSatisfy((status: number) => status === 404 || status === 400)]);
    }
    for (const path of ["http://evil.example/", "*", "//"]) {
      expect([400, 404]).toContain((await askRaw(port, path, { headers: { cookie } })).status);
    }
  });

  it("gives a body only to GET", async () => {
    const { port, letIn } = await setUp();
    const cookie = await letIn();
    const head = await askRaw(port, "/", { method: "HEAD", headers: { cookie } });
    expect([head.status, head.body, Number(head.headers["content-length"]) > 0]).toEqual([200, "", true]);
    for (const method of ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"]) {
      expect((await askRaw(port, "/", { method, headers: { cookie } })).status).toBe(405);
    }
  });

  it("puts the security headers on every answer", async () => {
    const { port, letIn } = await setUp();
    const cookie = await letIn();
    const answers = [
      await askRaw(port, "/", { headers: { cookie } }),
      await askRaw(port, "/nothing", { headers: { cookie } }),
      await askRaw(port, "/"),
      await askRaw(port, "/enter?key=x"),
      await askRaw(port, "/", { headers: { host: "evil.example" } }),
      await askRaw(port, "/", { method: "POST" }),
    ];
    for (const { headers } of answers) {
      expect(String(headers["content-security-policy"]).split("; ").toSorted()).toEqual(
        [
          "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'",
          "connect-src 'self'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
          "require-trusted-types-for 'script'", "trusted-types 'none'",
        ].toSorted(),
      );
      expect(headers).toMatchObject({
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "cache-control": "no-store",
      });
      expect(headers["access-control-allow-origin"]).toBeUndefined();
    }
  });
});

describe("the panel's socket", () => {
  it("answers commands, tells updates, and the two fit together", async () => {
    const { publisher, join } = await setUp();
    publisher.publish(openInteraction("a"));
    const panel = await join();
    const reply = await panel.call("panel.snapshot", {});
    const snapshot = (reply.ok ? reply.value : null) as Snapshot;
    for (let number = 0; number < 100; number += 1) publisher.publish(say("a", `u${number}`));
    await panel.push(({ updates }) => updates.some((one) => one.kind === "utterance" && one.utterance.id === "u99"));
    expect(panel.pushes[0]?.from).toBe(snapshot.number + 1);
    const state = applyUpdates(snapshot.state, panel.pushes.flatMap((push) => push.updates));
    expect(state).toEqual(publisher.state());
  });

  it("tells every panel the same, and goes on when one leaves", async () => {
    const { publisher, join } = await setUp();
    const [first, second] = [await join(), await join()];
    publisher.publish(openInteraction("a"));
    expect(await first.push(() => true)).toEqual(await second.push(() => true));
    await first[Symbol.asyncDispose]();
    publisher.publish(openInteraction("b"));
    await second.push(({ updates }) => updates.some((one) => one.kind === "interaction" && one.interaction.id === "b"));
  });

  it("skips what is no call and goes on", async () => {
    const { join } = await setUp();
    const panel = await join();
    for (const text of ["", "{", "null", "[]", "7", '{"kind":"call"}', '{"kind":"call","id":-1,"name":"panel.snapshot"}', '{"kind":"reply","id":1}', "[".repeat(100_000), '{"__proto__":{"kind":"call","id":1,"name":"panel.snapshot"}}']) {
      panel.socket.send(text);
    }
    panel.socket.send(Buffer.from('{"kind":"call","id":9,"name":"panel.snapshot","input":{}}'), { binary: true });
    expect(await panel.call("panel.snapshot", {})).toMatchObject({ ok: true });
  });

  it("ends a connection that sends more than 256 kB at once", async () => {
    const { join } = await setUp();
    const panel = await join();
    panel.socket.send("x".repeat(256 * 1024 + 1));
    expect(await panel.closed).toBe(1009);
  });

  it("disconnects the panel whose command met a bug, and reports the bug", async () => {
    const { publisher, join, bugs } = await setUp();
    publisher.publish(openInteraction("a"));
    publisher.publish({
      kind: "set",
      set: { id: "s", interactionId: "a", utteranceId: "u", utteranceAt: 0, order: 1, trigger: { kind: "sentiment", score: -1, threshold: 0 }, origin: "live", suggestions: [{ id: "x", text: "x", confidence: 1, source: "" }], withheld: [], outcome: "filled", policyVersion: "1", latencyMs: 1, at: 0 },
      tunnelMs: null,
      cards: { x: { visibility: "shown", pinned: false, feedback: null, copied: false, displayed: false } },
    });
    const panel = await join();
    void panel.call("suggestion.record", { interactionId: "a", suggestionId: "x", disposition: "clicked" });
    expect(await panel.closed).toBe(1011);
    expect(bugs).toEqual([new Error("a bug")]);
  });

  it("withholds pushes from a panel that does not read, and lets it know what it missed", async () => {
    const { publisher, join } = await setUp();
    publisher.publish(openInteraction("a"));
    const [slow, quick] = [await join(), await join()];
    const text = "x".repeat(100_000);
    slow.socket.pause();
    const rounds = 3 * Math.ceil(MAX_UNREAD_BYTES / text.length);
    for (let number = 0; number < rounds; number += 1) {
      publisher.publish(say("a", `u${number}`, text));
      await quick.push(({ updates }) => updates.some((one) => one.kind === "utterance" && one.utterance.id === `u${number}`));
    }
    slow.socket.resume();
    const after = await slow.push((push) => push.updates.length === 0);
    expect(after.from).toBe(publisher.snapshot().number + 1);
    // Withheld, not piled up: less than half of it was ever sent.
    expect(slow.pushes.length).toBeLessThan(rounds / 2 + 40);
    const reply = await slow.call("panel.snapshot", {});
    expect((reply.ok ? (reply.value as Snapshot) : null)?.number).toBe(after.from - 1);
    publisher.publish(say("a", "last"));
    expect((await slow.push((push) => push.from === after.from && push.updates.length > 0)).updates).toHaveLength(1);
  });

  it("cuts off a panel that gives commands and does not read the replies, also when they come all at once", async () => {
    const { clock, publisher, join } = await setUp();
    publisher.publish(openInteraction("a"));
    for (let number = 0; number < 20; number += 1) publisher.publish(say("a", `u${number}`, "x".repeat(100_000)));
    const panel = await join();
    panel.socket.on("error", () => {});
    panel.socket.pause();
    expect(clock.pending()).toBe(1);
    for (let number = 0; number < 50; number += 1) void panel.call("panel.snapshot", {});
    // The panel has read nothing yet; that the host no longer waits to ping it says that it has been let go.
    await expect.poll(() => clock.pending(), { timeout: 10_000 }).toBe(0);
    panel.socket.resume();
    await panel.closed;
  });

  it("ends a panel that answers no ping within 10 s, and keeps one that does", async () => {
    const { clock, join } = await setUp();
    const [dead, live] = [await join(), await join()];
    dead.socket.pause();
    const pinged = new Promise((resolve) => live.socket.once("ping", resolve));
    await clock.advance(20_000);
    await pinged;
    // A ping of its own comes back after its pong has been heard, and is no sign of life to the host by itself.
    const echoed = new Promise((resolve) => live.socket.once("pong", resolve));
    live.socket.ping();
    await echoed;
    await clock.advance(10_000);
    dead.socket.resume();
    await dead.closed;
    expect(await live.call("panel.snapshot", {})).toMatchObject({ ok: true });
  });

  it("answers whatever is called with a reply and stays open", async () => {
    const { join } = await setUp();
    const panel = await join();
    const name = fc.oneof(fc.constantFrom(...commandNames), fc.string());
    await fc.assert(
      fc.asyncProperty(name, fc.jsonValue(), async (name, input) => {
        replySchema.parse(await panel.call(name, input));
      }),
      { numRuns: 300 },
    );
    expect(panel.socket.readyState).toBe(panel.socket.OPEN);
  });

  it("takes sixteen panels and refuses the next", async () => {
    const { port, letIn, origin } = await setUp();
    const cookie = await letIn();
    for (let number = 0; number < 16; number += 1) stack.use(await openPanel(port, { origin, cookie }));
    await expect(openPanel(port, { origin, cookie })).rejects.toThrow("503");
  });
});

describe("whether anybody has the panel open", () => {
  it("is told when the first page comes and when the last one has gone", async () => {
    const attended: boolean[] = [];
    const { join } = await setUp({ attend: (isAttended) => attended.push(isAttended) });
    const [one, two] = [await join(), await join()];
    expect(attended).toEqual([true]);
    one.socket.close();
    await one.closed;
    await two.call("panel.snapshot", {});
    expect(attended).toEqual([true]);
    two.socket.close();
    await until(() => attended.length > 1);
    await join();
    expect(attended).toEqual([true, false, true]);
  });
});

describe("closing the loopback host", () => {
  it("ends its panels, frees its port and leaves no timer", async () => {
    const { clock, loopback, publisher, port, join } = await setUp();
    const panel = await join();
    await loopback[Symbol.asyncDispose]();
    await panel.closed;
    await expect(askRaw(port, "/")).rejects.toThrow("ECONNREFUSED");
    expect(clock.pending()).toBe(0);
    publisher.publish(openInteraction("a"));
    expect(panel.pushes).toEqual([]);
  });
});
