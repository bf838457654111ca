import { assertNever } from "../../shared/assert-never.ts";
import type { Fault } from "../../shared/fault.ts";
import { setAside } from "../files/set-aside.ts";
import { isDamage, sqliteFault } from "../files/sqlite-fault.ts";
import { openDatabase, type DatabaseOptions, type HistoryDatabase } from "./database.ts";
import type { HistoryReply, HistoryRequest, SetAside } from "./protocol.ts";

type Opening = Extract<HistoryRequest, { kind: "open" }>;

const NOT_OPEN: Fault = { kind: "transport", code: "disk", detail: "the history is not open" };

/** Works for a history, one request after the other; runs in the worker. */
export interface HistoryService {
  answer(request: HistoryRequest): HistoryReply;
  /** Looks through the whole file for damage that no request has met yet; done after opening, as it may take seconds. */
  check(): void;
}

/**
 * A service over one file. Whenever the file turns out to be damaged it is set aside under another name, never deleted,
 * and a new one is begun, so that the work goes on; `tell` hears of it.
 */
export function createHistoryService(tell: (told: SetAside) => void, connect?: DatabaseOptions["connect"]): HistoryService {
  let opening: Opening | null = null;
  let database: HistoryDatabase | null = null;

  const close = (): void => {
    database?.[Symbol.dispose]();
    database = null;
  };

  const open = (options: Opening): Fault | null => {
    close();
    opening = options;
    const opened = openDatabase({ file: options.file, mask: options.mask, ...(connect === undefined ? {} : { connect }) });
    if (!opened.ok) return opened.error;
    database = opened.value;
    return null;
  };

  const beginAnew = ({ file, now }: Opening): void => {
    close();
    tell({ kind: "set-aside", path: setAside(file, now) });
  };

  const answer = (request: HistoryRequest): HistoryReply => {
    if (request.kind === "open") {
      const fault = open(request);
      return fault === null ? { kind: "done" } : { kind: "failed", fault };
    }
    if (request.kind === "close") {
      close();
      return { kind: "done" };
    }
    return database === null ? { kind: "failed", fault: NOT_OPEN } : work(database, request);
  };

  /** Begins anew after `error` if the file is at fault; what the work that met it comes to now. */
  const afterDamage = (error: unknown, again: () => HistoryReply): HistoryReply => {
    const doing = `the history ${opening?.file ?? ""}`;
    if (!isDamage(error) || opening === null) return { kind: "failed", fault: sqliteFault(error, doing) };
    try {
      beginAnew(opening);
      const fault = open(opening);
      return fault === null ? again() : { kind: "failed", fault };
    } catch (second) {
      return { kind: "failed", fault: sqliteFault(second, doing) };
    }
  };

  return {
    answer(request) {
      try {
        return answer(request);
      } catch (error) {
        return afterDamage(error, () => answer(request));
      }
    },
    check() {
      try {
        if (database === null || opening === null || database.isSound()) return;
        beginAnew(opening);
        open(opening);
      } catch (error) {
        afterDamage(error, () => ({ kind: "done" }));
      }
    },
  };
}

function work(database: HistoryDatabase, request: Exclude<HistoryRequest, { kind: "open" | "close" }>): HistoryReply {
  switch (request.kind) {
    case "write":
      database.write(request.items, request.now);
      return { kind: "done" };
    case "expire":
      return { kind: "expired", ...database.expire(request.before) };
    case "settle":
      database.settle();
      return { kind: "done" };
    case "forget":
      return { kind: "forgotten", forgotten: database.forget(request.which, request.now, request.dry) };
    case "erase":
      return { kind: "erased", erased: database.erase() };
    case "interaction":
      return { kind: "interaction", record: database.interaction(request.id) };
    case "interactions":
      return { kind: "interactions", summaries: database.interactions(request.limit) };
    case "counts":
      return { kind: "counts", counts: database.counts() };
    case "batch-begin":
      database.batches.begin(request.summary, request.now);
      return { kind: "done" };
    case "batch-add":
      database.batches.add(request.batchId, request.position, request.cases);
      return { kind: "done" };
    case "batch-finish":
      database.batches.finish(request.batchId);
      return { kind: "done" };
    case "batch-summary": {
      const found = database.batches.summary(request.batchId);
      return { kind: "batches", summaries: found === null ? [] : [found] };
    }
    case "batch-cases":
      return { kind: "batch-cases", cases: database.batches.cases(request.batchId, request.position, request.count) };
    case "batches":
      return { kind: "batches", summaries: database.batches.latest(request.suite, request.limit) };
    case "baseline-pin":
      database.batches.pin(request.suite, request.batchId);
      return { kind: "done" };
    case "baseline":
      return { kind: "baseline", batchId: database.batches.baseline(request.suite) };
    default:
      return assertNever(request);
  }
}
