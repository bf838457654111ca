import { expect } from "vitest";
import type { dialogFaultTable } from "../../electron/sandbox/dialog-fault-rows.ts";
import { until } from "../support/until.ts";
import type { FaultProof } from "./fault-proof.ts";
import { answer, askBot } from "./genesys-client.ts";

export type DialogFaultName = keyof typeof dialogFaultTable;

const MANY = 200;

/** What each fault of the dialog endpoint does on the wire. Around it, everything is as it should be. */
export const dialogProofs: Record<DialogFaultName, FaultProof> = {
  async "dialog-latency"(sandbox, clock) {
    sandbox.setFault("dialog-latency", 4_000);
    const { dialogTurns } = sandbox.stats();
    const slow = { done: false };
    const asked = askBot(sandbox).then((reply) => {
      slow.done = true;
      return reply;
    });
    await until(() => sandbox.stats().dialogTurns === dialogTurns + 1, "the bot thinks");
    await clock.advance(3_999);
    expect(slow.done).toBe(false);
    await clock.advance(1);
    expect((await asked).status).toBe(200);
  },
  async "dialog-429"(sandbox) {
    sandbox.setFault("dialog-429", 9);
    const refused = await askBot(sandbox);
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "9"]);
  },
  async "dialog-500"(sandbox) {
    const { dialogTurns } = sandbox.stats();
    sandbox.setFault("dialog-500", 0.3);
    const statuses: number[] = [];
    for (let turn = 0; turn < MANY; turn += 1) statuses.push((await askBot(sandbox)).status);
    expect(new Set(statuses)).toEqual(new Set([200, 500]));
    const failed = statuses.filter((status) => status === 500).length;
    expect(failed / MANY).toBeGreaterThan(0.18);
    expect(failed / MANY).toBeLessThan(0.42);
    expect(sandbox.stats().dialogTurns - dialogTurns).toBe(MANY - failed);
  },
  async "dialog-timeout"(sandbox) {
    sandbox.setFault("dialog-timeout", 1);
    const { dialogRequests, dialogTurns } = sandbox.stats();
    const waiting = { done: false };
    void askBot(sandbox).catch(() => null).finally(() => {
      waiting.done = true;
    });
    await until(() => sandbox.stats().dialogRequests === dialogRequests + 1);
    const { conversationId } = sandbox.chat({ text: "meanwhile" });
    expect((await answer(sandbox, conversationId, "Genesys is well")).status).toBe(200);
    expect([waiting.done, sandbox.stats().dialogTurns]).toEqual([false, dialogTurns]);
  },
  async "dialog-lost"(sandbox) {
    const key = { "idempotency-key": "lost-1" };
    await askBot(sandbox, { userId: "lost", message: "my shop card is blocked" });
    const { dialogTurns } = sandbox.stats();
    sandbox.setFault("dialog-lost", 1);
    await expect(askBot(sandbox, { userId: "lost", message: "it ends in 4417" }, key)).rejects.toThrow("fetch failed");
    expect(sandbox.stats().dialogTurns).toBe(dialogTurns + 1);
    sandbox.setFault("dialog-lost", null);
    // What was said then is said again to the same key.
    expect(String((await askBot(sandbox, { userId: "lost", message: "it ends in 4417" }, key)).body["response"])).toContain("card ending in 4417");
    expect(sandbox.stats().dialogTurns).toBe(dialogTurns + 1);
  },
  async "dialog-key"(sandbox) {
    for (const status of [401, 403]) {
      sandbox.setFault("dialog-key", status);
      expect((await askBot(sandbox)).status).toBe(status);
    }
  },
  async "dialog-answer"(sandbox) {
    for (const [value, body] of [
      ["missing", {}],
      ["empty", { response: "" }],
      ["array", { response: [expect.any(String)] }],
      ["object", { response: { text: expect.any(String) as unknown } }],
      ["number", { response: 42 }],
      ["null", { response: null }],
      ["long", { response: expect.stringMatching(/^[^\n]{20000}$/) as unknown }],
    ] as const) {
      sandbox.setFault("dialog-answer", value);
      expect(await askBot(sandbox)).toMatchObject({ status: 200, body });
      expect(Object.keys((await askBot(sandbox)).body)).toEqual(Object.keys(body));
    }
  },
  async "dialog-html"(sandbox) {
    sandbox.setFault("dialog-html", "on");
    const said = String((await askBot(sandbox)).body["response"]);
    expect(said).toContain("<script>");
    expect(said).toContain("\u0007");
    expect(said).toMatch(/^Hello and welcome/);
  },
};
