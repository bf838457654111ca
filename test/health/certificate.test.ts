import { createSecureContext, rootCertificates } from "node:tls";
import { describe, expect, test } from "vitest";
import { checkCertificate } from "../../electron/health/certificate.ts";
import type { Resolve } from "../../electron/health/resolve.ts";
import { issueCertificate } from "../../electron/sandbox/certificate.ts";
import { certificateServer, closedPort, connectProxy, serveUntilEnd, silentServer } from "../support/health-servers.ts";
import { expectBad } from "../support/health-words.ts";
import { serveHttp } from "../support/loopback-http.ts";
import { makeCertificate } from "../support/self-made-certificate.ts";
import { until } from "../support/until.ts";
import { createWatchedClock } from "../support/watched-clock.ts";
import { createServer, type Socket } from "node:net";

const DAY_MS = 86_400_000;
const forever = new AbortController().signal;
const here: Resolve = async () => [{ address: "127.0.0.1", family: 4 }];
const authority = issueCertificate({ name: "Acme Proxy CA", from: Date.UTC(2020, 0, 1), until: Date.UTC(2049, 0, 1), role: { kind: "authority" } });
const trusted = createSecureContext({ ca: [...rootCertificates.slice(0, 1), authority.cert] });

function issued(hosts: readonly string[], until = Date.UTC(2049, 0, 1), from = Date.UTC(2020, 0, 1)) {
  return issueCertificate({ name: hosts[0] ?? "", from, until, role: { kind: "server", hosts } }, authority);
}

function check(port: number, more: { readonly host?: string; readonly trust?: boolean; readonly proxy?: string; readonly signal?: AbortSignal; readonly now?: number; readonly secure?: boolean } = {}) {
  const { host = "platform.test", trust = true, proxy = null, signal = forever, secure = true } = more;
  const clock = createWatchedClock(more.now);
  return checkCertificate({ host, port, secure, loopback: false }, { resolve: here, proxy, secureContext: trust ? trusted : undefined, clock }, signal);
}

describe("a certificate", () => {
  test("of a known authority is good, and its end and issuer are told; nothing is sent", async () => {
    const server = await certificateServer(issued(["platform.test"]));
    await expect(check(server.port)).resolves.toMatchObject({ kind: "good", found: 'issued by "Acme Proxy CA", valid until 2049-01-01' });
    expect(server.heard()).toBe("");
  });

  test("is judged through the proxy by the platform's name", async () => {
    const server = await certificateServer(issued(["platform.test"]));
    const proxy = await connectProxy();
    await expect(check(server.port, { proxy: proxy.url })).resolves.toMatchObject({ kind: "good" });
    expect(proxy.asked).toHaveLength(1);
  });

  test("of an unknown authority is told with its issuer", async () => {
    const server = await certificateServer(issued(["platform.test"]));
    expectBad(await check(server.port, { trust: false }), "certificate", /^platform\.test:\d+: issued by "Acme Proxy CA", an authority that is not known here$/);
  });

  test("that vouches for itself is told with its own name", async () => {
    const server = await certificateServer(makeCertificate(["platform.test"]));
    expectBad(await check(server.port), "certificate", /issued by "self-made platform\.test", an authority that is not known here/);
  });

  test("for another host is told with the names that it has", async () => {
    const server = await certificateServer(issued(["other.test", "www.other.test"]));
    expectBad(await check(server.port), "certificate", /it is for other\.test, www\.other\.test, not for platform\.test$/);
  });

  test("with many names is told with a few", async () => {
    const server = await certificateServer(issued(["a.test", "b.test", "c.test", "d.test", "e.test"]));
    expectBad(await check(server.port), "certificate", /it is for a\.test, b\.test, c\.test and 2 more, not for/);
  });

  test("that has expired is told with the day", async () => {
    const server = await certificateServer(issued(["platform.test"], Date.UTC(2024, 0, 31)));
    expectBad(await check(server.port), "certificate", /expired on 2024-01-31$/);
  });

  test("that is not valid yet is told with the day", async () => {
    const server = await certificateServer(issued(["platform.test"], Date.UTC(2049, 0, 1), Date.UTC(2048, 4, 6)));
    expectBad(await check(server.port), "certificate", /valid only from 2048-05-06$/);
  });

  test("that ends within a week is doubtful", async () => {
    const server = await certificateServer(issued(["platform.test"]));
    await expect(check(server.port, { now: Date.UTC(2049, 0, 1) - 3 * DAY_MS })).resolves.toMatchObject({ kind: "doubtful", found: expect.stringMatching(/valid until 2049-01-01, which is in 3 days$/) });
    await expect(check(server.port, { now: Date.UTC(2049, 0, 1) - 8 * DAY_MS })).resolves.toMatchObject({ kind: "good" });
  });

  test("with control characters in its issuer's name cannot write to a terminal", async () => {
    const evil = issueCertificate({ name: `Evil\u001b[2J${"x".repeat(300)}`, from: Date.UTC(2020, 0, 1), until: Date.UTC(2049, 0, 1), role: { kind: "self-signed", hosts: ["platform.test"] } });
    const server = await certificateServer(evil);
    const outcome = await check(server.port);
    expectBad(outcome, "certificate", /issued by "Evil\[2Jx+…"/);
    expect(JSON.stringify(outcome).length).toBeLessThan(300);
  });
});

describe("where there is no certificate", () => {
  test("because nothing is encrypted on this machine, it is skipped", async () => {
    await expect(check(await closedPort(), { secure: false })).resolves.toEqual({ kind: "skipped", why: "no encryption on this machine" });
  });

  test("because plain HTTP is spoken there, that is told", async () => {
    await using server = await serveHttp((_request, response) => response.end("hello"));
    expectBad(await check(Number(new URL(server.url).port)), "network", /no encryption that both sides know is spoken there/);
  });

  test.each([
    ["closed", (socket: Socket) => socket.end()],
    ["reset when the handshake begins", (socket: Socket) => socket.once("data", () => socket.resetAndDestroy())],
  ] as const)("because the connection is %s, that is told, and no certificate is accused", async (_how, cut) => {
    const port = await serveUntilEnd(createServer((socket) => void cut(socket)));
    expectBad(await check(port), "network", /^platform\.test:\d+: the connection was closed during the TLS handshake, mostly by a firewall or a proxy in between \(ECONNRESET\)$/);
  });

  test("because a proxy hangs up on what it has passed on, that is told", async () => {
    const port = await serveUntilEnd(createServer((socket) => void socket.once("data", () => socket.resetAndDestroy())));
    const proxy = await connectProxy();
    expectBad(await check(port, { proxy: proxy.url }), "network", /the connection was closed during the TLS handshake/);
  });

  test("because the other side is silent, the check ends when it is stopped and hangs up", async () => {
    const silent = await silentServer();
    const stop = new AbortController();
    const going = check(silent.port, { signal: stop.signal });
    await until(() => silent.taken() === 1);
    stop.abort();
    await expect(going).resolves.toMatchObject({ kind: "bad" });
  });
});
