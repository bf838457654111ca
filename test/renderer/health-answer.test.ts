import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answerOf, needsRun, problemsIn, problemTitle, progressOf, sentenceOf } from "../../renderer/health/health-answer.ts";
import { bySubject, outcomeOf } from "../../renderer/health/health-lines.ts";
import { describeFault } from "../../shared/fault-table.ts";
import { faultCodes } from "../../shared/fault.ts";
import { emptyHealth, healthChecks, type HealthLine, type HealthOutcome, healthSubjects, type HealthView } from "../../shared/health.ts";
import { ALL, allLines, bad, checkFault, good, healthMoments, line } from "../support/health-fixture.ts";

const NOW = Date.UTC(2026, 2, 4, 9, 30);

const outcomes: fc.Arbitrary<HealthOutcome> = fc.oneof(
  fc.constant<HealthOutcome>({ kind: "waiting" }),
  fc.constant<HealthOutcome>({ kind: "running" }),
  fc.constant(good("fine", 3)),
  fc.constant<HealthOutcome>({ kind: "doubtful", found: "slow", remedy: "wait" }),
  fc.constantFrom(...faultCodes).map((code) => bad(checkFault(code, "found"))),
  fc.constant<HealthOutcome>({ kind: "skipped", why: "off" }),
);
const lines: fc.Arbitrary<readonly HealthLine[]> = fc.array(fc.tuple(fc.constantFrom(...healthSubjects), fc.constantFrom(...healthChecks), outcomes).map(([subject, check, outcome]) => line(subject, check, outcome)));

function done(...all: readonly HealthLine[]): HealthView {
  return { state: "done", since: NOW, lines: all };
}

describe("the answer", () => {
  it("is that everything works only where all is over, something was tried and nothing is bad or doubtful", () => {
    expect(answerOf(healthMoments.allGood(NOW))).toEqual({ kind: "good", checks: ALL, notTried: 0 });
    expect(sentenceOf(answerOf(healthMoments.allGood(NOW)))).toBe("Nothing wrong was found");
    fc.assert(
      fc.property(lines, fc.constantFrom("never", "running", "done", "stopped"), (all, state) => {
        const works = answerOf({ state, since: NOW, lines: all }).kind === "good";
        const kinds = all.map(({ outcome }) => outcome.kind);
        if (works) {
          expect(state).toBe("done");
          expect(kinds).not.toContain("bad");
          expect(kinds).not.toContain("doubtful");
          expect(kinds).toContain("good");
        }
      }),
    );
  });

  it("is not that everything works where nothing gave an answer", () => {
    expect(sentenceOf(answerOf(healthMoments.nothing(NOW)))).toBe("Nothing could be checked");
    expect(answerOf(done(line("assist", "name", { kind: "skipped", why: "off" })))).toEqual({ kind: "nothing" });
    expect(answerOf(done(line("assist", "name", good()), line("assist", "certificate", { kind: "skipped", why: "no encryption" })))).toEqual({ kind: "good", checks: 1, notTried: 1 });
    expect(answerOf(emptyHealth)).toEqual({ kind: "unknown" });
  });

  it("names the trouble in the error table's words, and where it is", () => {
    expect(sentenceOf(answerOf(healthMoments.refused(NOW)))).toBe("The platform does not accept the credentials (Agent assist)");
    for (const code of faultCodes) {
      const sentence = sentenceOf(answerOf(done(line("tunnel", "token", bad(checkFault(code))))));
      expect(`${sentence.replace(" (Runtime tunnel)", "")}.`).toBe(describeFault(checkFault(code)).what);
    }
  });

  it("names no place for what is wrong with this computer", () => {
    expect(sentenceOf(answerOf(done(line("program", "clock", bad(checkFault("clock-wrong"))))))).toBe("This computer's clock is wrong");
  });

  it("is one problem where several places fail alike, and names two of them", () => {
    const [problem, ...others] = problemsIn(answerOf(healthMoments.noNetwork(NOW)));
    expect(others).toEqual([]);
    expect(problem === undefined ? null : problemTitle(problem)).toBe("The platform cannot be reached (Agent assist, Genesys bridge and 1 more)");
    const two = answerOf(done(line("simulations", "name", bad(checkFault("network"))), line("assist", "name", bad(checkFault("network")))));
    expect(sentenceOf(two)).toBe("The platform cannot be reached (Agent assist and Simulations)");
  });

  it("puts what the others stand on first, then what an agent misses at once", () => {
    const titles = problemsIn(answerOf(healthMoments.several(NOW))).map(problemTitle);
    expect(titles).toEqual([
      "The platform does not accept the credentials (Agent assist)",
      "The platform cannot be reached (Genesys bridge)",
      "A file could not be read or written (Storage)",
    ]);
    const [first] = problemsIn(answerOf(done(line("assist", "token", bad(checkFault("credentials"))), line("configuration", "file", bad(checkFault("invalid-input"))))));
    expect(first?.subjects).toEqual(["configuration"]);
  });

  it("tells the same words of a service of the person's own apart from the platform's", () => {
    const answer = answerOf(done(line("integrations", "reach", bad(checkFault("network", "", { from: "service" }))), line("assist", "reach", bad(checkFault("network")))));
    expect(problemsIn(answer).map(problemTitle)).toEqual(["The platform cannot be reached (Agent assist)", "The service cannot be reached (Integrations)"]);
  });

  it("holds every bad line once, whatever the run is", () => {
    fc.assert(
      fc.property(lines, (all) => {
        const found = problemsIn(answerOf(done(...all))).flatMap((problem) => problem.lines);
        expect(new Set(found)).toEqual(new Set(all.filter(({ outcome }) => outcome.kind === "bad")));
        expect(found).toHaveLength(new Set(found).size);
      }),
    );
  });

  it("says of doubt that it works, and what to know", () => {
    const answer = answerOf(healthMoments.doubtful(NOW));
    expect(sentenceOf(answer)).toBe("Works, but: the clock is 2 minutes behind the platform's");
    expect(answer.kind === "doubtful" ? answer.doubts.length : 0).toBe(2);
  });

  it("keeps what was found when the run was stopped, and does not wait for the end to tell it", () => {
    const found = allLines((subject, check) => (subject === "assist" && check === "token" ? bad(checkFault("credentials")) : null));
    for (const state of ["stopped", "running"] as const) expect(problemsIn(answerOf({ state, since: NOW, lines: found }))).toHaveLength(1);
    expect(sentenceOf(answerOf(healthMoments.stopped(NOW)))).toBe("Stopped before everything was checked");
  });
});

