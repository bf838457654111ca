import { randomBytes } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { serveLoopback, type Loopback } from "../../electron/host/loopback.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { createFuzzProgram, type FuzzProgram } from "../support/fuzz-program.ts";
import { askRaw, enter, openPanel } from "../support/loopback-client.ts";
import { plainPanel } from "../support/plain-panel.ts";

let program: FuzzProgram;
let loopback: Loopback;
let stack: AsyncDisposableStack;
let origin: string;
beforeEach(async () => {
  stack = new AsyncDisposableStack();
  program = createFuzzProgram();
  const { commands, publisher } = program;
  loopback = stack.use(await serveLoopback({ commands, publisher, files: plainPanel, clock: createFakeClock(), random: randomBytes, onBug: (bug) => expect.unreachable(String(bug)) }));
  origin = `http://127.0.0.1:${loopback.port}`;
});
afterEach(async () => {
  await stack.disposeAsync();
});

describe("a page that another program on this machine serves", () => {
  // Same-site by the browser's rules, which know no ports: the cookie goes along, so only Origin tells it apart.
  const neighbours = () => [`http://127.0.0.1:${loopback.port + 1}`, "http://127.0.0.1", `http://localhost:${loopback.port}`, `http://[::1]:${loopback.port}`, `https://127.0.0.1:${loopback.port}`, `http://127.0.0.2:${loopback.port}`];

  it("opens no socket, though it has the person's cookie", async () => {
    const cookie = await enter(loopback.port, loopback.address());
    for (const neighbour of neighbours()) await expect(openPanel(loopback.port, { origin: neighbour, cookie })).rejects.toThrow("403");
    expect(program.acts).toEqual([]);
  });

  it("is sent nothing, and nothing is that it may read or embed", async () => {
    const cookie = await enter(loopback.port, loopback.address());
    for (const neighbour of neighbours()) expect((await askRaw(loopback.port, "/", { headers: { cookie, origin: neighbour } })).status).toBe(403);
    // A script tag or an image sends no Origin; what comes back is kept from its page by these.
    const { headers } = await askRaw(loopback.port, "/assets/main.js", { headers: { cookie } });
    expect(headers).toMatchObject({ "cross-origin-resource-policy": "same-origin", "cross-origin-opener-policy": "same-origin", "x-content-type-options": "nosniff" });
    expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
  });
});

describe("whoever finds the one-time address later", () => {
  it("is not let in, in whichever way it is spelt, while the first browser stays in", async () => {
    const address = loopback.address();
    const cookie = await enter(loopback.port, address);
    const path = address.slice(origin.length);
    for (const again of [path, `${path}&more=1`, path.replace("key=", "x=1&key="), path.replace("/enter", "/%65nter"), path.replace("/enter", "//enter"), `${path}#x`]) {
      const answer = await askRaw(loopback.port, again);
      expect([again, answer.headers["set-cookie"]]).toEqual([again, undefined]);
      expect(answer.status).toBeGreaterThanOrEqual(400);
    }
    expect((await askRaw(loopback.port, "/", { headers: { cookie } })).status).toBe(200);
  });

  it("cannot use it as a cookie, nor the cookie as an address", async () => {
    const address = loopback.address();
    const key = new URL(address).searchParams.get("key") ?? "";
    await expect(openPanel(loopback.port, { origin, cookie: `callside-${loopback.port}=${key}` })).rejects.toThrow("401");
    const cookie = await enter(loopback.port, address);
    expect((await askRaw(loopback.port, `/enter?key=${cookie.split("=")[1] ?? ""}`)).status).toBe(401);
  });

  it("gains nothing from another Callside of the same person", async () => {
    const { commands, publisher } = program;
    const other = stack.use(await serveLoopback({ commands, publisher, files: plainPanel, clock: createFakeClock(), random: randomBytes, onBug: () => {} }));
    const cookie = await enter(other.port, other.address());
    for (const value of [cookie, cookie.replace(String(other.port), String(loopback.port))]) await expect(openPanel(loopback.port, { origin, cookie: value })).rejects.toThrow("401");
  });
});

describe("a name that leads to this machine", () => {
  it("is no way in: neither page nor socket, with and without the cookie", async () => {
    const cookie = await enter(loopback.port, loopback.address());
    for (const host of ["evil.example", `evil.example:${loopback.port}`, `127.0.0.1.nip.example:${loopback.port}`, `localhost:${loopback.port}`, `127.1:${loopback.port}`, `2130706433:${loopback.port}`, `127.0.0.1:${loopback.port}@evil.example`]) {
      for (const headers of [{ host }, { host, cookie }, { host, cookie, origin }]) expect([host, (await askRaw(loopback.port, "/", { headers })).status]).toEqual([host, 421]);
      await expect(openPanel(loopback.port, { host, origin: `http://${host}`, cookie })).rejects.toThrow("421");
      await expect(openPanel(loopback.port, { host, origin, cookie })).rejects.toThrow("421");
    }
  });
});
