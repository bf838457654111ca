import { wait } from "../../shared/clock.ts";
import type { Fault } from "../../shared/fault.ts";
import type { HealthView } from "../../shared/health.ts";
import { err, type Result } from "../../shared/result.ts";
import { judgeClock, watchSkew } from "../health/clock-skew.ts";
import { CHECK_LIMIT_MS, type HealthJob, type HealthPlan, type PlannedLine } from "../health/health-job.ts";
import { skipped, type HealthWords } from "../health/outcome.ts";
import { englishWords } from "../words/en.ts";
import { runPlan } from "../health/run-plan.ts";
import { planSystem, type SystemPlanPorts } from "../health/system-plan.ts";
import type { Network } from "../net/network.ts";
import { caFileNamed, openDeskNetwork } from "./desk-network.ts";
import { lineCleaner } from "./health-clean.ts";
import { planOwn } from "./health-own.ts";
import type { HealthSources } from "./health-sources.ts";
import { healthSystems } from "./health-systems.ts";

/** The key of the one check that waits for the others. */
const CLOCK_KEY = "own clock";
/** Any address of https: the authorities are the same for all. */
const ANY_SOCKET = "wss://localhost.invalid";

/**
 * Runs every check once: program, configuration, storage and each system that is wanted. Nothing is sent but what a
 * check needs to know whether it works, and nothing stays behind. Resolves with the last view, told before by `onView`.
 */
export async function runHealth(sources: HealthSources, { signal, onView }: { readonly signal: AbortSignal; readonly onView: (view: HealthView) => void }): Promise<HealthView> {
  const { clock, machine, words = englishWords.health } = sources;
  const network = await openInTime(sources, signal);
  await using open = network.ok ? network.value : null;
  const skew = open === null ? null : watchSkew(open.fetch, clock);
  const ports: SystemPlanPorts = {
    clock,
    resolve: machine.resolve,
    words,
    proxy: open?.proxy ?? null,
    ...(open?.passes === undefined ? {} : { passes: open.passes }),
    network:
      network.ok && skew !== null
        ? { ok: true, value: { fetch: skew.fetch, secureContext: network.value.socketOptions(ANY_SOCKET).secureContext } }
        : { ok: false, error: network.ok ? NO_NETWORK : network.error },
  };
  const systems = healthSystems(sources).map((system) => planSystem(system, ports));
  const asking = systems.flatMap(({ jobs }) => jobs.flatMap(({ key }) => (/^(?:token|answer) /u.test(key) ? [key] : [])));
  const plan = withClock(merged([planOwn(sources), ...systems]), clockJob(asking, () => skew?.seen() ?? [], words));
  return await runPlan(plan, { clock, signal, onView, clean: lineCleaner(sources), words });
}

/** The network, or the fault where its file cannot be read in time: it may lie on a drive that does not answer. */
async function openInTime({ wanted, env, readFile, clock }: HealthSources, signal: AbortSignal): Promise<Result<Network, Fault>> {
  const opening = openDeskNetwork(wanted.network, { env, readFile });
  const isLate = new AbortController();
  const opened = await Promise.race([opening, wait(clock, CHECK_LIMIT_MS, AbortSignal.any([signal, isLate.signal])).then(() => null)]);
  isLate.abort();
  if (opened !== null) return opened;
  void opening.then(async (late) => late.ok && late.value[Symbol.asyncDispose]());
  return err({ kind: "policy", code: "disk", detail: `${caFileNamed(wanted.network)}: ${wanted.network.caFile ?? ""} could not be read within ${CHECK_LIMIT_MS / 1_000} s` });
}

/** One plan of several; jobs of the same key are one. */
function merged(plans: readonly HealthPlan[]): HealthPlan {
  const jobs = new Map<string, HealthJob>();
  for (const job of plans.flatMap((plan) => plan.jobs)) if (!jobs.has(job.key)) jobs.set(job.key, job);
  return { lines: plans.flatMap((plan) => plan.lines), jobs: [...jobs.values()] };
}

/** The clock's line stands behind the version, and its job behind all that it waits for. */
function withClock({ lines, jobs }: HealthPlan, job: HealthJob): HealthPlan {
  const line: PlannedLine = { subject: "program", check: "clock", target: null, key: CLOCK_KEY };
  return { lines: lines.toSpliced(1, 0, line), jobs: [...jobs, job] };
}

function clockJob(asking: readonly string[], seen: () => readonly number[], words: HealthWords): HealthJob {
  return {
    key: CLOCK_KEY,
    needs: [],
    after: asking,
    limitMs: CHECK_LIMIT_MS,
    run: async () => judgeClock(seen(), words),
    late: () => skipped(words.noClock),
    failedWords: words.clockFailed,
  };
}

const NO_NETWORK = { kind: "transport", code: "network", detail: "the network was not opened" } as const;
