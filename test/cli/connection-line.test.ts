import { expect, test } from "vitest";
import { connectionLine } from "../../electron/cli/connection-line.ts";
import type { ConnectionState } from "../../shared/connection.ts";

const fault = { kind: "transport", code: "socket-abnormal", detail: "no close frame", closeCode: 1006 } as const;

test("a lost one tells code, reason and when the next attempt is", () => {
  const line = connectionLine("stream", { kind: "reconnecting", since: 0, attempt: 2, retryAt: 5_400, fault }, 1_000);
  expect(line.event).toBe("connection");
  expect(line.fields).toStrictEqual({ name: "stream", state: "reconnecting", code: 1006, reason: "no close frame", retryInMs: 4_400 });
  expect(line.human).toContain("Next attempt in 4.4 s");
});

test("an attempt that is overdue is due now, not in the past", () => {
  expect(connectionLine("stream", { kind: "reconnecting", since: 0, attempt: 2, retryAt: 500, fault }, 1_000).fields).toMatchObject({ retryInMs: 0 });
});

test("a refused one tells the HTTP status, and a person what to do", () => {
  const refused = { kind: "refused", code: "forbidden", detail: "scope streaming:subscribe", status: 403 } as const;
  const line = connectionLine("stream", { kind: "rejected", since: 0, fault: refused }, 0);
  expect(line.fields).toStrictEqual({ name: "stream", state: "rejected", code: 403, reason: "scope streaming:subscribe" });
  expect(line.human).toMatch(/^stream: refused\. The platform denies access\. .*streaming:subscribe.*administrator/);
});

test("a fault without a code of the wire has none in its line", () => {
  const offline = { kind: "transport", code: "network", detail: "x.example: refused" } as const;
  expect(connectionLine("bridge", { kind: "reconnecting", since: 0, attempt: 1, retryAt: 0, fault: offline }, 0).fields).not.toHaveProperty("code");
});

test.each([
  [{ cause: "pong-late", detail: "a heartbeat is not answered yet" }, "tunnel: open, but a heartbeat is not answered yet"],
  [{ cause: "channel-unavailable", detail: "draining" }, "tunnel: open, but the runtime says that the channel is draining"],
  [{ cause: "probe-unanswered", detail: "no answer within 10000 ms" }, "tunnel: open, but no answer within 10000 ms"],
] as const)("a degraded one never claims to be connected: %j", (doubt, human) => {
  const line = connectionLine("tunnel", { kind: "degraded", since: 0, connectedSince: 0, ...doubt }, 0);
  expect(line).toStrictEqual({ event: "connection", fields: { name: "tunnel", state: "degraded", cause: doubt.cause, reason: doubt.detail }, human });
});

test.each([
  [{ kind: "idle" }, "idle"],
  [{ kind: "validating", since: 0, attempt: 0 }, "asking the platform about the bot"],
  [{ kind: "connecting", since: 0, attempt: 0 }, "connecting"],
  [{ kind: "connected", since: 0 }, "connected"],
  [{ kind: "checking", since: 0, connectedSince: 0 }, "open, but silent; waiting for an answer"],
  [{ kind: "closed", since: 0 }, "closed"],
] as const satisfies readonly (readonly [ConnectionState, string])[])("any other tells its state alone: %j", (state, words) => {
  expect(connectionLine("tunnel", state, 0)).toStrictEqual({ event: "connection", fields: { name: "tunnel", state: state.kind }, human: `tunnel: ${words}` });
});
