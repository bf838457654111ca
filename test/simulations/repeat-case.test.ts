import { describe, expect, test } from "vitest";
import { isRefusal, repeatCase } from "../../electron/simulations/repeat-case.ts";
import { caseResultSchema, type Verdict } from "../../shared/simulation.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { broken, caseOf, createScriptedApi, over, turnOf } from "../support/simulation-parts.ts";

const lost = broken({ kind: "refused", code: "simulation-lost", status: 404 });
const ends: Readonly<Record<Exclude<Verdict, "flaky">, ReturnType<typeof over>>> = {
  passed: over(),
  failed: over({ turns: [turnOf({ intent: "other" })] }),
  inconclusive: over({ turns: [turnOf({ intent: null })] }),
  error: lost,
};

async function repeated(verdicts: readonly (keyof typeof ends)[], repeat: number) {
  const clock = createFakeClock();
  const api = createScriptedApi({ clock, simulate: (_id, n) => ({ ok: true, value: `sim_${n}` }), result: (id) => ends[verdicts[Number(id.slice(4))] ?? "passed"] });
  let keys = 0;
  const newKey = (): string => `key-${(keys += 1)}`;
  const done = repeatCase(caseOf(), { api, clock, random: () => 0.5, newKey, pollMs: 100, maxPolls: 5, signal: new AbortController().signal, claim: () => true, repeat, allowance: 10_000 });
  await clock.advance(10_000);
  const outcome = await done;
  if (outcome === null) throw new Error("nobody cancelled it");
  return { ...outcome, result: caseResultSchema.parse(outcome.result), keys: api.keys };
}

describe("a case that failed", () => {
  test("is run again as often as was asked for, and has failed where it always fails", async () => {
    const { result, keys } = await repeated(["failed", "failed", "failed", "passed"], 3);
    expect(result).toMatchObject({ verdict: "failed", runs: ["failed", "failed", "failed"], durationMs: 300, simulationId: "sim_0" });
    expect(new Set(keys).size).toBe(3);
  });

  test.each<["passed" | "inconclusive"]>([["passed"], ["inconclusive"]])("is flaky where it then %s, and shows the run that failed", async (then) => {
    const { result } = await repeated(["failed", "failed", then, "failed"], 5);
    expect(result).toMatchObject({ verdict: "flaky", runs: ["failed", "failed", then], simulationId: "sim_0" });
    expect(result.checks[0]).toMatchObject({ outcome: "failed", actual: "other" });
  });

  test("is not flaky for a repetition that could not be run", async () => {
    const { result, fault } = await repeated(["failed", "error", "failed"], 3);
    expect(result).toMatchObject({ verdict: "failed", runs: ["failed", "error", "failed"] });
    expect(result.fault).toBeUndefined();
    expect(fault).toBeNull();
    expect((await repeated(["failed", "error", "passed"], 3)).result.verdict).toBe("flaky");
  });

  test("tells the fault that its last run ended with", async () => {
    expect((await repeated(["failed", "error"], 2)).fault).toMatchObject({ code: "simulation-lost" });
  });
});

test.each<["passed" | "inconclusive" | "error"]>([["passed"], ["inconclusive"], ["error"]])("a case that is %s is not run again", async (verdict) => {
  const { result } = await repeated([verdict, "failed"], 5);
  expect(result).toMatchObject({ verdict, runs: [verdict] });
});

test("a case that could not be run says why, and holds nothing else", async () => {
  const { result } = await repeated(["error"], 1);
  expect(result).toMatchObject({ checks: [], turns: [], simulationId: "sim_0", fault: { code: "simulation-lost" } });
});

test("refusals are those of who we are and what we may", () => {
  for (const code of ["credentials", "missing-scope", "forbidden"] as const) expect(isRefusal({ kind: "refused", code, detail: "" })).toBe(true);
  for (const code of ["bad-request", "rate-limited", "network", "simulation-lost"] as const) expect(isRefusal({ kind: "refused", code, detail: "" })).toBe(false);
  expect(isRefusal(null)).toBe(false);
});
