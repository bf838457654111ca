import { describe, expect, test } from "vitest";
import { createChatBot } from "../../electron/sandbox/chat-bot.ts";
import { createCustomers } from "../../electron/sandbox/customers.ts";
import { practiceChats } from "../../electron/sandbox/practice-chats.ts";
import { startSandbox } from "../../electron/sandbox/sandbox.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { answer, askBot, subscribeEvents, written } from "./genesys-client.ts";
import { practice } from "./sandbox-client.ts";

const NOT_UNDERSTOOD = "I did not quite get that";

describe("the bot of the practice chats", () => {
  const answersTo = (id: string): readonly string[] => {
    const bot = createChatBot();
    return (practiceChats.find((chat) => chat.id === id)?.lines ?? []).map((line) => bot.answer(id, line).text);
  };

  test("sees each matter through to its end", () => {
    expect(answersTo("blocked-card")).toEqual([
      expect.stringContaining("last four digits"),
      expect.stringContaining("the card ending in 4417. What does it say?"),
      expect.stringContaining("The card ending in 4417"),
      expect.stringContaining("Have a good day"),
    ]);
    expect(answersTo("late-refund")[2]).toContain("refund for order ORD-20884");
    expect(answersTo("moving-house").slice(1, 4)).toEqual([
      expect.stringContaining("amara.nwosu@post.example"),
      expect.stringContaining("What is the new address?"),
      expect.stringContaining("12 Harbour Lane"),
    ]);
    expect(answersTo("where-is-it")[2]).toContain("friday");
    expect(answersTo("wants-a-person")[0]).toContain("connecting you with a colleague");
  });

  test("promises once what it should not, and the practice configuration holds that back", async () => {
    const { sandbox } = await practice();
    await using _ = sandbox;
    const promises = practiceChats.flatMap((chat) => answersTo(chat.id)).filter((text) => text.includes("guaranteed approval"));
    expect(promises).toHaveLength(1);
    expect(answersTo("declined-again")[0]).toBe(promises[0]);
    expect(sandbox.config().bridge.prohibitedPhrases).toEqual(["guaranteed approval"]);
  });

  test("understands every first line, and leaves no gap in what it says", () => {
    for (const chat of practiceChats) {
      expect(answersTo(chat.id)[0]).not.toContain(NOT_UNDERSTOOD);
      for (const text of answersTo(chat.id)) expect(text).toMatch(/^[^{}]{10,400}$/);
    }
  });

  test("says the same to the same dialogue, and is not confused by another beside it", () => {
    const lines = practiceChats[0]?.lines ?? [];
    const bot = createChatBot();
    const alone = lines.map((line) => bot.answer("a", line).text);
    const beside = lines.map((line) => {
      bot.answer("c", "My order ORD-77 is late, deliver it on Friday to 3 Mill Road");
      return bot.answer("b", line).text;
    });
    expect(beside).toEqual(alone);
  });

  test("changes the subject when its customer does", () => {
    const bot = createChatBot();
    expect(bot.answer("a", "my shop card is blocked").text).toContain("four digits");
    expect(bot.answer("a", "actually, what are your opening hours in Berlin").text).toContain("Berlin");
    expect(bot.answer("a", "mumble mumble").text).toContain(NOT_UNDERSTOOD);
  });

  test.each(["", " ", "{card}", "\u0000\u0007", "<b>bold</b>", "constructor", "ends in 12345", "🙂".repeat(600_000)])("has an answer to %o", (text) => {
    expect(createChatBot().answer("a", text).text).not.toBe("");
  });
});

