import { describe, expect, test } from "vitest";
import { createReadBack, MAX_LOOKED_AT } from "../../electron/bridge/read-back.ts";
import type { Search } from "../../electron/bridge/replies.ts";
import { sendJson } from "../support/loopback-http.ts";
import { startScriptedGenesys } from "../support/scripted-genesys.ts";
import { until } from "../support/until.ts";
import { createWatchedClock } from "../support/watched-clock.ts";

const WALL = Date.UTC(2026, 0, 5, 9);
const BASE = "/api/v2/conversations/messages/c1";
const TEXT = "It is on its way.\nAnything else?";
const SEARCH: Search = { conversationId: "c1", text: TEXT, notBefore: WALL, counted: () => false, nameless: false };
const forever = new AbortController().signal;

interface Kept {
  readonly id: string | number;
  /** Ms after the request. */
  readonly at?: number | null;
  readonly text?: unknown;
  readonly direction?: unknown;
  readonly status?: number;
}

/** A conversation that holds these messages. */
async function conversationOf(kept: readonly Kept[]) {
  const platform = await startScriptedGenesys();
  const clock = createWatchedClock(WALL);
  const reference = ({ id, at = 1_000 }: Kept) => ({ messageId: id, ...(at === null ? {} : { messageTime: new Date(WALL + at).toISOString() }) });
  // By turns the customer's and the agent's: a reply is looked for among all.
  platform.on("GET", BASE, (_request, response) => {
    const participants = [0, 1].map((turn) => ({ purpose: "x", messages: kept.filter((_one, index) => index % 2 === turn).map(reference) }));
    sendJson(response, 200, { id: "c1", participants: [...participants, { purpose: "acd" }, { purpose: "bot", messages: null }] });
  });
  for (const { id, text = TEXT, direction = "outbound", status = 200 } of kept) {
    platform.on("GET", `${BASE}/messages/${id}`, (_request, response) => {
      sendJson(response, status, status === 200 ? { id, textBody: text, direction } : { message: TEXT, code: "some.code", status });
    });
  }
  const readBack = createReadBack({ fetch: globalThis.fetch, clock, random: () => 0.5, apiUrl: `${platform.apiUrl}//` });
  const looked = (): readonly string[] => platform.calls.slice(1).map(({ path }) => path.slice(`${BASE}/messages/`.length));
  return { platform, clock, readBack, looked };
}

describe("a reply is found", () => {
  test.each([
    ["as it was sent", TEXT, "outbound"],
    ["with other line ends and white space", `  ${TEXT.replace("\n", "\r\n ")}\n`, "OUTBOUND"],
    ["with control characters that the platform did not keep", `\u0000${TEXT}`, "Outbound"],
  ])("%s", async (_what, text, direction) => {
    const { readBack } = await conversationOf([{ id: "r1", text, direction }]);
    await expect(readBack({ ...SEARCH, text: `${TEXT}\u0007` }, forever)).resolves.toEqual({ ok: true, value: "r1" });
  });

  test("with letters composed in another way", async () => {
    const { readBack } = await conversationOf([{ id: "r1", text: "Gru\u0308\u00dfe" }]);
    await expect(readBack({ ...SEARCH, text: "Gr\u00fc\u00dfe" }, forever)).resolves.toEqual({ ok: true, value: "r1" });
  });

  test.each([
    ["a number", 17, "17"],
    ["signs that an address must not show", "r/1", "r/1"],
  ])("under an id with %s", async (_what, id, found) => {
    const { platform, readBack } = await conversationOf([{ id }]);
    platform.on("GET", `${BASE}/messages/r%2F1`, (_request, response) => {
      sendJson(response, 200, { textBody: TEXT, direction: "outbound" });
    });
    await expect(readBack(SEARCH, forever)).resolves.toEqual({ ok: true, value: found });
  });

  test.each([["a little earlier by the platform's clock", -59_000], ["long after", 3_600_000], ["at no time that is told", null]])("where it was written %s", async (_what, at) => {
    const { readBack } = await conversationOf([{ id: "r1", at }]);
    await expect(readBack(SEARCH, forever)).resolves.toEqual({ ok: true, value: "r1" });
  });

  test("where the platform's clock is an hour behind ours, as its answers say", async () => {
    const { platform, readBack } = await conversationOf([{ id: "r1" }]);
    platform.on("GET", BASE, (_request, response) => {
      response.setHeader("date", new Date(WALL - 3_600_000).toUTCString());
      sendJson(response, 200, { participants: [{ messages: [{ messageId: "r1", messageTime: new Date(WALL - 3_599_000).toISOString() }] }] });
    });
    await expect(readBack(SEARCH, forever)).resolves.toEqual({ ok: true, value: "r1" });
  });

  test("without looking at more than it takes: those nearest to the request come first", async () => {
    const { readBack, looked } = await conversationOf([
      { id: "old", at: -50_000, text: "other" },
      { id: "r1", at: 900 },
      { id: "late", at: 40_000, text: "other" },
      { id: "near", at: 100, text: "other" },
      { id: "timeless", at: null, text: "other" },
    ]);
    await expect(readBack(SEARCH, forever)).resolves.toEqual({ ok: true, value: "r1" });
    expect(looked()).toEqual(["near", "r1"]);
  });
});

