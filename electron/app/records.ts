import { join } from "node:path";
import { assertNever } from "../../shared/assert-never.ts";
import type { AssistEvent } from "../../shared/assist-event.ts";
import type { BridgeEvent } from "../../shared/bridge.ts";
import type { Clock } from "../../shared/clock.ts";
import type { ConnectionName, ConnectionState } from "../../shared/connection.ts";
import type { ExecutionRecord } from "../../shared/execution-record.ts";
import type { Fault } from "../../shared/fault.ts";
import { ok, type Result } from "../../shared/result.ts";
import type { BatchSummary } from "../../shared/simulation.ts";
import type { TunnelEvent } from "../../shared/tunnel.ts";
import { openAudit, type Audit } from "../audit/audit-file.ts";
import { auditRecordOf, type AuditRecord } from "../audit/assist-record.ts";
import { bridgeRecordOf } from "../audit/bridge-record.ts";
import { integrationRecord } from "../audit/integration-record.ts";
import type { Config } from "../config/complete-config.ts";
import type { DiskTrouble } from "../files/background-writer.ts";
import type { FilePort } from "../files/file-port.ts";
import { nodeFiles } from "../files/node-files.ts";
import type { BatchArchive } from "../history/batch-archive.ts";
import { openHistory, type History } from "../history/history.ts";
import type { ClockDoubt } from "../history/retention-clock.ts";
import type { DispositionEvent } from "../host/commands.ts";
import { openMetrics, type Metrics } from "../telemetry/metrics-file.ts";
import type { Person } from "../redaction/person.ts";
import { openLog } from "../telemetry/log.ts";
import { createBridgeLog } from "./bridge-log.ts";
import { tellDiskTrouble, tellNotOpened, type Kept } from "./disk-notice.ts";
import type { Notices } from "./notices.ts";
import { createSlot } from "./slot.ts";

/** What is kept of the work: audit file, history, metrics, log. A part that is off costs nothing. */
export interface Records extends AsyncDisposable {
  /** Follows the configuration: opens, moves and closes what changed. */
  apply(config: Config): Promise<void>;
  take(event: AssistEvent): void;
  tunnel(event: TunnelEvent): void;
  /** The bridge's events, those of its levels among them. What was said comes as assist events, not from here. */
  bridge(event: BridgeEvent): void;
  /** A frame of the runtime that was skipped. */
  ignoredFrame(reason: string, bytes: number): void;
  disposition(event: DispositionEvent): void;
  connection(name: ConnectionName, state: ConnectionState): void;
  /** A batch that is over; `record` is its line of the audit file (contract 5.5). */
  simulation(batch: BatchSummary, record: AuditRecord): void;
  /** A run of an integration that is over. */
  integration(record: ExecutionRecord): void;
  /** What can be asked of the past; null while the history is off or cannot be had. */
  past(): Omit<History, "take" | "record" | "flush" | "hearClock" | keyof BatchArchive | keyof AsyncDisposable> | null;
  /** Why the past cannot be had although the history is on; null where it can, or where it is off. */
  pastFault(): Fault | null;
  /** Where batches are kept; null while the history is off or cannot be had. */
  batches(): BatchArchive | null;
  /** How far a platform's clock is ahead of this machine's, in ms. */
  hearClock(aheadMs: number): void;
  /** A line of the audit file about the program itself. */
  note(event: string, data: Readonly<Record<string, unknown>>): void;
  /** A line of the log, for whoever looks for the cause of something; nothing that a person said. */
  log(level: "info" | "warn" | "error", event: string, fields?: Readonly<Record<string, unknown>>): void;
  /** The log's last lines, oldest first, whether or not they are on the disk. */
  recentLog(): readonly string[];
  /** Tries to write what the log still has in memory, now. Fault: `disk`. */
  flushLog(): Promise<Result<void, Fault>>;
}

