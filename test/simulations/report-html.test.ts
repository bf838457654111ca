import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { htmlReport, type HtmlReportOptions } from "../../electron/simulations/report-html.ts";
import { germanWords } from "../../electron/words/de.ts";
import type { Batch } from "../../shared/simulation.ts";
import { batchOf, largeBatch, sampleBatch, sampleCase, sampleResult, sampleTurn } from "../support/sample-batch.ts";

const sample = sampleBatch();
const page = htmlReport({ ...sample, baselineResults: sample.baseline.results });
/** The item of a case that did not pass. */
const itemOf = (html: string, testId: string): string => {
  const from = html.indexOf(`id="case-${testId}"`);
  return from < 0 ? "" : html.slice(from, html.indexOf("</li>\n", from));
};
/** What a person reads: tags become spaces. */
const textOf = (html: string): string => html.replaceAll(/<[^>]*>/g, " ").replaceAll(/\s+/g, " ");
const small = (more: Partial<Batch> = {}): string => {
  const suite = { name: "small", expected_flows: [], cases: [sampleCase("test_a"), sampleCase("test_b")] };
  return htmlReport({ suite, batch: batchOf(suite, [sampleResult("test_a"), sampleResult("test_b")], more), comparison: null, trend: [] });
};

describe("the HTML report", () => {
  it("is told in German where that is asked for, what the bot and the platform said apart", () => {
    const german = htmlReport({ ...sample, baselineResults: sample.baseline.results, words: germanWords.report });
    const text = textOf(german);
    expect(german).toContain('<html lang="de">');
    expect(page).toContain('<html lang="en">');
    const inGerman = ["Billing bot, release 42 Überprüfung nötig", "85 % bestanden", "Bestanden 51 von 60 Fällen", "Durchgefallen 4 2 neu durchgefallen", "Flow-Abdeckung 90 % 9 von 10 Flows", "Zeit 38,2 s", "2 von 3 Läufen bestanden", "Läufe: durchgefallen, bestanden, bestanden", "51 Fälle bestanden"];
    for (const words of inGerman) expect.soft(text).toContain(words);
    const inEnglish = ["Passed", "Failed", "Expected", "Found", "baseline", "Turn ", "case", "Batch", "coverage"];
    const told = text.slice(text.indexOf("</style>")).replaceAll(/(?:test|flow)_\w+/gu, "");
    for (const words of inEnglish) expect.soft(told.split("@media").at(-1)).not.toContain(words);
  });

  it("sums the batch up with its governance", () => {
    const text = textOf(page);
    for (const words of ["Billing bot, release 42 Review required", "85 % passed", "Passed 51 of 60 cases", "Failed 4 2 newly broken", "Error 2", "Flaky 1", "Inconclusive 2", "Flow coverage 90 % 9 of 10 flows", "Time 38.2 s"]) {
      expect(text).toContain(words);
    }
    expect(textOf(small())).toContain("small Compliant");
  });

  it("names the flows that were missed first, then how often the others were visited", () => {
    const text = textOf(page);
    expect(text).toContain("Flows 90 % flow_invoice_copy missing flow_greeting 7 cases");
    expect(text).toContain("Visited, not expected 1 flow_small_talk 1 case");
  });

  it("shows of each case that did not pass what was expected and what was found", () => {
    const item = itemOf(page, "test_order_in_other_words");
    expect(item).toContain('<tr class="failed"><th scope="row"><bdi>intent</bdi></th><td dir="auto">check_order</td><td dir="auto">small_talk</td></tr>');
    expect(textOf(item)).toContain("I&#39;d like to know how my parcel is doing");
    expect(textOf(item)).toContain("Turn 0 · flow flow_greeting · intent small_talk · no entities found I am doing fine, thank you for asking!");
    expect(textOf(item)).toContain("In the baseline: passed");
  });

  it.each([
    ["test_invoice_as_pdf", ["Failed", "FLOW_NOT_DEPLOYED: flow_invoice_copy is not deployed"]],
    ["test_thanks", ["Flaky", "passed 2 of 3 runs", "Runs: failed, passed, passed"]],
    ["test_human_agent", ["Inconclusive", "escalate not reported"]],
    ["test_slow_tariff", ["Error", "The platform took too long to answer: the simulation was not completed after 30 polls", "It is busy, or the network is slow."]],
    ["test_card_change", ["Error", "The platform took no simulation"]],
  ])("says in words what became of %s", (testId, words) => {
    for (const one of words) expect(textOf(itemOf(page, testId))).toContain(one);
  });

  it("puts what failed before what is only uncertain", () => {
    const order = [...page.matchAll(/<li class="case (\w+)/g)].map((match) => match[1]);
    expect(order).toEqual(["failed", "failed", "failed", "failed", "error", "error", "flaky", "inconclusive", "inconclusive"]);
  });

  it("folds the cases that passed away, all of them", () => {
    const folded = page.slice(page.indexOf('<details class="group'), page.indexOf("</section>"));
    expect(folded.split("<tr><td>")).toHaveLength(52);
    expect(textOf(folded)).toContain("51 cases passed");
    expect(folded).not.toContain("test_thanks");
  });

  it("compares with the baseline and links to the cases that broke", () => {
    const text = textOf(page);
    expect(text).toContain("Broken 2 passed then, does not now test_order_in_other_words test_refund_order_number");
    expect(text).toContain("Mended 1 did not pass then, does now test_greeting_2");
    expect(text).toContain("New 2 not in the baseline test_tariff_5 test_tariff_6");
    expect(text).toContain("Removed 1 only in the baseline test_old_voucher");
    for (const [, target] of page.matchAll(/href="#([^"]*)"/g)) expect(page).toContain(`id="${target}"`);
  });

  it("draws the trend and gives its figures", () => {
    expect(page).toMatch(/<polyline class="rate" points="(\d+(\.\d+)?,\d+(\.\d+)? ?){10}"\/>/);
    expect(page.split('class="rate-dot"')).toHaveLength(11);
    expect(textOf(page)).toContain("2026-01-04 09:00 52 of 60 90 %");
    expect(textOf(small())).toContain("There is no earlier batch of this suite to compare with.");
  });

  it("draws a trend whatever its values", () => {
    const rate = fc.double({ min: 0, max: 1, noNaN: true });
    const point = fc.record({ batchId: fc.string(), startedAt: fc.integer({ min: 0, max: 4e12 }), successRate: rate, coverage: fc.option(rate), total: fc.nat(), passed: fc.nat() });
    fc.assert(
      fc.property(fc.array(point, { minLength: 2, maxLength: 10 }), (trend) => {
        const chart = /<svg class="trend" viewBox.*?<\/svg>/s.exec(htmlReport({ ...sample, trend }))?.[0] ?? "";
        const numbers = [...chart.matchAll(/ c([xy])="([^"]*)"/g)];
        expect(numbers.length).toBeGreaterThanOrEqual(2 * trend.length);
        for (const [, axis, value] of numbers) {
          expect(Number(value)).toBeGreaterThanOrEqual(0);
          expect(Number(value)).toBeLessThanOrEqual(axis === "x" ? 264 : 116);
        }
      }),
      { numRuns: 30 },
    );
  });

  it("says that coverage was not measured where no flows are expected", () => {
    expect(textOf(small())).toContain("Flow coverage – no flows expected");
    expect(textOf(small())).toContain("Not measured: the suite expects no flows.");
  });

  it("says that every case passed, without a filter", () => {
    expect(textOf(small())).toContain("Every case that ran has passed.");
    expect(small()).not.toContain("<fieldset");
  });

  it("says why a batch was stopped and which cases it did not come to", () => {
    const suite = { name: "small", expected_flows: [], cases: [sampleCase("test_a"), sampleCase("test_b")] };
    const fault = { kind: "refused", code: "credentials", detail: "api.example answered 401", status: 401 } as const;
    const stopped = textOf(htmlReport({ suite, batch: batchOf(suite, [], { end: { kind: "stopped", fault } }), comparison: null, trend: [] }));
    expect(stopped).toContain("This batch was stopped. The platform does not accept the credentials.");
    expect(stopped).toContain("Found: api.example answered 401.");
    expect(stopped).toContain("2 cases did not run");
    expect(stopped).toContain("No case was run.");
    expect(textOf(small({ end: { kind: "cancelled" } }))).toContain("This batch was cancelled.");
  });

  it("lists flows of live interactions that no case visits", () => {
    const coverage = { ...sample.batch.coverage, untested: ["flow_complaint"] };
    expect(textOf(htmlReport({ ...sample, batch: { ...sample.batch, coverage } }))).toContain("Live flows without a case 1 flow_complaint");
  });

  it("fetches nothing and runs nothing", () => {
    expect(page).toContain("default-src &#39;none&#39;; style-src &#39;sha256-");
    expect(page).not.toMatch(/<script|<link|<img|<iframe|<object|@import|url\(|\sstyle=|\son\w+=|javascript:|https?:/i);
  });

  it("has every id once", () => {
    const ids = [...page.matchAll(/\sid="([^"]*)"/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("keeps whatever was said text", () => {
    const text = fc
      .array(fc.oneof(fc.constantFrom("<script>alert(1)</script>", "</style>", "\"", "'", "&lt;", "<!--", "-->", "]]>", "\u0000", "\uD800", "\u202E", " onload=x ", "${1}", "$&", "<"), fc.string({ unit: "binary", maxLength: 4 })), { minLength: 1, maxLength: 4 })
      .map((parts) => `x${parts.join("")}`);
    const tagsOf = (hostile: string): readonly string[] => {
      const html = htmlReport(said(hostile));
      expect(html.isWellFormed()).toBe(true);
      return [...html.replace(/<style>.*?<\/style>/s, "").matchAll(/<[^>]*>/g)].map(([tag]) => tag.replaceAll(/"[^"]*"/g, '""'));
    };
    const plain = tagsOf("x");
    expect(plain.length).toBeGreaterThan(200);
    fc.assert(fc.property(text, (hostile) => { expect(tagsOf(hostile)).toEqual(plain); }), { numRuns: 200 });
  });

  it("stays of a size that opens with 10,000 cases, even where all fail at length", () => {
    const { suite, batch } = largeBatch(10_000);
    const plain = htmlReport({ suite, batch, comparison: null, trend: [] });
    expect(plain.length).toBeLessThan(4_000_000);
    expect(plain).toContain("9,500 cases passed");
    const turns = Array.from({ length: 8 }, (_, turnIndex) => sampleTurn({ turnIndex, output: "long ".repeat(800) }));
    const worst = htmlReport({ suite, batch: { ...batch, results: batch.results.map((result) => ({ ...result, verdict: "failed", turns })) }, comparison: null, trend: [] });
    expect(worst.length).toBeLessThan(40_000_000);
    expect(worst).toContain("7 more turns: the JSON report has them.");
  });
});

/** A report in which everything that anybody can have said, named or sent is `text`. */
function said(text: string): HtmlReportOptions {
  const fault = { kind: "contract", code: "malformed-reply", detail: text } as const;
  const check = { name: text, expected: text, actual: text };
  const one = sampleCase("test_a", { utterance: text, tags: [text] });
  const suite = { name: text, expected_flows: [text], cases: [one, sampleCase(text, { utterance: text })] };
  const turn = sampleTurn({ flowId: text, intent: text, entities: { [text]: text }, output: text, errorCode: text, errorMessage: text });
  const failed = sampleResult("test_a", {
    verdict: "failed",
    checks: [{ kind: "entity", outcome: "failed", ...check }, { kind: "intent", outcome: "inconclusive", ...check }, { kind: "next_flow", outcome: "passed", ...check }],
    turns: [turn],
    simulationId: text,
  });
  const hits = [{ name: text, hits: 1, cases: ["test_a", text] }];
  const batch = batchOf(suite, [failed, sampleResult(text, { verdict: "error", fault })], {
    batchId: text,
    end: { kind: "stopped", fault },
    coverage: { share: 0.5, flows: [...hits, { name: text, hits: 0, cases: [] }], missing: [text], unexpected: hits, intents: hits, entities: hits, untested: [text] },
  });
  const point = { batchId: text, startedAt: 0, successRate: 0.5, coverage: null, total: 2, passed: 1 };
  return { suite, batch, comparison: { baselineId: text, broken: ["test_a", text], mended: [text], added: [text], removed: [text] }, trend: [point, point], baselineResults: [failed] };
}
