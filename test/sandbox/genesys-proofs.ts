import { expect } from "vitest";
import type { genesysFaultTable } from "../../electron/sandbox/genesys-fault-rows.ts";
import type { Sandbox } from "../../electron/sandbox/sandbox.ts";
import { until } from "../support/until.ts";
import type { FaultProof } from "./fault-proof.ts";
import { answer, callGenesys, dialEvents, genesysToken, subscribeEvents, written, type EventClient } from "./genesys-client.ts";

export type GenesysFaultName = keyof typeof genesysFaultTable;

const MANY = 200;

/** What each fault of the Genesys side does on the wire. Around it, everything is as it should be. */
export const genesysProofs: Record<GenesysFaultName, FaultProof> = {
  async "genesys-upgrade"(sandbox) {
    for (const status of [401, 403, 503]) {
      sandbox.setFault("genesys-upgrade", status);
      await expect(dialEvents(sandbox)).rejects.toThrow(`HTTP ${String(status)}`);
    }
  },
  async "genesys-drop"(sandbox) {
    await using now = await subscribeEvents(sandbox);
    sandbox.setFault("genesys-drop", "now");
    expect((await now.closed).code).toBe(1006);
    expect(sandbox.faults()).toEqual({});
    // What was not delivered comes to who resumes; so all comes in the end, in order.
    sandbox.setFault("genesys-drop", 0.1);
    const first = sandbox.stats().lastSequenceId;
    const heard: number[] = [];
    let sockets = 0;
    let said = 0;
    while (heard.length < MANY) {
      sockets += 1;
      const client = await dialEvents(sandbox);
      client.send({ events: ["message"], filter: { type: "chat", status: ["ACTIVE"] }, sequenceId: first + heard.length });
      await until(() => client.frames.length > 0 || client.socket.readyState !== client.socket.OPEN, "the reply or the end");
      while (client.socket.readyState === client.socket.OPEN && said < MANY) {
        sandbox.chat({ text: "one more" });
        said += 1;
        const before = client.pongs();
        client.socket.ping();
        await until(() => client.pongs() > before || client.socket.readyState !== client.socket.OPEN, "a pong or the end");
      }
      if (said === MANY) {
        const before = client.pongs();
        if (client.socket.readyState === client.socket.OPEN) client.socket.ping();
        await until(() => client.pongs() > before || client.socket.readyState !== client.socket.OPEN, "a pong or the end");
      }
      heard.push(...client.numbers());
      await client[Symbol.asyncDispose]();
    }
    expect(heard).toEqual(Array.from({ length: MANY }, (_, at) => first + at + 1));
    expect(sockets).toBeGreaterThan(8);
  },
  async "genesys-stall"(sandbox) {
    await using early = await subscribeEvents(sandbox);
    const before = early.pongs();
    sandbox.setFault("genesys-stall", "now");
    expect(sandbox.faults()).toEqual({});
    await using later = await subscribeEvents(sandbox);
    early.socket.ping();
    sandbox.chat({ text: "who hears it?" });
    await later.heard();
    expect(later.bodies()).toEqual(["who hears it?"]);
    sandbox.setFault("genesys-stall", "on");
    later.socket.ping();
    sandbox.chat({ text: "nobody" });
    expect((await answer(sandbox, String(sandbox.conversations().at(-1)?.conversationId), "the rest goes on")).status).toBe(200);
    sandbox.setFault("genesys-stall", null);
    await later.heard();
    expect(later.bodies()).toEqual(["who hears it?"]);
    expect([early.bodies(), early.pongs()]).toEqual([[], before]);
    expect(early.socket.readyState).toBe(early.socket.OPEN);
  },
  async "genesys-replay"(sandbox) {
    const first = sandbox.stats().lastSequenceId;
    for (let line = 1; line <= 5; line += 1) sandbox.chat({ text: `line ${String(line)}` });
    sandbox.setFault("genesys-replay", 2);
    await using client = await subscribeEvents(sandbox, first + 4);
    expect(client.frames[0]).toEqual({ sequenceId: first + 4 });
    expect(client.bodies()).toEqual(["line 3", "line 4", "line 5"]);
    await using fresh = await subscribeEvents(sandbox);
    expect(fresh.bodies()).toEqual([]);
  },
  async "genesys-duplicates"(sandbox) {
    sandbox.setFault("genesys-duplicates", 0.3);
    await using client = await sayMany(sandbox);
    const ids = client.events().map((event) => event.eventData["id"]);
    expect(new Set(ids).size).toBe(MANY);
    expectShare(ids.length - MANY, 0.3);
  },
  async "genesys-gaps"(sandbox) {
    sandbox.setFault("genesys-gaps", 0.3);
    const first = sandbox.stats().lastSequenceId;
    await using client = await sayMany(sandbox);
    expect(sandbox.stats().lastSequenceId).toBe(first + MANY);
    expectShare(MANY - client.numbers().length, 0.3);
    // Nor is it sent later.
    sandbox.setFault("genesys-gaps", null);
    await using again = await subscribeEvents(sandbox, first);
    expect(again.numbers()).toEqual(client.numbers());
  },
  async "genesys-backwards"(sandbox) {
    sandbox.setFault("genesys-backwards", 0.3);
    const first = sandbox.stats().lastSequenceId;
    await using client = await sayMany(sandbox);
    const back = client.numbers().filter((number, at) => number !== first + at + 1);
    expectShare(back.length, 0.3);
    for (const [at, number] of client.numbers().entries()) expect([first + at + 1, first + at - 4]).toContain(number);
    expect(new Set(client.events().map((event) => event.eventData["id"])).size).toBe(MANY);
  },
  async "genesys-renumber"(sandbox) {
    for (let line = 1; line <= 150; line += 1) sandbox.chat({ text: `line ${String(line)}` });
    const last = sandbox.stats().lastSequenceId;
    await using client = await subscribeEvents(sandbox);
    sandbox.setFault("genesys-renumber", "now");
    expect((await client.closed).code).toBe(1006);
    expect(sandbox.faults()).toEqual({});
    sandbox.chat({ text: "said meanwhile" });
    await using back = await subscribeEvents(sandbox, last);
    expect(back.frames[0]).toEqual({ sequenceId: 0 });
    expect(back.numbers()).toEqual(Array.from({ length: 101 }, (_, at) => at + 1));
    expect(back.bodies().slice(-2)).toEqual(["line 150", "said meanwhile"]);
  },
  async "genesys-malformed"(sandbox) {
    const first = sandbox.stats().lastSequenceId;
    sandbox.setFault("genesys-malformed", 1);
    await using client = await subscribeEvents(sandbox);
    for (let line = 1; line <= 24; line += 1) sandbox.chat({ text: `line ${String(line)}` });
    await client.heard();
    const whole = client.events().filter(({ eventData }) => String(eventData?.["body"]).startsWith("line "));
    expect(whole.map((event) => event.eventData["body"])).toEqual(Array.from({ length: 24 }, (_, at) => `line ${String(at + 1)}`));
    const broken = client.frames.slice(1).filter((frame) => !whole.includes(frame as never));
    expect(broken).toHaveLength(24);
    expect(broken.slice(0, 12)).toMatchObject([
      { eventData: { conversationId: expect.any(String) as unknown, body: "This event is broken." } },
      { eventData: { id: expect.any(String) as unknown, body: "This event is broken." } },
      { eventData: { id: expect.any(String) as unknown, conversationId: expect.any(String) as unknown } },
      { eventData: { body: "" } },
      { eventData: { body: { text: "This event is broken." } } },
      { eventData: { id: { value: expect.any(String) as unknown } } },
      { eventData: [] },
      { eventType: "message" },
      "not json at all",
      "[]",
      "null",
      expect.stringMatching(/^\{"eventType":"message","eventData":/),
    ]);
    // Those that have a number are in the row, and no number is missing.
    expect(client.numbers()).toEqual(Array.from({ length: 40 }, (_, at) => first + at + 1));
  },
  async "genesys-other-events"(sandbox) {
    sandbox.setFault("genesys-other-events", 1);
    const first = sandbox.stats().lastSequenceId;
    await using client = await subscribeEvents(sandbox);
    const { conversationId } = sandbox.chat({ text: "hello" });
    await client.heard();
    expect(client.frames.slice(1)).toMatchObject([
      { eventType: "conversation", sequenceId: first + 1, eventData: { id: conversationId } },
      { eventType: "message", sequenceId: first + 2 },
    ]);
  },
  async "genesys-number-ids"(sandbox) {
    sandbox.setFault("genesys-number-ids", "on");
    await using client = await subscribeEvents(sandbox);
    sandbox.chat({ text: "hello" });
    await client.heard();
    const { id, conversationId } = client.events()[0]?.eventData ?? {};
    expect([typeof id, typeof conversationId]).toEqual(["number", "number"]);
    const replied = (await answer(sandbox, String(conversationId), "Good day")).body["id"];
    expect((await callGenesys(sandbox, `${String(conversationId)}/messages/${String(id)}`)).body).toMatchObject({ id, conversationId, textBody: "hello" });
    expect((await callGenesys(sandbox, String(conversationId))).body).toMatchObject({
      id: conversationId,
      participants: [{ messages: expect.arrayContaining([expect.objectContaining({ messageId: id })]) as unknown }, {}],
    });
    await client.heard();
    expect(client.events()[1]?.eventData).toMatchObject({ id: replied, conversationId, body: "Good day" });
    expect([typeof replied, replied === id]).toEqual(["number", false]);
  },
  async "genesys-no-direction"(sandbox) {
    sandbox.setFault("genesys-no-direction", "on");
    await using client = await subscribeEvents(sandbox);
    const { conversationId } = sandbox.chat({ text: "hello" });
    await answer(sandbox, conversationId, "Good day");
    await client.heard();
    expect(client.events().map((event) => [event.eventData["body"], "direction" in event.eventData])).toEqual([
      ["hello", false],
      ["Good day", false],
    ]);
  },
  async "genesys-clock-skew"(sandbox, clock) {
    await using client = await subscribeEvents(sandbox);
    for (const ms of [90_000, -45_000]) {
      sandbox.setFault("genesys-clock-skew", ms);
      sandbox.chat({ text: "hello" });
      await client.heard();
      expect(client.events().at(-1)?.eventData["eventTime"]).toBe(new Date(clock.now() + ms).toISOString());
    }
  },
  async "genesys-html"(sandbox) {
    sandbox.setFault("genesys-html", "on");
    await using client = await subscribeEvents(sandbox);
    const { conversationId } = sandbox.chat({ text: "hello" });
    await client.heard();
    expect(client.bodies()).toEqual([expect.stringMatching(/^hello <img src=x onerror=.*<b>bold<\/b>$/)]);
    // The conversation has what the event has.
    expect(written(sandbox, conversationId).at(-1)).toEqual(["customer", client.bodies()[0]]);
  },
  async "genesys-control"(sandbox) {
    sandbox.setFault("genesys-control", "on");
    await using client = await subscribeEvents(sandbox);
    sandbox.chat({ text: "hello" });
    await client.heard();
    const body = String(client.bodies()[0]);
    for (const sign of ["\u0000", "\u001b", "\u0085", "\ud800", "\n"]) expect(body).toContain(sign);
  },
  async "genesys-huge-body"(sandbox) {
    sandbox.setFault("genesys-huge-body", 1);
    await using client = await subscribeEvents(sandbox);
    sandbox.chat({ text: "hello" });
    await client.heard();
    expect(String(client.bodies()[0])).toHaveLength(1_000_000);
    expect(String(client.bodies()[0])).toMatch(/^hello and so on/);
  },
  async "genesys-reply-429"(sandbox) {
    const { conversationId } = sandbox.chat({ text: "hello" });
    sandbox.setFault("genesys-reply-429", 7);
    const refused = await answer(sandbox, conversationId, "Good day");
    expect([refused.status, refused.headers.get("retry-after"), refused.body["code"]]).toEqual([429, "7", "too.many.requests"]);
    expect((await callGenesys(sandbox, conversationId)).status).toBe(200);
    expect(written(sandbox, conversationId).at(-1)).toEqual(["customer", "hello"]);
  },
  "genesys-reply-400": refusesAShare("genesys-reply-400", 400),
  "genesys-reply-500": refusesAShare("genesys-reply-500", 500),
  async "genesys-reply-timeout"(sandbox) {
    const { conversationId } = sandbox.chat({ text: "hello" });
    const token = await genesysToken(sandbox);
    sandbox.setFault("genesys-reply-timeout", 1);
    const giveUp = new AbortController();
    const before = sandbox.stats();
    const waiting = answer(sandbox, conversationId, "Is not taken", token, giveUp.signal);
    await until(() => sandbox.stats().replyRequests === before.replyRequests + 1);
    // Another request is answered while this one is not.
    expect((await callGenesys(sandbox, conversationId, undefined, token)).status).toBe(200);
    giveUp.abort();
    await expect(waiting).rejects.toThrow("abort");
    expect(sandbox.stats().repliesTaken).toBe(before.repliesTaken);
  },
  async "genesys-reply-lost"(sandbox) {
    const { conversationId } = sandbox.chat({ text: "hello" });
    sandbox.setFault("genesys-reply-lost", 1);
    await using client = await subscribeEvents(sandbox);
    await expect(answer(sandbox, conversationId, "Taken without a word")).rejects.toThrow("fetch failed");
    expect(written(sandbox, conversationId).at(-1)).toEqual(["reply", "Taken without a word"]);
    await client.heard();
    expect(client.bodies()).toEqual(["Taken without a word"]);
  },
  async "genesys-reply-late"(sandbox, clock) {
    const { conversationId } = sandbox.chat({ text: "hello" });
    const before = written(sandbox, conversationId);
    sandbox.setFault("genesys-reply-late", 7_000);
    await expect(answer(sandbox, conversationId, "Taken in the end")).rejects.toThrow("fetch failed");
    sandbox.setFault("genesys-reply-late", null);
    await clock.advance(6_999);
    expect(written(sandbox, conversationId)).toEqual(before);
    await clock.advance(1);
    expect(written(sandbox, conversationId)).toEqual([...before, ["reply", "Taken in the end"]]);
  },
  async "genesys-reply-latency"(sandbox, clock) {
    const { conversationId } = sandbox.chat({ text: "hello" });
    const token = await genesysToken(sandbox);
    sandbox.setFault("genesys-reply-latency", 6_000);
    const giveUp = new AbortController();
    const { replyRequests } = sandbox.stats();
    const given = answer(sandbox, conversationId, "Nobody waits for it", token, giveUp.signal);
    const patient = answer(sandbox, conversationId, "Somebody waits for it", token);
    await until(() => sandbox.stats().replyRequests === replyRequests + 2, "both are under way");
    giveUp.abort();
    await expect(given).rejects.toThrow("abort");
    await clock.advance(5_999);
    expect(written(sandbox, conversationId).map(([, text]) => text)).not.toContain("Nobody waits for it");
    await clock.advance(1);
    expect((await patient).status).toBe(200);
    expect(written(sandbox, conversationId).map(([, text]) => text).slice(-2).toSorted()).toEqual(["Nobody waits for it", "Somebody waits for it"]);
  },
  async "genesys-read-back"(sandbox) {
    const { conversationId, messageId } = sandbox.chat({ text: "hello" });
    const token = await genesysToken(sandbox);
    for (const status of [403, 429, 500]) {
      sandbox.setFault("genesys-read-back", status);
      for (const path of [conversationId, `${conversationId}/messages/${messageId}`]) {
        expect(await callGenesys(sandbox, path, undefined, token)).toMatchObject({ status, body: { status } });
      }
    }
    sandbox.setFault("genesys-read-back", "timeout");
    const before = sandbox.stats().readBackRequests;
    const giveUp = new AbortController();
    const waiting = callGenesys(sandbox, conversationId, undefined, token, giveUp.signal);
    await until(() => sandbox.stats().readBackRequests === before + 1);
    expect((await answer(sandbox, conversationId, "Replies go on", token)).status).toBe(200);
    giveUp.abort();
    await expect(waiting).rejects.toThrow("abort");
  },
  async "genesys-rate-limit"(sandbox, clock) {
    const { conversationId } = sandbox.chat({ text: "hello" });
    const token = await genesysToken(sandbox);
    await clock.advance(60_000);
    sandbox.setFault("genesys-rate-limit", 3);
    for (let turn = 0; turn < 3; turn += 1) {
      expect((await callGenesys(sandbox, conversationId, undefined, token)).status).toBe(200);
      await clock.advance(10_000);
    }
    for (const request of [answer(sandbox, conversationId, "Good day", token), callGenesys(sandbox, `${conversationId}/communications/${conversationId}/typing`, {}, token)]) {
      const refused = await request;
      expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "30"]);
    }
    await clock.advance(30_000);
    expect((await answer(sandbox, conversationId, "Good day", token)).status).toBe(200);
    expect((await answer(sandbox, conversationId, "Good day", token)).status).toBe(429);
    // The usual one, without a number.
    await clock.advance(60_000);
    sandbox.setFault("genesys-rate-limit", "on");
    const statuses: number[] = [];
    for (let turn = 0; turn < 301; turn += 1) statuses.push((await callGenesys(sandbox, `${conversationId}/messages/none`, undefined, token)).status);
    expect(statuses.filter((status) => status === 429)).toHaveLength(1);
    expect(statuses.at(-1)).toBe(429);
    sandbox.setFault("genesys-rate-limit", null);
    await clock.advance(60_000);
  },
};