export interface RecordsOptions {
  /** Where audit, metrics and log go; the disk unless given. */
  readonly files?: FilePort;
  /** What must never be written, wherever it turns up. */
  readonly secrets: () => readonly string[];
  readonly clock: Clock;
  readonly dataFolder: string;
  readonly notices: Notices;
  /** Whose home folder, account and machine the log does not tell; nobody's unless given. */
  readonly person?: Person;
}

/** The history's place in the data folder. */
export const HISTORY_FILE_NAME = "history.sqlite";
/** The log's place in the data folder, and its name without the ending. */
export const LOG_FOLDER_NAME = "logs";
export const LOG_NAME = "callside";
/** How long after a refusal the audit file is tried again: it may have been a full disk, or another writer that ended. */
const AUDIT_RETRY_MS = 15_000;

/** Opens what the configuration asks for and hands every event to those that keep it. Trouble is told as notices. */
export function createRecords({ clock, dataFolder, notices, secrets, files = nodeFiles, person }: RecordsOptions): Records {
  const closing = new AsyncDisposableStack();
  let cancelRetry = (): void => {};
  const lost = new Map<Kept, number>();
  const troubleOf = (kept: Kept) => (trouble: DiskTrouble) => {
    lost.set(kept, trouble.lost);
    tellDiskTrouble(notices, kept, trouble);
  };
  /** What was said of the one before does not hold any more, apart from what it lost in the end. */
  const begun = (kept: Kept): void => {
    tellDiskTrouble(notices, kept, { kind: "recovered", lost: lost.get(kept) ?? 0 });
    lost.delete(kept);
  };
  const opened = <T>(kept: Kept, result: Result<T, Fault>): T | null => {
    if (result.ok) {
      begun(kept);
      return result.value;
    }
    tellNotOpened(notices, kept, result.error.detail);
    return null;
  };
  /** What is not kept any more cannot be in trouble. */
  const off = (kept: Kept): null => {
    notices.clear(kept);
    lost.delete(kept);
    return null;
  };

  const log = closing.use(
    openLog({
      target: { kind: "rotating", folder: join(dataFolder, LOG_FOLDER_NAME), name: LOG_NAME, earlier: join(dataFolder, "callside.log"), files },
      level: "info",
      clock,
      secrets,
      ...(person === undefined ? {} : { person }),
      onTrouble: troubleOf("log"),
    }),
  );
  const logBridge = createBridgeLog(log);
  // Before the slot, so that it comes after it in closing: an attempt that is under way then may ask for another.
  closing.defer(() => {
    cancelRetry();
  });
  const audit = closing.use(
    createSlot(async (section: Config["audit"]): Promise<Audit | null> => {
      cancelRetry();
      if (section === undefined) return off("audit");
      const result = await openAudit({ directory: section.directory, clock, files, onTrouble: troubleOf("audit") });
      if (!result.ok) cancelRetry = clock.after(AUDIT_RETRY_MS, () => void audit.retry());
      return opened("audit", result);
    }),
  );
  let historyFault: Fault | null = null;
  const history = closing.use(
    createSlot(async (section: Config["history"]): Promise<History | null> => {
      historyFault = null;
      if (section === undefined) return off("history");
      const file = join(dataFolder, HISTORY_FILE_NAME);
      const onTrouble = (trouble: Parameters<Parameters<typeof openHistory>[0]["onTrouble"]>[0]): void => {
        if (trouble.kind === "set-aside") tellSetAside(notices, trouble.path);
        else if (trouble.kind === "clock-doubted" || trouble.kind === "clock-believed") tellClockDoubt(notices, trouble);
        else troubleOf("history")(trouble);
      };
      const result = await openHistory({ file, mask: section.mask, retentionDays: section.retentionDays, clock, onTrouble });
      if (!result.ok) historyFault = result.error;
      return opened("history", result);
    }),
  );
  const metrics = closing.use(
    createSlot(async (file: string | undefined): Promise<Metrics | null> =>
      file === undefined
        ? off("metrics")
        : opened("metrics", ok(openMetrics({ target: { kind: "file", file, files }, clock, onTrouble: troubleOf("metrics") }))),
    ),
  );

  return {
    async apply(config) {
      await Promise.all([
        audit.make(config.audit),
        history.make(config.history),
        metrics.make(config.telemetry?.metricsFile),
      ]);
    },
    take(event) {
      switch (event.kind) {
        case "evaluated":
          metrics.current()?.evaluation(event.record);
          return;
        case "malformed":
          log.once(`malformed frame: ${event.reason}`, "malformed frame", { reason: event.reason, bytes: event.bytes });
          return;
        case "foreign":
          log.once("another agent's frame", "another agent's frame", {});
          return;
        case "asking":
        case "superseded":
          return;
        case "interaction":
        case "utterance":
        case "suggestions":
        case "rejudged": {
          history.current()?.take(event);
          const line = auditRecordOf(event);
          if (line !== null) audit.current()?.record(line.event, line.data);
          return;
        }
        default:
          assertNever(event);
      }
    },
    tunnel(event) {
      metrics.current()?.tunnel(event);
      // A check that found nothing wrong is no transition; it is in the metrics.
      if (event.event === "tunnel_checked") return;
      const { event: name, ...data } = event;
      // A heartbeat says that nothing happened: it need not be on the disk before something does.
      audit.current()?.record(name, data, name === "heartbeat" ? "patient" : "soon");
    },
    bridge(event) {
      metrics.current()?.bridge(event);
      const line = bridgeRecordOf(event);
      if (line !== null) audit.current()?.record(line.event, line.data);
      logBridge(event);
    },
    ignoredFrame(reason, bytes) {
      log.once(`runtime frame: ${reason}`, "frame of the runtime skipped", { reason, bytes });
    },
    disposition({ interactionId, suggestionId, disposition, undone }) {
      history.current()?.record({ interactionId, suggestionId, disposition, undone, at: clock.now() });
      audit.current()?.record("SUGGESTION_DISPOSITION", { interactionId, suggestionId, disposition, undone });
    },
    connection(name, state) {
      audit.current()?.record("CONNECTION", connectionRecord(name, state));
    },
    simulation(batch, { event, data }) {
      metrics.current()?.simulation(batch);
      audit.current()?.record(event, data);
    },
    integration(record) {
      metrics.current()?.integration(record);
      const { event, data } = integrationRecord(record);
      audit.current()?.record(event, data);
    },
    past: () => history.current(),
    pastFault: () => historyFault,
    hearClock(aheadMs) {
      history.current()?.hearClock(aheadMs);
    },
    batches: () => history.current(),
    note(event, data) {
      audit.current()?.record(event, data);
    },
    log(level, event, fields) {
      log.write(level, event, fields);
    },
    recentLog: () => log.recent(),
    flushLog: () => log.flush(),
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  };
}

/** The transition without its times: the line has its own. */
function connectionRecord(name: ConnectionName, state: ConnectionState): Readonly<Record<string, unknown>> {
  if (state.kind === "degraded") return { name, state: state.kind, reason: state.cause, detail: state.detail };
  if (state.kind !== "reconnecting" && state.kind !== "rejected") return { name, state: state.kind };
  const { code, detail, closeCode, status } = state.fault;
  return {
    name,
    state: state.kind,
    reason: code,
    detail,
    ...(closeCode === undefined ? {} : { closeCode }),
    ...(status === undefined ? {} : { status }),
  };
}

function tellClockDoubt(notices: Notices, doubt: ClockDoubt): void {
  if (doubt.kind === "clock-believed") notices.clear("history-clock");
  else notices.raise({ id: "history-clock", level: "warning", say: ({ kept }) => kept.clockLeapt(doubt.last, doubt.now) });
}

function tellSetAside(notices: Notices, path: string): void {
  notices.raise({
    id: "history-set-aside",
    level: "warning",
    say: ({ kept }) => kept.historySetAside(path),
  });
}
