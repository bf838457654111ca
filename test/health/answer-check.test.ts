import { createServer, type Socket } from "node:net";
import { describe, expect, test } from "vitest";
import { checkAnswer } from "../../electron/health/answer-check.ts";
import { openNetwork } from "../../electron/net/network.ts";
import { closedPort, connectProxy, serveUntilEnd } from "../support/health-servers.ts";
import { expectBad } from "../support/health-words.ts";
import { serveHttp } from "../support/loopback-http.ts";
import { createWatchedClock } from "../support/watched-clock.ts";

const forever = new AbortController().signal;

function ask(addresses: readonly string[], fetch = globalThis.fetch) {
  return checkAnswer(addresses, { fetch, clock: createWatchedClock() }, forever);
}

function answering(status: number) {
  return serveHttp((_request, response) => response.writeHead(status, { location: "/elsewhere" }).end("<html>".repeat(1_000)));
}

describe("an API", () => {
  test.each([200, 204, 301, 401, 403, 404, 405, 429])("that answers %i is there, and is asked once", async (status) => {
    await using server = await answering(status);
    await expect(ask([`${server.url}/api`])).resolves.toMatchObject({ kind: "good", found: `answers (status ${status}; any below 500 will do)` });
    expect(server.requests.map(({ path }) => path)).toEqual(["/api"]);
  });

  test.each([500, 502, 503, 504])("that answers %i is doubtful, with its host and the status and nothing of the reply", async (status) => {
    await using server = await answering(status);
    const outcome = await ask([`${server.url}/api`]);
    expect(outcome).toMatchObject({ kind: "doubtful", found: `${new URL(server.url).host} answers, though with an error of its own (status ${status})` });
    expect(JSON.stringify(outcome)).not.toMatch(/html|elsewhere/);
  });

  test("is told by the worst of its addresses", async () => {
    await using server = await serveHttp((request, response) => response.writeHead(request.path === "/dialogs" ? 503 : 404).end());
    await expect(ask([`${server.url}/api`, `${server.url}/dialogs`])).resolves.toMatchObject({ kind: "doubtful", found: expect.stringMatching(/\(status 503\)$/) });
    await expect(ask([`${server.url}/dialogs`, `${server.url}/api`])).resolves.toMatchObject({ kind: "doubtful" });
  });

  test("whose body never ends has answered", async () => {
    await using server = await serveHttp((_request, response) => response.writeHead(200).write("and so on"));
    await expect(ask([server.url])).resolves.toMatchObject({ kind: "good" });
  });

  test("that hangs up without an answer is bad", async () => {
    const port = await serveUntilEnd(createServer((socket) => void socket.once("data", () => socket.end())));
    expectBad(await ask([`http://127.0.0.1:${port}/api`]), "network", /^127\.0\.0\.1:\d+: the connection was closed before the answer was complete/);
    const closed = await closedPort();
    expectBad(await ask([`http://127.0.0.1:${closed}/api`]), "network", /^127\.0\.0\.1:\d+: nothing listens there/);
  });

  test("behind a proxy that refuses is told as that", async () => {
    const proxy = await connectProxy(502);
    const network = await openNetwork({ proxy: proxy.url, passes: () => false, readFile: () => Promise.reject(new Error("none")) });
    if (!network.ok) throw new Error(network.error.detail);
    await using open = network.value;
    expectBad(await ask(["https://platform.invalid/api"], open.fetch), "network", /^platform\.invalid: the proxy answered 502$/);
  });
});

test("what is sent is a GET of the address and nothing that says who asks", async () => {
  const heard: string[] = [];
  const answer = (socket: Socket): void => {
    socket.on("data", (data) => {
      heard.push(data.toString("latin1"));
      socket.end("HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n");
    });
  };
  const port = await serveUntilEnd(createServer(answer));
  await expect(ask([`http://127.0.0.1:${port}/api/v2`])).resolves.toMatchObject({ kind: "good" });
  const [first = "", ...headers] = heard.join("").trimEnd().split("\r\n");
  expect(first).toBe("GET /api/v2 HTTP/1.1");
  expect(headers.map((line) => line.replace(/:.*/u, "").toLowerCase()).toSorted()).toEqual(["accept", "accept-encoding", "accept-language", "connection", "host", "sec-fetch-mode", "user-agent"]);
  expect(headers).toContain("accept-language: *");
});