describe("a reply is not there", () => {
  test.each([
    ["the conversation is empty", []],
    ["other words stand there", [{ id: "x", text: "It is on its way." }]],
    ["a customer wrote the same", [{ id: "x", direction: "inbound" }, { id: "y", direction: "INBOUND" }]],
    ["the same words are older than the request", [{ id: "x", at: -60_001 }]],
    ["a message is a picture, or has no text that is text", [{ id: "x", text: 0 }, { id: "y", text: null }, { id: "z", text: [TEXT] }]],
    ["a message was deleted in between", [{ id: "x", status: 404 }, { id: "y", text: "other" }]],
  ] satisfies [string, Kept[]][])("where %s", async (_what, kept) => {
    const { readBack } = await conversationOf(kept);
    await expect(readBack(SEARCH, forever)).resolves.toEqual({ ok: true, value: null });
  });

  test("where the same words are another reply of ours, which is not even looked at", async () => {
    const { readBack, looked } = await conversationOf([{ id: "other-reply" }]);
    await expect(readBack({ ...SEARCH, counted: (id) => id === "other-reply" }, forever)).resolves.toEqual({ ok: true, value: null });
    expect(looked()).toEqual([]);
  });

  test("where as many messages as are looked at say so, each of them looked at once", async () => {
    const { readBack, looked } = await conversationOf(Array.from({ length: MAX_LOOKED_AT }, (_, index) => ({ id: `x${index}`, text: "other" })));
    await expect(readBack(SEARCH, forever)).resolves.toEqual({ ok: true, value: null });
    expect(new Set(looked()).size).toBe(MAX_LOOKED_AT);
    expect(looked()).toHaveLength(MAX_LOOKED_AT);
  });
});

