import type { SecureContext } from "node:tls";
import type { Clock } from "../../shared/clock.ts";
import type { Fault } from "../../shared/fault.ts";
import type { HealthCheck, HealthOutcome, HealthSubject } from "../../shared/health.ts";
import type { Result } from "../../shared/result.ts";
import { hostOf, type Fetch } from "../net/attempt.ts";
import { checkAnswer } from "./answer-check.ts";
import { checkCertificate } from "./certificate.ts";
import { CHECK_LIMIT_MS, TOKEN_LIMIT_MS, type HealthJob, type HealthPlan, type PlannedLine } from "./health-job.ts";
import { hostPlace, placeText, type HostPlace } from "./host-place.ts";
import { englishWords } from "../words/en.ts";
import { bad, skipped, type HealthWords } from "./outcome.ts";
import { checkName, unknownHost, type Resolve } from "./resolve.ts";
import { checkReach } from "./route.ts";
import { checkToken, type TokenWish } from "./token-check.ts";

/** A system that the configuration turns on. */
export interface SystemWish {
  readonly subject: HealthSubject;
  /** Every address that it uses, the token's among them; only host and port are looked at. */
  readonly addresses: readonly string[];
  /** Those of them that requests are sent to once there is a token. */
  readonly apis: readonly string[];
  readonly token: TokenWish;
  /** What stands now; null where the system has no lasting connection. */
  readonly connection: (() => HealthOutcome) | null;
}

export interface SystemPlanPorts {
  readonly clock: Clock;
  readonly resolve: Resolve;
  /** In which words it is told what was found; English unless given. */
  readonly words?: HealthWords;
  /** The proxy that holds; null: none. */
  readonly proxy: string | null;
  /** What goes past the proxy; only this machine unless given. */
  readonly passes?: (address: string) => boolean;
  /** What connections are made with; the fault where the section `network` is of no use. */
  readonly network: Result<{ readonly fetch: Fetch; readonly secureContext: SecureContext | undefined }, Fault>;
}

/** What the lines of one host stand on. */
interface PlannedPlace {
  readonly place: HostPlace;
  readonly proxy: string | null;
  readonly name: string;
  readonly reach: string;
  readonly certificate: string;
  /** The HTTP APIs there, as they are asked: without a query, which may hold a key. */
  readonly apis: readonly string[];
}

/**
 * The lines of a system, check by check: for each distinct host its name, its port, its certificate, then the token, for
 * each host with an API whether it answers, and what stands. Jobs go by what they are tried on, so that two systems on one host share them. What stands now needs no
 * check before it: nothing is tried for it, and that a connection is open although a check fails is worth knowing.
 */
export function planSystem(system: SystemWish, ports: SystemPlanPorts): HealthPlan {
  const places = distinctPlaces(system, ports);
  const jobs: HealthJob[] = [];
  const lines: PlannedLine[] = [];
  const add = (check: HealthCheck, target: string | null, job: HealthJob): void => {
    if (lines.some((line) => line.key === job.key)) return;
    lines.push({ subject: system.subject, check, target, key: job.key });
    jobs.push(job);
  };
  for (const place of places) add("name", namedText(place), nameJob(place, ports));
  for (const place of places) add("reach", placeText(place.place), reachJob(place, ports));
  for (const place of places) add("certificate", placeText(place.place), certificateJob(place, ports));
  add("token", tokenTarget(system.token.tokenUrl), tokenJob(system, places, ports));
  // Not on the token: whether somebody answers is worth knowing without one, too.
  for (const place of places) if (place.apis.length > 0) add("answer", placeText(place.place), answerJob(place, ports));
  const { connection } = system;
  if (connection !== null) add("connection", null, connectionJob(system.subject, connection, ports));
  return { lines, jobs };
}

function distinctPlaces({ addresses, apis }: SystemWish, { proxy, passes }: Pick<SystemPlanPorts, "proxy" | "passes">): readonly PlannedPlace[] {
  const found = new Map<string, PlannedPlace>();
  for (const address of addresses) {
    const place = hostPlace(address);
    if (place === null) continue;
    const text = placeText(place);
    const through = place.loopback || passes?.(address) === true ? null : proxy;
    const key = placeKey(place);
    found.set(key, {
      place,
      proxy: through,
      name: `name ${(through === null ? place : (hostPlace(through) ?? place)).host}`,
      reach: `reach ${text}`,
      certificate: `certificate ${key}`,
      apis: [...new Set(apis.flatMap((api) => apiAt(api, key)))],
    });
  }
  return [...found.values()];
}

function placeKey(place: HostPlace): string {
  return `${place.secure} ${placeText(place)}`;
}