describe("customers", () => {
  const setUp = (change: { readonly lines?: number; readonly speed?: number; readonly loop?: boolean } = {}) => {
    const clock = createFakeClock();
    const log: string[] = [];
    let begun = 0;
    const customers = createCustomers({
      chats: [
        { id: "a", customerName: "Ada", lines: ["a1", "a2"] },
        { id: "b", customerName: "Bo", lines: ["b1"] },
      ],
      lines: 1,
      speed: 1,
      loop: false,
      ...change,
      clock,
      begin: (chat) => {
        begun += 1;
        log.push(`begin ${chat.id}`);
        return `${chat.id}-${String(begun)}`;
      },
      say: (id, text) => log.push(`${id}: ${text}`),
      end: (id) => log.push(`end ${id}`),
    });
    return { clock, log, customers };
  };

  test("say each line after an answer to the one before, then leave, and the next one comes", async () => {
    const { clock, log, customers } = setUp();
    await clock.advance(100_000);
    expect(log).toEqual([]);
    customers.start();
    customers.start();
    await clock.advance(1_500);
    expect(log).toEqual(["begin a", "a-1: a1"]);
    await clock.advance(50_000);
    expect(log).toHaveLength(2);
    customers.answered("elsewhere", "not to her");
    customers.answered("a-1", "Good day");
    // A second answer before she has written does not hurry her.
    await clock.advance(1_000);
    customers.answered("a-1", "Are you still there?");
    await clock.advance(499);
    expect(log).toHaveLength(2);
    await clock.advance(1);
    expect(log.slice(2)).toEqual(["a-1: a2"]);
    customers.answered("a-1", "Goodbye");
    await clock.advance(1_500);
    expect(log.slice(3)).toEqual(["end a-1"]);
    await clock.advance(6_500);
    expect(log.slice(4)).toEqual(["begin b", "b-2: b1"]);
    customers.answered("b-2", "Goodbye");
    await clock.advance(600_000);
    expect(log.slice(6)).toEqual(["end b-2"]);
    expect([customers.open(), clock.pending()]).toEqual([0, 0]);
  });

  test("take longer over a long answer and a long line, up to a bound", async () => {
    const { clock, log, customers } = setUp();
    customers.start();
    await clock.advance(1_500);
    customers.answered("a-1", "x".repeat(5_000));
    await clock.advance(11_999);
    expect(log).toHaveLength(2);
    await clock.advance(1);
    expect(log).toHaveLength(3);
  });

  test("ask whether anybody is there, and leave when nobody is", async () => {
    const { clock, log, customers } = setUp();
    customers.start();
    await clock.advance(1_500 + 60_000);
    expect(log.slice(2)).toEqual(["a-1: Hello? Is anybody there?"]);
    await clock.advance(180_000);
    expect(log.slice(3)).toEqual(["end a-1"]);
  });

  test("go on where somebody answers their asking", async () => {
    const { clock, log, customers } = setUp();
    customers.start();
    await clock.advance(1_500 + 60_000);
    customers.answered("a-1", "Yes, sorry");
    await clock.advance(1_500);
    expect(log.slice(3)).toEqual(["a-1: a2"]);
  });

  test("come in greater number, one after the other, and faster", async () => {
    const { clock, log, customers } = setUp({ lines: 2, speed: 10 });
    customers.start();
    await clock.advance(150);
    expect(log).toEqual(["begin a", "a-1: a1"]);
    await clock.advance(250);
    expect(log.slice(2)).toEqual(["begin b"]);
    await clock.advance(150);
    expect(customers.open()).toBe(2);
    customers.answered("a-1", "Good day");
    await clock.advance(150);
    expect(log.slice(4)).toEqual(["a-1: a2"]);
    // Nobody is less patient for it.
    await clock.advance(50_000);
    expect(log).toHaveLength(5);
  });

  test("begin again at the end of the list, in conversations of their own", async () => {
    const { clock, log, customers } = setUp({ loop: true });
    customers.start();
    for (const id of ["a-1", "a-1", "b-2", "a-3", "a-3", "b-4"]) {
      await clock.advance(8_000);
      customers.answered(id, "Good day");
    }
    await clock.advance(8_000);
    expect(log.filter((line) => line.startsWith("begin"))).toEqual(["begin a", "begin b", "begin a", "begin b", "begin a"]);
    customers[Symbol.dispose]();
    expect([customers.open(), clock.pending()]).toEqual([0, 0]);
  });

  test("do not come where none are wanted", async () => {
    const { clock, log, customers } = setUp({ lines: 0 });
    customers.start();
    await clock.advance(600_000);
    expect(log).toEqual([]);
  });
});

describe("practice chats in the sandbox", () => {
  test("begin when the first bridge has subscribed, and go on as they are answered", async () => {
    const { sandbox, clock } = await practice({ speed: 100 });
    await using _ = sandbox;
    await clock.advance(60_000);
    expect(sandbox.conversations()).toEqual([]);
    await using client = await subscribeEvents(sandbox);
    const seen: string[] = [];
    for (let turn = 0; seen.length < 4; turn += 1) {
      await clock.advance(150);
      await client.heard();
      const next = client.events().filter((event) => event.eventData["direction"] === "inbound").at(seen.length)?.eventData;
      if (next === undefined) throw new Error(`nothing came at turn ${String(turn)}`);
      seen.push(String(next["body"]));
      const { body } = await askBot(sandbox, { userId: next["conversationId"], message: next["body"] });
      expect((await answer(sandbox, String(next["conversationId"]), String(body["response"]))).status).toBe(200);
    }
    expect(seen).toEqual(practiceChats[0]?.lines);
    expect(written(sandbox).map(([author]) => author)).toEqual(Array.from({ length: 8 }, (_, at) => (at % 2 === 0 ? "customer" : "reply")));
    expect(sandbox.conversations()).toMatchObject([{ customerName: "Leonie Falk", agentId: "practice-agent", status: "active" }]);
    await clock.advance(120);
    expect(sandbox.conversations()).toMatchObject([{ status: "ended" }, { customerName: "Tomasz Brandt", status: "active" }]);
  });

  test.each([-1, 51, 1.5, Number.NaN])("chats: %d is refused", async (chats) => {
    await expect(startSandbox({ calls: { kind: "practice" }, chats, clock: createFakeClock(), random: () => 0.5 })).rejects.toThrow(`chats: found ${String(chats)}, allowed: 0 to 50`);
  });

  test("leave no timer behind when the sandbox closes", async () => {
    const { sandbox, clock } = await practice({ chats: 3 });
    const client = await subscribeEvents(sandbox);
    await clock.advance(20_000);
    expect(sandbox.stats().openChats).toBe(3);
    await client[Symbol.asyncDispose]();
    await sandbox[Symbol.asyncDispose]();
    expect(clock.pending()).toBe(0);
  });
});