describe("progress", () => {
  it("counts what is over", () => {
    expect(progressOf(healthMoments.running(NOW))).toEqual({ done: 14, total: ALL });
    expect(progressOf(healthMoments.allGood(NOW))).toEqual({ done: ALL, total: ALL });
    expect(progressOf(emptyHealth)).toEqual({ done: 0, total: 0 });
  });
});

describe("opening the page", () => {
  it("runs the checks unless they ran in the last half minute or are running", () => {
    expect(needsRun(emptyHealth, NOW)).toBe(true);
    expect(needsRun(healthMoments.allGood(NOW - 30_000), NOW)).toBe(false);
    expect(needsRun(healthMoments.allGood(NOW - 30_001), NOW)).toBe(true);
    expect(needsRun(healthMoments.stopped(NOW - 5_000), NOW)).toBe(false);
    expect(needsRun(healthMoments.running(NOW - 90_000), NOW)).toBe(false);
  });

  it("does not trust a run from the future", () => {
    expect(needsRun(healthMoments.allGood(NOW + 1), NOW)).toBe(true);
  });
});

describe("subjects", () => {
  it("stand in one order, with their lines as they are run, and none is lost", () => {
    fc.assert(
      fc.property(lines, (all) => {
        const subjects = bySubject(all);
        expect(subjects.map(({ subject }) => healthSubjects.indexOf(subject)).toSorted((a, b) => a - b)).toEqual(subjects.map(({ subject }) => healthSubjects.indexOf(subject)));
        for (const { subject, lines: own } of subjects) expect(own).toEqual(all.filter((one) => one.subject === subject));
      }),
    );
  });

  it("are as bad as the worst of their lines, and running from the first to the last", () => {
    const of = (...kinds: readonly HealthOutcome[]) => outcomeOf(kinds.map((outcome) => line("assist", "name", outcome)));
    expect(of(good(), bad(checkFault("network")), { kind: "running" })).toBe("bad");
    expect(of(good(), { kind: "waiting" })).toBe("running");
    expect(of({ kind: "waiting" }, { kind: "waiting" })).toBe("waiting");
    expect(of(good(), { kind: "skipped", why: "" })).toBe("good");
    expect(of({ kind: "skipped", why: "" })).toBe("skipped");
    expect(of(good(), { kind: "doubtful", found: "", remedy: "" })).toBe("doubtful");
  });
});
