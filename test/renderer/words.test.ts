import { describe, expect, it } from "vitest";
import { connectionSince, connectionTone, connectionWords } from "../../renderer/panel/connection-words.ts";
import { emptyHint } from "../../renderer/panel/empty-hint.ts";
import { fallbackReason, isAnswerAwaited } from "../../renderer/panel/fallback-words.ts";
import { channelName, fullName, interactionLength, shortName } from "../../renderer/panel/interaction-names.ts";
import { formatAge, formatCountdown, formatDuration, formatElapsed, formatScore } from "../../renderer/ui/format.ts";
import type { Fault } from "../../shared/fault.ts";
import type { Interaction } from "../../shared/interaction.ts";
import { onPageIn } from "../support/catalogues.ts";
import { fixtureSettings, suggestionSet, utterance } from "../support/panel-parts.ts";

const NOW = Date.UTC(2026, 0, 5, 9);
const someone = (extra: Partial<Interaction>): Interaction => ({ id: "i", status: "live", startedAt: NOW, ...extra });

describe("figures", () => {
  it("give lengths as a stopwatch does", () => {
    expect([0, 999, 59_999, 252_000, 3_852_000, -5].map(formatDuration)).toEqual(["0:00", "0:00", "0:59", "4:12", "1:04:12", "0:00"]);
  });

  it("give ages in their largest unit", () => {
    expect([-50, 4_900, 59_999, 60_000, 3_599_999, 7_200_000].map(formatAge)).toEqual(["0 s", "4 s", "59 s", "1 min", "59 min", "2 h"]);
  });

  it("never say that a wait is over before it is", () => {
    expect([4_000, 3_001, 1, 0, -1].map(formatCountdown)).toEqual(["4 s", "4 s", "1 s", "0 s", "0 s"]);
  });

  it("count tenths of a running wait and sign scores with a real minus", () => {
    expect(formatElapsed(440)).toBe("0.4 s");
    expect([-0.52, 0.1, 0, -0.001].map(formatScore)).toEqual(["−0.52", "+0.10", "0.00", "0.00"]);
  });
});

describe("names", () => {
  it.each([
    ["David Johnson", "D. Johnson"],
    ["  Ana  María  López ", "A. López"],
    ["Cher", "Cher"],
    ["émile Zola", "É. Zola"],
    ["𝒜da Lovelace", "𝒜. Lovelace"],
    ["", "Unknown customer"],
  ])("%s is %s on a tab", (customerName, short) => {
    expect(shortName(someone({ customerName }))).toBe(short);
  });

  it("say what is not known", () => {
    expect(fullName(someone({}))).toBe("Unknown customer");
    expect(channelName(someone({}))).toBe("Interaction");
    expect(channelName(someone({ channel: "voice" }))).toBe("Voice call");
    expect(channelName(someone({ channel: "whatsApp" }))).toBe("WhatsApp");
  });

  it("call a channel what the page's language calls it, and one that is not known as it came", async () => {
    const german = await onPageIn("de", () => import("../../renderer/panel/interaction-names.ts"));
    expect(german.channelName(someone({ channel: "voice" }))).toBe("Anruf");
    expect(["chat", "Voice", "sms", "constructor"].map(german.channelLabel)).toEqual(["Chat", "Anruf", "sms", "constructor"]);
  });

  it("stop the clock of an interaction that has ended", () => {
    expect(interactionLength(someone({ status: "ended", endedAt: NOW + 5_000 }), NOW + 60_000)).toBe(5_000);
    expect(interactionLength(someone({}), NOW + 60_000)).toBe(60_000);
    expect(interactionLength(someone({}), NOW - 60_000)).toBe(0);
  });
});

describe("the connection in words", () => {
  const fault: Fault = { kind: "transport", code: "socket-lost", detail: "" };

  it("claims no more than is known", () => {
    expect(connectionWords({ kind: "idle" }, NOW)).toBe("Off");
    expect(connectionWords({ kind: "connecting", since: NOW, attempt: 0 }, NOW)).toBe("Connecting");
    expect(connectionWords({ kind: "connecting", since: NOW, attempt: 2 }, NOW)).toBe("Connecting, attempt 2");
    expect(connectionWords({ kind: "checking", since: NOW - 24_000, connectedSince: 0 }, NOW)).toBe("Checking, silent for 24 s");
    expect(connectionWords({ kind: "reconnecting", since: NOW, attempt: 3, retryAt: NOW, fault }, NOW)).toBe("Reconnecting, attempt 3");
    expect(connectionWords({ kind: "rejected", since: NOW, fault }, NOW)).toBe("Refused");
  });

  it("has green for nothing but a connection that works", () => {
    expect(connectionTone({ kind: "connected", since: NOW })).toBe("ok");
    expect(connectionTone({ kind: "checking", since: NOW, connectedSince: NOW })).toBe("warn");
    expect(connectionTone({ kind: "rejected", since: NOW, fault })).toBe("bad");
    expect(connectionTone({ kind: "closed", since: NOW })).toBe("off");
  });

  it("counts a connection under check from when it was made", () => {
    expect(connectionSince({ kind: "checking", since: 9, connectedSince: 4 })).toBe(4);
    expect(connectionSince({ kind: "idle" })).toBeNull();
  });
});

describe("a fallback in words", () => {
  const spoken = utterance(NOW, 2_000, "customer", "refund");
  const fallback = (fault?: Fault) =>
    suggestionSet("i", spoken, 1, [["text", 0.85, ""]], {
      origin: "fallback",
      latencyMs: 2_000,
      at: NOW,
      ...(fault === undefined ? {} : { fault }),
    }).set;
  const timeout: Fault = { kind: "transport", code: "timeout", detail: "" };
  const broken: Fault = { kind: "transport", code: "server-error", detail: "", status: 500 };

  it("promises the answer only while one may still come", () => {
    expect(isAnswerAwaited(fallback(timeout), NOW + 2_999)).toBe(true);
    expect(isAnswerAwaited(fallback(timeout), NOW + 3_000)).toBe(false);
    expect(isAnswerAwaited(fallback(), NOW)).toBe(true);
    expect(isAnswerAwaited(fallback(broken), NOW)).toBe(false);
    expect(isAnswerAwaited({ ...fallback(timeout), origin: "live" }, NOW)).toBe(false);
  });

  it("says why it stands there", () => {
    expect(fallbackReason(fallback(timeout))).toBe("No answer in 2 s");
    expect(fallbackReason(fallback(broken))).not.toMatch(/No answer|\.$/u);
  });
});

describe("an empty list", () => {
  const { triggers } = fixtureSettings;

  it("teaches what will bring the first card", () => {
    expect(emptyHint(triggers)).toBe(
      "One appears when the customer says “refund”, “cancel”, “complaint”, “escalate” or sounds unhappy.",
    );
    expect(emptyHint({ ...triggers, keywords: [] })).toBe("One appears when the customer sounds unhappy.");
  });

  it("says so when nothing can", () => {
    expect(emptyHint({ ...triggers, enableKeywordTrigger: false, enableSentimentTrigger: false })).toMatch(/switched off/u);
  });
});
