import { once } from "node:events";
import { connect } from "node:net";
import { expect, test } from "vitest";
import { bearer, post, practice, suggest } from "./sandbox-client.ts";

interface Item {
  readonly text?: string;
  readonly confidence: number;
  readonly source: string;
}

function list(reply: { readonly body: Record<string, unknown> }): readonly Item[] {
  return reply.body["suggestions"] as readonly Item[];
}

test("answers with text, confidence and source, best first", async () => {
  const { sandbox } = await practice();
  await using _ = sandbox;
  const found = list(await suggest(sandbox, "I want my money back", await bearer(sandbox)));
  expect(found[0]?.source).toBe("Billing · Refunds");
  expect(Object.keys(found[0] ?? {}).toSorted()).toEqual(["confidence", "source", "text"]);
});

test.each([
  ["not json", "is not valid JSON"],
  [{}, "interactionId"],
  [{ interactionId: "a", transcript: 7, sentimentScore: 0, context: {} }, "transcript"],
  [{ interactionId: "a", transcript: "x", sentimentScore: 3, context: {} }, "sentimentScore"],
  [{ interactionId: "a", transcript: "x", sentimentScore: 0, context: [] }, "context"],
])("refuses %o and names the field", async (body, named) => {
  const { sandbox } = await practice();
  await using _ = sandbox;
  const refused = await post(sandbox, "/api/v1/agentassist/suggest", body, { authorization: await bearer(sandbox) });
  expect(refused.status).toBe(400);
  expect(refused.body["message"]).toContain(named);
});

test("unknown paths, wrong methods and foreign names of this host are refused", async () => {
  const { sandbox } = await practice();
  await using _ = sandbox;
  expect((await fetch(`${sandbox.url}/api/v1/nothing`)).status).toBe(404);
  const wrong = await fetch(`${sandbox.url}/api/v1/agentassist/suggest`);
  expect([wrong.status, wrong.headers.get("allow")]).toEqual([405, "POST"]);
  const socket = connect(Number(new URL(sandbox.url).port), "127.0.0.1");
  socket.write("GET /sandbox/stats HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
  const [answer] = (await once(socket, "data")) as [Buffer];
  expect(answer.toString()).toMatch(/^HTTP\/1\.1 421 /);
  socket.destroy();
});

test("a body that is too large is refused", async () => {
  const { sandbox } = await practice();
  await using _ = sandbox;
  expect((await post(sandbox, "/sandbox/say", JSON.stringify({ text: "x".repeat(1_100_000) }))).status).toBe(413);
});

test("429 tells when to come back, in seconds or as a date", async () => {
  const { sandbox, clock } = await practice({ faults: [{ name: "429", value: "7" }] });
  await using _ = sandbox;
  const header = await bearer(sandbox);
  const inSeconds = await suggest(sandbox, "refund", header);
  expect([inSeconds.status, inSeconds.headers.get("retry-after")]).toEqual([429, "7"]);
  sandbox.setFault("429", "date:120");
  const asDate = await suggest(sandbox, "refund", header);
  expect(Date.parse(asDate.headers.get("retry-after") ?? "")).toBe(clock.now() + 120_000);
});

test("500 and cut strike the share that was asked for", async () => {
  const { sandbox } = await practice();
  await using _ = sandbox;
  const header = await bearer(sandbox);
  sandbox.setFault("500", 0.5);
  const statuses: number[] = [];
  for (let turn = 0; turn < 60; turn += 1) statuses.push((await suggest(sandbox, "refund", header)).status);
  const failed = statuses.filter((status) => status === 500).length;
  expect(failed).toBeGreaterThan(15);
  expect(failed).toBeLessThan(45);
  sandbox.setFault("500", null);
  sandbox.setFault("cut", 1);
  await expect(suggest(sandbox, "refund", header)).rejects.toThrow();
});

test("latency holds the reply back for as long as it says", async () => {
  const { sandbox, clock } = await practice({ faults: [{ name: "latency", value: "800" }] });
  await using _ = sandbox;
  const header = await bearer(sandbox);
  const beats = clock.pending();
  let done = false;
  const asked = suggest(sandbox, "refund", header).then((reply) => {
    done = true;
    return reply.status;
  });
  await condition(() => clock.pending() > beats);
  await clock.advance(799);
  expect(done).toBe(false);
  await clock.advance(1);
  expect(await asked).toBe(200);
});

test("late-reply makes two replies arrive out of order", async () => {
  const { sandbox, clock } = await practice({ faults: [{ name: "late-reply", value: "500" }] });
  await using _ = sandbox;
  const header = await bearer(sandbox);
  const beats = clock.pending();
  const order: string[] = [];
  const first = suggest(sandbox, "refund", header).then(() => order.push("first"));
  await condition(() => clock.pending() > beats);
  await suggest(sandbox, "cancel", header).then(() => order.push("second"));
  await clock.advance(500);
  await first;
  expect(order).toEqual(["second", "first"]);
});

test("timeout never answers, and the client's giving up leaves nothing behind", async () => {
  const { sandbox, clock } = await practice({ faults: [{ name: "timeout", value: "1" }] });
  await using _ = sandbox;
  const header = await bearer(sandbox);
  const beats = clock.pending();
  const giveUp = new AbortController();
  const asked = suggest(sandbox, "refund", header, giveUp.signal);
  await condition(() => sandbox.stats().suggestRequests === 1);
  giveUp.abort();
  await expect(asked).rejects.toThrow();
  sandbox.setFault("timeout", null);
  expect((await suggest(sandbox, "refund", header)).status).toBe(200);
  expect(clock.pending()).toBe(beats);
});

test("empty, bad-suggestions, html and huge-reply change what the reply looks like", async () => {
  const { sandbox } = await practice({ faults: [{ name: "empty", value: "on" }] });
  await using _ = sandbox;
  const header = await bearer(sandbox);
  expect(list(await suggest(sandbox, "refund", header))).toEqual([]);
  sandbox.setFault("empty", null);
  sandbox.setFault("bad-suggestions", true);
  const bad = list(await suggest(sandbox, "refund", header));
  expect(bad.some((one) => one.text === undefined)).toBe(true);
  expect(bad.some((one) => one.confidence === 7)).toBe(true);
  expect(bad.some((one) => one.source === "Billing · Refunds")).toBe(true);
  sandbox.setFault("bad-suggestions", null);
  sandbox.setFault("html", "on");
  expect(list(await suggest(sandbox, "refund", header))[0]?.text).toContain("<script>");
  sandbox.setFault("html", null);
  sandbox.setFault("huge-reply", "on");
  expect((await suggest(sandbox, "refund", header)).text.length).toBeGreaterThan(10_000_000);
});

/** Turns of the event loop until `holds`: for what happens on the server's side of a request. */
async function condition(holds: () => boolean): Promise<void> {
  while (!holds()) {
    await new Promise<void>((resolve) => {
      setImmediate(resolve);
    });
  }
}