describe("nobody can say", () => {
  test.each([401, 403, 404, 500])("where the conversation is refused with %d", async (status) => {
    const { platform, readBack } = await conversationOf([{ id: "r1" }]);
    platform.on("GET", BASE, (_request, response) => {
      sendJson(response, status, { message: TEXT, code: "some.code", status });
    });
    const result = await readBack(SEARCH, forever);
    expect(result).toMatchObject({ ok: false, error: { status, detail: expect.stringContaining("some.code") } });
    expect(JSON.stringify(result)).not.toContain("on its way");
    expect(platform.calls).toHaveLength(1);
  });

  test.each([403, 429, 500])("where a message is refused with %d", async (status) => {
    const { readBack } = await conversationOf([{ id: "x", at: 0, status }, { id: "y", at: 10, text: "other" }]);
    await expect(readBack(SEARCH, forever)).resolves.toMatchObject({ ok: false, error: { status } });
  });

  test.each([
    ["participants are missing", {}],
    ["participants are no list", { participants: {} }],
    ["messages are no list", { participants: [{ messages: { messageId: "r1" } }] }],
    ["a message has no id", { participants: [{ messages: [{ messageTime: "2026-01-05T09:00:00Z" }] }] }],
    ["an id leads elsewhere", { participants: [{ messages: [{ messageId: ".." }] }] }],
    ["it is a list", []],
  ])("where the conversation cannot be read: %s", async (_what, body) => {
    const { platform, readBack } = await conversationOf([]);
    platform.on("GET", BASE, (_request, response) => {
      sendJson(response, 200, body);
    });
    await expect(readBack(SEARCH, forever)).resolves.toMatchObject({ ok: false, error: { kind: "contract", code: "malformed-reply" } });
  });

  test.each([undefined, null, 7, "sideways"])("where a message with the reply's words has the direction %j", async (direction) => {
    const { platform, readBack } = await conversationOf([{ id: "x" }]);
    platform.on("GET", `${BASE}/messages/x`, (_request, response) => {
      sendJson(response, 200, { textBody: TEXT, direction });
    });
    await expect(readBack(SEARCH, forever)).resolves.toMatchObject({ ok: false, error: { code: "malformed-reply" } });
  });

  test("where another reply of ours had the same words, and its id is not known: but that it is not there is sure", async () => {
    const found = await conversationOf([{ id: "x" }]);
    await expect(found.readBack({ ...SEARCH, nameless: true }, forever)).resolves.toMatchObject({ ok: false, error: { code: "malformed-reply" } });
    const absent = await conversationOf([{ id: "x", text: "other" }]);
    await expect(absent.readBack({ ...SEARCH, nameless: true }, forever)).resolves.toEqual({ ok: true, value: null });
  });

  test("where more messages may be the reply than are looked at: that it is not among them proves nothing", async () => {
    const { readBack, looked } = await conversationOf(Array.from({ length: MAX_LOOKED_AT + 1 }, (_, index) => ({ id: `x${index}`, text: "other" })));
    const result = await readBack(SEARCH, forever);
    expect(result).toMatchObject({ ok: false, error: { code: "malformed-reply", detail: expect.stringContaining(String(MAX_LOOKED_AT)) } });
    expect(looked()).toHaveLength(MAX_LOOKED_AT);
  });

  test("where no answer comes within 5 s, or the whole takes longer than 30 s", async () => {
    const { platform, clock, readBack } = await conversationOf(Array.from({ length: 20 }, (_, index) => ({ id: `x${index}`, text: "other" })));
    for (let index = 0; index < 20; index += 1) {
      platform.on("GET", `${BASE}/messages/x${index}`, (_request, response) => {
        void (async () => {
          await clock.advance(4_000);
          sendJson(response, 200, { textBody: "other", direction: "inbound" });
        })();
      });
    }
    await expect(readBack(SEARCH, forever)).resolves.toMatchObject({ ok: false, error: { code: "timeout" } });
    expect(platform.calls.length).toBeLessThanOrEqual(9);
    platform.on("GET", BASE, () => {});
    const seen = platform.calls.length;
    const slow = readBack(SEARCH, forever);
    await until(() => platform.calls.length > seen);
    await clock.pass(5_000);
    await expect(slow).resolves.toMatchObject({ ok: false, error: { code: "timeout" } });
    expect(clock.pending()).toBe(0);
  });

  test("where it is given up", async () => {
    const { platform, readBack } = await conversationOf([]);
    platform.on("GET", BASE, () => {});
    const controller = new AbortController();
    const reading = readBack(SEARCH, controller.signal);
    await until(() => platform.calls.length === 1);
    controller.abort();
    await expect(reading).resolves.toMatchObject({ ok: false, error: { code: "aborted" } });
  });

  test("where the conversation's id cannot stand in an address", async () => {
    const { platform, readBack } = await conversationOf([]);
    await expect(readBack({ ...SEARCH, conversationId: ".." }, forever)).resolves.toMatchObject({ ok: false, error: { code: "invalid-input" } });
    expect(platform.calls).toEqual([]);
  });
});
