import type { Clock } from "../../shared/clock.ts";
import type { Fault } from "../../shared/fault.ts";
import type { HealthOutcome } from "../../shared/health.ts";
import type { SetupForm, SetupStep, SetupTrial } from "../../shared/setup.ts";
import type { Config } from "../config/complete-config.ts";
import type { Environment } from "../config/environment.ts";
import type { HealthJob } from "../health/health-job.ts";
import { skipped } from "../health/outcome.ts";
import type { Resolve } from "../health/resolve.ts";
import { planSystem, type SystemWish } from "../health/system-plan.ts";
import { openDeskNetwork } from "./desk-network.ts";
import { healthSystems } from "./health-systems.ts";
import { canConnect, tryConnection } from "./setup-connect.ts";
import { keyOfFault } from "./setup-fault-key.ts";

/** What is opened at last may take as long as a token. */
const CONNECTION_LIMIT_MS = 15_000;
/** Any address of https: the authorities are the same for all. */
const ANY_SOCKET = "wss://localhost.invalid";

export interface TrialPorts {
  readonly clock: Clock;
  readonly random: () => number;
  readonly resolve: Resolve;
  readonly readFile: (path: string) => Promise<string>;
}

/** A system as it would be: its form, the configuration that would hold, and the environment with the vault's secrets. */
export interface TrialOf {
  readonly form: SetupForm;
  readonly config: Config;
  readonly env: Environment;
}

/**
 * Tries a system step by step, each only after the one before: name, reach and certificate of every host, token, scopes,
 * connection. The first that fails ends it. Nothing is left behind. `signal` ends it early: the outcome is `untried` then.
 */
export async function tryOut({ form, config, env }: TrialOf, ports: TrialPorts, { signal, onStep }: { readonly signal: AbortSignal; readonly onStep: (step: SetupStep) => void }): Promise<SetupTrial> {
  const [wish] = healthSystems({ wanted: onlyOf(config, form.system), env, connection: () => skipped("") });
  if (wish === undefined) return { kind: "untried" };
  const opened = await openDeskNetwork(config.network, { env, readFile: ports.readFile });
  if (!opened.ok) return { kind: "fails", step: "reach", key: null, fault: opened.error };
  await using network = opened.value;
  const passed = new Set<SetupStep>();
  const fails = (step: SetupStep, target: string | null, fault: Fault): SetupTrial => ({ kind: "fails", step, fault, key: keyOfFault(form, { step, target, fault }) });

  const { lines, jobs } = planSystem(
    { ...wish, connection: null },
    {
      ...ports,
      proxy: network.proxy ?? null,
      ...(network.passes === undefined ? {} : { passes: network.passes }),
      network: { ok: true, value: { fetch: network.fetch, secureContext: network.socketOptions(ANY_SOCKET).secureContext } },
    },
  );
  for (const { check, target, key } of lines) {
    const step = stepOf(check);
    const job = jobs.find((one) => one.key === key);
    if (step === null || job === undefined) continue;
    onStep(step);
    const outcome = await inTime(job, ports.clock, signal);
    if (outcome === null) return { kind: "untried" };
    if (outcome.kind === "bad") return fails(outcome.fault.code === "missing-scope" ? "scope" : step, target, outcome.fault);
    if (outcome.kind !== "skipped") passed.add(step);
  }
  if (wish.token.scopes.length > 0) passed.add("scope");
  if (!canConnect(form.system)) return { kind: "works", passed: [...passed] };
  onStep("connection");
  const connected = await inTime(connectionJob({ form, config, env }, wish, { ...ports, network }), ports.clock, signal);
  if (connected === null) return { kind: "untried" };
  if (connected.kind === "bad") return fails(connected.fault.code === "missing-scope" ? "scope" : "connection", null, connected.fault);
  return { kind: "works", passed: [...passed, "connection"] };
}

function stepOf(check: string): SetupStep | null {
  return check === "name" || check === "reach" || check === "certificate" || check === "token" ? check : null;
}

function connectionJob({ form, config }: TrialOf, { token }: SystemWish, ports: Parameters<typeof tryConnection>[3]): HealthJob {
  return {
    key: "connection",
    needs: [],
    after: [],
    limitMs: CONNECTION_LIMIT_MS,
    async run(signal) {
      const fault = await tryConnection(form.system, config, token, ports, signal);
      return fault === null ? { kind: "good", found: "", tookMs: null } : { kind: "bad", fault, tookMs: null };
    },
    late: () => ({ kind: "bad", fault: { kind: "transport", code: "timeout", detail: `no connection within ${CONNECTION_LIMIT_MS / 1_000} s` }, tookMs: null }),
    failedWords: "",
  };
}

/** The outcome of a job within its time; null where the trial was ended before. The job's own signal ends with it. */
async function inTime(job: HealthJob, clock: Clock, signal: AbortSignal): Promise<HealthOutcome | null> {
  if (signal.aborted) return null;
  const cut = new AbortController();
  const { promise: early, resolve } = Promise.withResolvers<HealthOutcome | null>();
  const onAbort = (): void => {
    resolve(null);
  };
  signal.addEventListener("abort", onAbort, { once: true });
  const cancel = clock.after(job.limitMs, () => {
    resolve(job.late());
  });
  try {
    return await Promise.race([job.run(cut.signal), early]);
  } finally {
    cancel();
    signal.removeEventListener("abort", onAbort);
    cut.abort();
  }
}

/** The configuration with this one system on. */
function onlyOf(config: Config, system: SetupForm["system"]): Config {
  const none = { assist: undefined, tunnel: undefined, bridge: undefined, integrations: undefined, simulations: undefined };
  return { ...config, ...none, [system]: config[system] };
}
