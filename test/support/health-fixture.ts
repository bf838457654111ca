import type { HealthCommands } from "../../electron/host/health-commands.ts";
import type { Publisher } from "../../electron/host/publisher.ts";
import type { Fault, FaultCode } from "../../shared/fault.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { HealthCheck, HealthLine, HealthOutcome, HealthSubject, HealthView } from "../../shared/health.ts";

/** A fault as a check finds it. */
export function checkFault(code: FaultCode, detail = "", extra: Partial<Fault> = {}): Fault {
  return { kind: code === "network" || code === "timeout" ? "transport" : "refused", code, detail, ...extra };
}

export function good(found = "", tookMs: number | null = null): HealthOutcome {
  return { kind: "good", found, tookMs };
}

export function bad(fault: Fault, tookMs: number | null = null): HealthOutcome {
  return { kind: "bad", fault, tookMs };
}

export function line(subject: HealthSubject, check: HealthCheck, outcome: HealthOutcome, target: string | null = null): HealthLine {
  return { subject, check, target, outcome };
}

const standsOnFailed: HealthOutcome = { kind: "skipped", why: "the check before failed" };

const ownChecks = [
  ["program", "version", null, good("0.1.0 on Node 24.21.0")],
  ["program", "clock", null, good("0.4 s behind the platform's")],
  ["configuration", "file", "~/.config/callside/callside.config.json", good("read, nothing wrong with it")],
  ["storage", "data-folder", "~/.local/share/callside", good("can be written, 118 GB free", 3.4)],
  ["storage", "history", null, good("1,204 interactions", 2)],
  ["storage", "audit", null, good("written 2 min ago")],
  ["storage", "secrets", null, good("in the system's key store")],
] as const satisfies readonly (readonly [HealthSubject, HealthCheck, string | null, HealthOutcome])[];

const hosts = { assist: "bank.cognigy.example:443", tunnel: "api.cognigy.example:443", bridge: "api.mypurecloud.example:443" } as const;
const platformChecks = ["name", "reach", "certificate", "token", "answer", "connection"] as const satisfies readonly HealthCheck[];

const foundGood: Readonly<Record<(typeof platformChecks)[number], HealthOutcome>> = {
  name: good("203.0.113.7", 4),
  reach: good("connected", 12),
  certificate: good("valid until 1 March 2027", 18),
  token: good("accepted, with all 4 scopes", 208),
  answer: good("answers (status 404; any below 500 will do)", 31),
  connection: good("open since 09:12, last heard 2 s ago"),
};

/** How many checks {@link allGood} has. */
export const ALL = ownChecks.length + Object.keys(hosts).length * platformChecks.length;

/** Every check, and how it came out: `change` gives what is other than good. */
export function allLines(change: (subject: HealthSubject, check: HealthCheck) => HealthOutcome | null = () => null): readonly HealthLine[] {
  return [
    ...ownChecks.map(([subject, check, target, outcome]) => line(subject, check, change(subject, check) ?? outcome, target)),
    ...(["assist", "tunnel", "bridge"] as const).flatMap((subject) => platformChecks.map((check) => line(subject, check, change(subject, check) ?? foundGood[check], check === "connection" ? null : hosts[subject]))),
  ];
}

function done(since: number, lines: readonly HealthLine[]): HealthView {
  return { state: "done", since, lines };
}

