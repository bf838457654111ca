import { expect, test } from "vitest";
import { answerSandboxLine } from "../../electron/cli/sandbox-line.ts";
import { startSandbox } from "../../electron/sandbox/sandbox.ts";
import { createFakeClock } from "../support/fake-clock.ts";

test("a person at the terminal sets and clears faults, and says a line", async () => {
  await using sandbox = await startSandbox({ calls: { kind: "practice" }, clock: createFakeClock(), random: () => 0.5 });
  expect(answerSandboxLine("  fault  latency=250 ", sandbox)).toBe("latency is 250");
  expect(sandbox.faults()).toStrictEqual({ latency: "250" });
  expect(answerSandboxLine("faults", sandbox)).toContain("latency=250");
  expect(answerSandboxLine("fault latency=off", sandbox)).toBe("latency is off");
  expect(sandbox.faults()).toStrictEqual({});
  expect(answerSandboxLine("fault latency=soon", sandbox)).toContain("allowed: milliseconds");
  expect(answerSandboxLine("fault nonsense=1", sandbox)).toContain("latency");
  expect(answerSandboxLine("say I want a refund", sandbox)).toMatch(/^said in \S+$/);
  expect(answerSandboxLine("say", sandbox)).toContain("allowed: say TEXT");
  expect(answerSandboxLine("chat My card is blocked", sandbox)).toBe(`written in ${sandbox.conversations()[0]?.conversationId ?? ""}`);
  expect(sandbox.conversations()[0]?.messages.map(({ author, text }) => [author, text])).toStrictEqual([["customer", "My card is blocked"]]);
  expect(answerSandboxLine("chat", sandbox)).toContain("allowed: chat TEXT");
  expect(answerSandboxLine("quit", sandbox)).toContain("allowed: fault NAME=VALUE");
  expect(answerSandboxLine("", sandbox)).toBeNull();
});
