import { describe, expect, it } from "vitest";
import { createAskQueue, type AskJob } from "../../electron/assist/ask-queue.ts";
import type { AskReply, SuggestRequest } from "../../electron/assist/suggest-api.ts";
import type { Fault } from "../../shared/fault.ts";
import { err, ok, type Result } from "../../shared/result.ts";

interface Sent {
  readonly request: SuggestRequest;
  readonly budgetMs: number;
  readonly signal: AbortSignal;
  reply(result: Result<AskReply, Fault>): Promise<void>;
}

function setUp(limit = 8) {
  const sent: Sent[] = [];
  const heard: string[] = [];
  const received: string[] = [];
  const queue = createAskQueue({
    limit,
    monotonic: () => 1_000,
    received: (key) => received.push(key),
    ask: (request, { budgetMs, signal }) =>
      new Promise((resolve) => {
        sent.push({
          request,
          budgetMs,
          signal,
          async reply(result) {
            resolve(result);
            for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
          },
        });
      }),
  });
  const job = (interactionId: string, transcript: string, key = `${interactionId}:${transcript}`): AskJob => ({
    interactionId,
    key,
    request: { interactionId, transcript, sentimentScore: 0, context: {} },
    deadlineMs: 6_000,
    answered: (reply) => heard.push(`${transcript} ${reply.ok ? "answered" : reply.error.code}`),
    superseded: () => heard.push(`${transcript} superseded`),
  });
  return { queue, sent, heard, received, job };
}

const answer: Result<AskReply, Fault> = ok({ items: [], upstreamMs: 1 });
const failure: Result<AskReply, Fault> = err({ kind: "transport", code: "timeout", detail: "late" });

describe("the ask queue", () => {
  it("sends one request of an interaction at a time and keeps only the newest that waits", async () => {
    const { queue, sent, heard, job } = setUp();
    for (const transcript of ["one", "two", "three"]) queue.submit(job("a", transcript));
    expect(sent.map((one) => one.request.transcript)).toEqual(["one"]);
    expect(heard).toEqual(["two superseded"]);
    await sent[0]?.reply(answer);
    expect(sent.map((one) => one.request.transcript)).toEqual(["one", "three"]);
    await sent[1]?.reply(answer);
    expect(heard).toEqual(["two superseded", "one answered", "three answered"]);
    await queue[Symbol.asyncDispose]();
  });

  it("never lets one interaction wait for another's request below the bound", async () => {
    const { queue, sent, job } = setUp();
    queue.submit(job("a", "slow"));
    queue.submit(job("b", "quick"));
    expect(sent.map((one) => one.request.transcript)).toEqual(["slow", "quick"]);
    for (const one of sent) void one.reply(answer);
    await queue[Symbol.asyncDispose]();
  });

  it("holds lanes back at the bound, lets the longest waiting go first, and supersedes what waits there", async () => {
    const { queue, sent, heard, job } = setUp(1);
    queue.submit(job("a", "first"));
    queue.submit(job("b", "second"));
    queue.submit(job("c", "third"));
    queue.submit(job("b", "second again"));
    expect(heard).toEqual(["second superseded"]);
    await sent[0]?.reply(answer);
    expect(sent.map((one) => one.request.transcript)).toEqual(["first", "third"]);
    await sent[1]?.reply(answer);
    await sent[2]?.reply(answer);
    expect(heard.slice(1)).toEqual(["first answered", "third answered", "second again answered"]);
    await queue[Symbol.asyncDispose]();
  });

  it("shares one call among requests of one key, across interactions, and tells each", async () => {
    const { queue, sent, heard, received, job } = setUp();
    queue.submit(job("a", "ours", "same"));
    queue.submit(job("b", "theirs", "same"));
    expect(sent).toHaveLength(1);
    await sent[0]?.reply(answer);
    expect(received).toEqual(["same"]);
    expect(heard).toEqual(["ours answered", "theirs answered"]);
    await queue[Symbol.asyncDispose]();
  });

  it("does not offer a failed answer to the cache", async () => {
    const { queue, sent, heard, received, job } = setUp();
    queue.submit(job("a", "one"));
    await sent[0]?.reply(failure);
    expect(heard).toEqual(["one timeout"]);
    expect(received).toEqual([]);
    await queue[Symbol.asyncDispose]();
  });

  it("lets the lane go on beside a call that is overdue", async () => {
    const { queue, sent, heard, job } = setUp();
    const ticket = queue.submit(job("a", "hung"));
    queue.submit(job("a", "next"));
    expect(sent).toHaveLength(1);
    ticket.yieldLane();
    expect(sent.map((one) => one.request.transcript)).toEqual(["hung", "next"]);
    await sent[1]?.reply(answer);
    await sent[0]?.reply(answer);
    expect(heard).toEqual(["next answered", "hung answered"]);
    await queue[Symbol.asyncDispose]();
  });

  it("never sends a job that was abandoned, and says nothing to it", async () => {
    const { queue, sent, heard, job } = setUp();
    queue.submit(job("a", "one"));
    queue.submit(job("a", "two")).abandon();
    await sent[0]?.reply(answer);
    expect(sent).toHaveLength(1);
    expect(heard).toEqual(["one answered"]);
    await queue[Symbol.asyncDispose]();
  });

  it("gives a request what is left of its budget", async () => {
    const { queue, sent, job } = setUp();
    queue.submit(job("a", "one"));
    expect(sent[0]?.budgetMs).toBe(5_000);
    void sent[0]?.reply(answer);
    await queue[Symbol.asyncDispose]();
  });

  it("aborts what runs when it is closed, waits for it, and tells nobody", async () => {
    const { queue, sent, heard, job } = setUp();
    queue.submit(job("a", "one"));
    const closing = queue[Symbol.asyncDispose]();
    expect(sent[0]?.signal.aborted).toBe(true);
    await sent[0]?.reply(failure);
    await closing;
    expect(heard).toEqual([]);
  });
});