/** An API without its query where it is at this place; nothing where it is elsewhere. */
function apiAt(api: string, key: string): readonly string[] {
  const place = hostPlace(api);
  if (place === null || placeKey(place) !== key) return [];
  const { origin, pathname } = new URL(api);
  return [`${origin}${pathname}`];
}

/** With a proxy it is the proxy's name that this machine looks up; it looks up the others itself. */
function namedPlace({ place, proxy }: PlannedPlace): HostPlace {
  return proxy === null ? place : (hostPlace(proxy) ?? place);
}

function namedText(place: PlannedPlace): string {
  const { host } = namedPlace(place);
  return place.proxy === null ? host : `${host} (proxy)`;
}

function nameJob(place: PlannedPlace, ports: SystemPlanPorts): HealthJob {
  const { host } = namedPlace(place);
  return {
    key: place.name,
    needs: [],
    after: [],
    limitMs: CHECK_LIMIT_MS,
    run: () => checkName(host, ports),
    late: () => bad(unknownHost(host, `no answer to the look-up within ${CHECK_LIMIT_MS / 1_000} s`), CHECK_LIMIT_MS),
    failedWords: (ports.words ?? englishWords.health).nameFailed(host),
  };
}

function reachJob({ place, proxy, reach, name }: PlannedPlace, ports: SystemPlanPorts): HealthJob {
  const target = placeText(place);
  const secureContext = ports.network.ok ? ports.network.value.secureContext : undefined;
  return {
    key: reach,
    needs: [name],
    after: [],
    limitMs: CHECK_LIMIT_MS,
    run: (signal) => checkReach(place, { ...ports, proxy, secureContext }, signal),
    late: () => bad(late(target, CHECK_LIMIT_MS), CHECK_LIMIT_MS),
    failedWords: (ports.words ?? englishWords.health).reachFailed(target),
  };
}

function certificateJob({ place, proxy, certificate, reach }: PlannedPlace, ports: SystemPlanPorts): HealthJob {
  const target = placeText(place);
  const { network, words = englishWords.health } = ports;
  return {
    key: certificate,
    needs: [reach],
    after: [],
    limitMs: CHECK_LIMIT_MS,
    async run(signal) {
      if (!place.secure) return skipped(words.noEncryption);
      if (!network.ok) return bad(network.error);
      return checkCertificate(place, { ...ports, proxy, secureContext: network.value.secureContext }, signal);
    },
    late: () => bad(late(target, CHECK_LIMIT_MS), CHECK_LIMIT_MS),
    failedWords: words.certificateFailed(target),
  };
}

function tokenJob({ subject, token }: SystemWish, places: readonly PlannedPlace[], { network, clock, words = englishWords.health }: SystemPlanPorts): HealthJob {
  const target = tokenTarget(token.tokenUrl);
  const place = hostPlace(token.tokenUrl);
  const stands = places.find((one) => place !== null && placeKey(one.place) === placeKey(place));
  return {
    key: `token ${subject}`,
    needs: stands === undefined ? [] : [stands.certificate],
    after: [],
    limitMs: TOKEN_LIMIT_MS,
    async run(signal) {
      if (!network.ok) return bad(network.error);
      // Longer than the check itself, so that there is one time limit and one fault.
      return checkToken(token, { fetch: network.value.fetch, clock, timeoutMs: 2 * TOKEN_LIMIT_MS, words }, signal);
    },
    late: () => bad(late(target, TOKEN_LIMIT_MS), TOKEN_LIMIT_MS),
    failedWords: words.tokenFailed,
  };
}

function answerJob({ place, certificate, apis }: PlannedPlace, { network, clock, words = englishWords.health }: SystemPlanPorts): HealthJob {
  const target = placeText(place);
  return {
    key: `answer ${apis.join(" ")}`,
    needs: [certificate],
    after: [],
    limitMs: CHECK_LIMIT_MS,
    async run(signal) {
      if (!network.ok) return bad(network.error);
      return checkAnswer(apis, { fetch: network.value.fetch, clock, words }, signal);
    },
    late: () => bad(late(target, CHECK_LIMIT_MS), CHECK_LIMIT_MS),
    failedWords: words.answerFailed(target),
  };
}

function connectionJob(subject: HealthSubject, connection: () => HealthOutcome, { words = englishWords.health }: SystemPlanPorts): HealthJob {
  return {
    key: `connection ${subject}`,
    needs: [],
    after: [],
    limitMs: CHECK_LIMIT_MS,
    run: async () => connection(),
    late: () => skipped(words.notLookedAt),
    failedWords: words.connectionFailed,
  };
}

function tokenTarget(tokenUrl: string): string {
  const place = hostPlace(tokenUrl);
  return place === null ? hostOf(tokenUrl) : placeText(place);
}

function late(target: string, limitMs: number): Fault {
  return { kind: "transport", code: "timeout", detail: `no answer from ${target} within ${limitMs / 1_000} s` };
}
