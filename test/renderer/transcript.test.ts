import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sentimentLine } from "../../renderer/panel/sentiment-line.ts";
import { textSegments } from "../../renderer/panel/text-segments.ts";
import { transcriptRows } from "../../renderer/panel/transcript-rows.ts";
import { utterance } from "../support/panel-parts.ts";

const NOW = Date.UTC(2026, 0, 5, 9);

describe("marked words", () => {
  it("are cut out where the marks say", () => {
    expect(textSegments("I want a refund now", [{ start: 9, end: 15 }])).toEqual([
      { start: 0, text: "I want a ", marked: false },
      { start: 9, text: "refund", marked: true },
      { start: 15, text: " now", marked: false },
    ]);
  });

  it("leave markup as the text that it is", () => {
    const text = '<img src=x onerror="alert(1)"> refund';
    expect(textSegments(text, []).map((one) => one.text)).toEqual([text]);
  });

  it("always join to the text, whatever the marks are, and mark exactly what they cover", () => {
    const mark = fc.record({ start: fc.nat(40), end: fc.nat(40) });
    fc.assert(
      fc.property(fc.string({ maxLength: 30 }), fc.array(mark, { maxLength: 6 }), (text, marks) => {
        const segments = textSegments(text, marks);
        expect(segments.map((one) => one.text).join("")).toBe(text);
        const covered = Array.from({ length: text.length }, (_, at) => marks.some(({ start, end }) => start <= at && at < end));
        for (const { start, text: part, marked } of segments) {
          for (let at = start; at < start + part.length; at += 1) expect(covered[at]).toBe(marked);
        }
      }),
    );
  });
});

describe("rows of the transcript", () => {
  it("name a speaker when it changes", () => {
    const rows = transcriptRows(
      [utterance(NOW, 3, "agent", "a"), utterance(NOW, 2, "customer", "b"), utterance(NOW, 1, "customer", "c")],
      0,
    );
    expect(rows.map((row) => row.kind === "utterance" && row.named)).toEqual([true, true, false]);
  });

  it("show a gap where the platform's numbers have one, and name the speaker anew after it", () => {
    const rows = transcriptRows(
      [
        utterance(NOW, 3, "customer", "a", { sequence: 7 }),
        utterance(NOW, 2, "customer", "b", { sequence: 8 }),
        utterance(NOW, 1, "customer", "c", { sequence: 12 }),
      ],
      0,
    );
    expect(rows.map((row) => (row.kind === "utterance" ? row.named : row))).toEqual([
      true,
      false,
      { kind: "gap", id: expect.any(String), count: 3 },
      true,
    ]);
  });

  it("claim no gap where there are no numbers, or a number is used twice", () => {
    const rows = transcriptRows(
      [
        utterance(NOW, 4, "customer", "a", { sequence: 1 }),
        utterance(NOW, 3, "customer", "b"),
        utterance(NOW, 2, "customer", "c", { sequence: 9 }),
        utterance(NOW, 1, "customer", "d", { sequence: 9 }),
      ],
      0,
    );
    expect(rows.every((row) => row.kind === "utterance")).toBe(true);
  });

  it("say how many lines were let go", () => {
    expect(transcriptRows([], 12)[0]).toEqual({ kind: "dropped", id: "dropped", count: 12 });
    expect(transcriptRows([], 0)).toEqual([]);
  });
});

describe("the sentiment trend", () => {
  const scored = (...scores: readonly number[]) =>
    scores.map((score, index) => utterance(NOW, (scores.length - index) * 1_000, "customer", "x", { score }));

  it("is not drawn from nothing: one remark, no scores, or only the agent's words", () => {
    expect(sentimentLine(scored(-0.5), 100, 20)).toBeNull();
    expect(sentimentLine(scored(0, 0, 0), 100, 20)).toBeNull();
    expect(sentimentLine([utterance(NOW, 2, "agent", "a", { score: 1 }), utterance(NOW, 1, "agent", "b", { score: -1 })], 100, 20)).toBeNull();
  });

  it("tells where it goes", () => {
    expect(sentimentLine(scored(0.5, 0.2, -0.3, -0.6), 100, 20)?.direction).toBe("falling");
    expect(sentimentLine(scored(-0.8, -0.2, 0.4), 100, 20)?.direction).toBe("rising");
    expect(sentimentLine(scored(0.1, 0.12, 0.09), 100, 20)?.direction).toBe("steady");
  });

  it("draws better higher, and stays in its box however long the talk is", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 2, maxLength: 200 }), (scores) => {
        const line = sentimentLine(scored(...scores), 100, 20);
        if (line === null) return;
        const numbers = line.path.split(/[ML ]+/u).filter((part) => part !== "").map(Number);
        expect(numbers.length).toBeLessThanOrEqual(60);
        numbers.forEach((value, index) => {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(index % 2 === 0 ? 100 : 20);
        });
      }),
    );
    const up = sentimentLine(scored(0, 0.9), 100, 20);
    const down = sentimentLine(scored(0, -0.9), 100, 20);
    expect(up?.end.y).toBeLessThan(down?.end.y ?? 0);
  });

  it("leaves out what is still being spoken", () => {
    const spoken = [...scored(0.4, 0.4), utterance(NOW, 0, "customer", "x", { score: -1, final: false })];
    expect(sentimentLine(spoken, 100, 20)?.last).toBeCloseTo(0.4);
  });
});
