import { describe, expect, test } from "vitest";
import { watchCheck, type CheckWatch, type Outcome } from "../../electron/cli/tunnel-check.ts";
import { tunnelVerdict } from "../../electron/cli/tunnel-verdict.ts";
import type { ConnectionState } from "../../shared/connection.ts";
import { faultCodes, type Fault } from "../../shared/fault.ts";

const timestamp = "2026-01-05T09:00:00.000Z";
const dropped: Fault = { kind: "transport", code: "socket-abnormal", detail: "no close frame", closeCode: 1006 };
const inactive: Fault = { kind: "refused", code: "bot-inactive", detail: 'bot "b1" has the status "paused"' };

/** What is known after `play`, or null while nothing is. */
async function outcomeOf(play: (watch: CheckWatch) => void): Promise<Outcome | null> {
  const watch = watchCheck();
  play(watch);
  return Promise.race([watch.outcome, Promise.resolve(null)]);
}

const state = ({ onConnection }: CheckWatch, next: ConnectionState): void => {
  onConnection("tunnel", next);
};
const establish = (watch: CheckWatch): void => {
  state(watch, { kind: "validating", since: 0, attempt: 0 });
  state(watch, { kind: "connecting", since: 0, attempt: 0 });
  watch.onTunnel({ event: "tunnel_established", bot_id: "b1", latency_ms: 120, timestamp });
  state(watch, { kind: "connected", since: 0 });
};
const reconnecting = (fault: Fault): ConnectionState => ({ kind: "reconnecting", since: 0, attempt: 1, retryAt: 9, fault });

describe("what a try came to", () => {
  test("a check that finds the channel available: it works", async () => {
    const outcome = await outcomeOf((watch) => {
      establish(watch);
      watch.onTunnel({ event: "heartbeat", latency_ms: 3, timestamp });
      watch.onTunnel({ event: "token_refreshed", bot_id: "b1", timestamp });
      watch.onTunnel({ event: "tunnel_checked", status: "available", latency_ms: 8.06, timestamp });
    });
    expect(outcome).toStrictEqual({ kind: "works", handshakeMs: 120, roundTripMs: 8.06, status: "available" });
  });

  test("nothing is known while it is being established, or while a pong is late", async () => {
    expect(
      await outcomeOf((watch) => {
        establish(watch);
        state(watch, { kind: "degraded", since: 0, connectedSince: 0, cause: "pong-late", detail: "late" });
        state(watch, { kind: "checking", since: 0, connectedSince: 0 });
        watch.onConnection("stream", reconnecting(dropped));
      }),
    ).toBeNull();
  });

  test("the runtime's word on its channel, and the lack of one, decide whichever is told first", async () => {
    const degraded = (cause: "channel-unavailable" | "probe-unanswered", detail: string): ConnectionState => ({ kind: "degraded", since: 0, connectedSince: 0, cause, detail });
    const cases: readonly (readonly [(watch: CheckWatch) => void, Outcome])[] = [
      [(watch) => watch.onTunnel({ event: "channel_unavailable", status: "draining", timestamp }), { kind: "unavailable", status: "draining" }],
      [(watch) => state(watch, degraded("channel-unavailable", "draining")), { kind: "unavailable", status: "draining" }],
      [(watch) => watch.onTunnel({ event: "channel_unavailable", status: "unanswered", timestamp }), { kind: "unanswered" }],
      [(watch) => state(watch, degraded("probe-unanswered", "no answer within 10000 ms")), { kind: "unanswered" }],
    ];
    for (const [tell, outcome] of cases) {
      const found = await outcomeOf((watch) => {
        establish(watch);
        tell(watch);
      });
      expect(found).toStrictEqual(outcome);
    }
  });

  test("a failure before it is established, and one after, are told apart", async () => {
    expect(await outcomeOf((watch) => state(watch, reconnecting(inactive)))).toStrictEqual({ kind: "failed", fault: inactive });
    expect(await outcomeOf((watch) => state(watch, { kind: "rejected", since: 0, fault: inactive }))).toStrictEqual({ kind: "failed", fault: inactive });
    for (const [next, fault] of [
      [reconnecting(dropped), dropped],
      [{ kind: "rejected", since: 0, fault: dropped }, dropped],
      // A new token is tried at once, without a wait in between.
      [{ kind: "validating", since: 0, attempt: 0 }, null],
      [{ kind: "connecting", since: 0, attempt: 0 }, null],
    ] as const) {
      const outcome = await outcomeOf((watch) => {
        establish(watch);
        watch.onTunnel({ event: "tunnel_lost", code: 1006, reason: "", timestamp });
        state(watch, next);
      });
      expect(outcome).toStrictEqual({ kind: "broke", fault });
    }
  });

  test("the first thing that decides it stands", async () => {
    const outcome = await outcomeOf((watch) => {
      establish(watch);
      watch.onTunnel({ event: "channel_unavailable", status: "draining", timestamp });
      watch.onTunnel({ event: "tunnel_checked", status: "available", latency_ms: 1, timestamp });
      state(watch, { kind: "closed", since: 0 });
    });
    expect(outcome).toStrictEqual({ kind: "unavailable", status: "draining" });
  });
});

describe("the verdict", () => {
  test.each<readonly [Outcome, number, string]>([
    [{ kind: "works", handshakeMs: 120.4, roundTripMs: 8.06, status: "available" }, 0, "The tunnel to bot b1 works: handshake 120 ms, round trip 8.1 ms, channel available."],
    [{ kind: "unavailable", status: "draining" }, 1, "The tunnel to bot b1 opens, but the runtime says that its channel is not available: draining."],
    [{ kind: "unanswered" }, 1, "The tunnel to bot b1 opens, but the runtime did not answer the check."],
    [{ kind: "broke", fault: null }, 2, "The tunnel to bot b1 opened, but broke before the check was answered."],
    [{ kind: "stopped" }, 2, "Stopped before it was known whether the tunnel to bot b1 works."],
  ])("%j", (outcome, exitCode, message) => {
    expect(tunnelVerdict(outcome, "b1")).toStrictEqual({ exitCode, message });
  });

  test("says why in the words of the error table", () => {
    const refused = tunnelVerdict({ kind: "failed", fault: inactive }, "b1");
    expect(refused.exitCode).toBe(1);
    expect(refused.message).toMatch(/^The tunnel to bot b1 is refused\. The bot is not active\. .*"paused"/);
    const broke = tunnelVerdict({ kind: "broke", fault: dropped }, "b1");
    expect(broke.exitCode).toBe(2);
    expect(broke.message).toMatch(/opened, but broke before the check was answered\. .*1006/);
    const pause = tunnelVerdict({ kind: "failed", fault: { kind: "refused", code: "rate-limited", detail: "", status: 429, retryAfterMs: 29_400 } }, "b1");
    expect(pause).toMatchObject({ exitCode: 2, message: expect.stringContaining("could not be tried") });
    expect(pause.message).toContain("asked for a pause of 30 s");
  });

  test.each(faultCodes)("%s: one line with what to do, and no promise to try again", (code) => {
    const { message } = tunnelVerdict({ kind: "failed", fault: { kind: "transport", code, detail: "found this" } }, "b1");
    expect(message).toContain("found this");
    expect(message).not.toContain("\n");
    expect(message).not.toMatch(/by itself|Carry on|every minute|tried again|looked at again/);
    expect(message).toMatch(/\.$/);
  });
});