function refusesAShare(name: "genesys-reply-400" | "genesys-reply-500", status: number): FaultProof {
  return async (sandbox) => {
    const { conversationId } = sandbox.chat({ text: "hello" });
    const token = await genesysToken(sandbox);
    const before = sandbox.stats().repliesTaken;
    sandbox.setFault(name, 0.4);
    const statuses: number[] = [];
    for (let turn = 0; turn < MANY; turn += 1) statuses.push((await answer(sandbox, conversationId, "Good day", token)).status);
    expect(new Set(statuses)).toEqual(new Set([200, status]));
    expectShare(statuses.filter((one) => one === status).length, 0.4);
    expect(sandbox.stats().repliesTaken - before).toBe(statuses.filter((one) => one === 200).length);
  };
}

/** A subscriber that has heard many lines. */
async function sayMany(sandbox: Sandbox): Promise<EventClient> {
  const client = await subscribeEvents(sandbox);
  for (let line = 0; line < MANY; line += 1) sandbox.chat({ text: `line ${String(line)}` });
  await client.heard();
  return client;
}

/** The numbers of the sandbox are drawn by a fixed rule, so this comes out the same each time. */
function expectShare(count: number, share: number): void {
  expect(count / MANY).toBeGreaterThan(share - 0.12);
  expect(count / MANY).toBeLessThan(share + 0.12);
}