/** The moments of the page. `since` in ms since the Unix epoch. */
export const healthMoments = {
  running: (since: number): HealthView => ({
    state: "running",
    since,
    lines: allLines((subject, check) => {
      if (subject === "bridge") return { kind: "waiting" };
      return subject === "tunnel" && check !== "name" ? { kind: check === "reach" ? "running" : "waiting" } : null;
    }),
  }),
  allGood: (since: number): HealthView => done(since, allLines()),
  doubtful: (since: number): HealthView =>
    done(
      since,
      allLines((subject, check) => {
        if (check === "clock") return { kind: "doubtful", found: "the clock is 2 minutes behind the platform's", remedy: "Let the system set its time by itself." };
        return subject === "tunnel" && check === "connection" ? { kind: "doubtful", found: "open, and silent for 25 s", remedy: "It is replaced by itself; look again in a minute." } : null;
      }),
    ),
  /** The platform refuses the credentials of agent assist. */
  refused: (since: number): HealthView =>
    done(
      since,
      allLines((subject, check) => {
        if (subject !== "assist") return null;
        if (check === "token") return bad(checkFault("credentials", "the token endpoint answered 401", { status: 401 }), 96);
        return check === "connection" ? standsOnFailed : null;
      }),
    ),
  /** Nothing outside of this computer can be reached. */
  noNetwork: (since: number): HealthView =>
    done(
      since,
      allLines((subject, check) => {
        if (subject !== "assist" && subject !== "tunnel" && subject !== "bridge") return null;
        return check === "name" ? bad(checkFault("network", `no address for ${hosts[subject].replace(":443", "")}`), 11) : standsOnFailed;
      }),
    ),
  /** Refused credentials in one place, a full disk in another, no network in a third. */
  several: (since: number): HealthView =>
    done(
      since,
      allLines((subject, check) => {
        if (subject === "assist" && check === "token") return bad(checkFault("credentials", "the token endpoint answered 401"), 96);
        if (subject === "bridge" && check === "name") return bad(checkFault("network", "no address for api.mypurecloud.example"), 5_000);
        if (subject === "storage" && check === "audit") return bad(checkFault("disk", "no space left"), 1);
        return (subject === "assist" || subject === "bridge") && check === "connection" ? standsOnFailed : null;
      }),
    ),
  stopped: (since: number): HealthView => ({
    state: "stopped",
    since,
    lines: allLines((subject) => (subject === "tunnel" || subject === "bridge" ? { kind: "skipped", why: "stopped" } : null)),
  }),
  nothing: (since: number): HealthView => done(since, []),
  /** Words and targets beyond all measure. */
  long: (since: number): HealthView =>
    done(since, [
      line("assist", "name", bad(checkFault("network", `no address for ${"a-very-long-name-of-a-host-".repeat(8)}.example and so on`), 12_345), `${"a-very-long-name-of-a-host-".repeat(8)}.example:443`),
      line("tunnel", "token", bad(checkFault("missing-scope", "bot:read runtime:execute ".repeat(20)), 800), "api.cognigy.example:443"),
      line("storage", "data-folder", { kind: "doubtful", found: "only 40 MB are free on this disk ".repeat(6), remedy: "Free some space before the shift is over, or ask somebody to. ".repeat(6) }, `~/${"a-folder-in-a-folder/".repeat(14)}`),
      line("integrations", "certificate", { kind: "skipped", why: "no encryption on this machine ".repeat(8) }, null),
    ]),
} as const satisfies Readonly<Record<string, (since: number) => HealthView>>;

/** Main's side of the page, played from memory. */
export interface PlayedHealth {
  readonly commands: HealthCommands;
  /** What was asked for, in order. */
  readonly asked: readonly string[];
  readonly show: (view: HealthView) => void;
  /** What the next exports give. */
  readonly exportAs: (result: Result<string, Fault>) => void;
  /** Holds exports back until the returned function is called. */
  readonly holdExport: () => () => void;
}

/** A run that is asked for begins as `begun` says, and comes to no end by itself. */
export function playHealth(publisher: Pick<Publisher, "publish" | "state">, now: () => number, begun: (since: number) => HealthView = healthMoments.running): PlayedHealth {
  const asked: string[] = [];
  let result: Result<string, Fault> = ok("/home/agent/Downloads/callside-diagnostics.json");
  let held: Promise<void> = Promise.resolve();
  const show = (view: HealthView): void => publisher.publish({ kind: "health", view });
  return {
    asked,
    show,
    exportAs(next) {
      result = next;
    },
    holdExport() {
      const { promise, resolve } = Promise.withResolvers<void>();
      held = promise;
      return resolve;
    },
    commands: {
      check() {
        asked.push("check");
        show(begun(now()));
      },
      stop() {
        asked.push("stop");
        show(healthMoments.stopped(publisher.state().health.since ?? now()));
      },
      async exportDiagnostics() {
        asked.push("export");
        await held;
        return result.ok ? result : err(result.error);
      },
    },
  };
}
