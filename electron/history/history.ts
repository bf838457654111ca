import type { AssistEvent } from "../../shared/assist-event.ts";
import type { Clock } from "../../shared/clock.ts";
import type { Fault } from "../../shared/fault.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { TeamLine } from "../../shared/team.ts";
import { createBackgroundWriter, type DiskTrouble } from "../files/background-writer.ts";
import { nodeFiles } from "../files/node-files.ts";
import { newerVersionFault, versionInHeader } from "../files/file-version.ts";
import { startWorkerLink, workerAddress, type WorkerLink } from "../files/worker-link.ts";
import { createBatchArchive, faultOf, type BatchArchive } from "./batch-archive.ts";
import type { Forgetting } from "./database.ts";
import { historyItemOf, type DispositionRecord, type HistoryItem } from "./history-item.ts";
import type { ForgetOutcome, HistoryFacets, HistoryFilter, HistoryPage, HistorySearch, InteractionRecord } from "../../shared/history.ts";
import type { HistoryCounts, InteractionSummary } from "./history-record.ts";
import { createHistoryReader, type HistoryReader } from "./history-reader.ts";
import { migrations } from "./history-schema.ts";
import type { DeskOverview } from "./overview.ts";
import type { HistoryReply, HistoryRequest, SetAside } from "./protocol.ts";
import type { DeskViewer, ReaderReply, TeamOverview, TeamPlace } from "./reader-protocol.ts";
import { createRetentionClock, type ClockDoubt } from "./retention-clock.ts";

/** For messages. */
const NAME = "the history";
const GATHER_MS = 100;
/** Written in one transaction. */
const BATCH_ITEMS = 1_000;
/** How much is kept while the disk refuses. */
const MAX_ITEMS = 50_000;
/** How soon what could not be erased is tried again. */
const ERASE_AGAIN_MS = 1_000;
const DAY_MS = 24 * 60 * 60 * 1_000;

const CLOSED: HistoryReply = { kind: "failed", fault: { kind: "transport", code: "disk", detail: "the history was closed" } };

export interface HistoryOptions {
  /** The SQLite file; made with its directories. */
  readonly file: string;
  /** Whether card numbers, IBANs, e-mail addresses and phone numbers are masked (contract 0). */
  readonly mask: boolean;
  /** Interactions of which nothing was taken for longer than this are removed, and batches as old, at the start and daily, once the clock is to be believed. */
  readonly retentionDays: number;
  readonly clock: Clock;
  readonly onTrouble: (trouble: DiskTrouble | SetAside | ClockDoubt) => void;
  /** The reading worker's entry, where it is not beside this file as source (a bundle). */
  readonly readerWorker?: URL;
  /** The worker's entry, where it is not beside this file as source (a bundle). */
  readonly worker?: URL;
}

/**
 * The local history: interactions, what was said, what was shown and what the agent did with it, and batches of simulations. Taking never waits and
 * never throws; what is asked is answered from what was taken before. Disposing writes what is queued.
 */
export interface History extends BatchArchive, AsyncDisposable {
  /** Takes what the history keeps of an assist event: final utterances and shown sets, nothing interim. */
  take(event: AssistEvent): void;
  /** Takes what an agent did with a suggestion. */
  record(record: DispositionRecord): void;
  /** Everything of one interaction; null where nothing is kept of it. */
  interaction(id: string): Promise<Result<InteractionRecord | null, Fault>>;
  /** The latest interactions first, at most 1,000. */
  interactions(query: { readonly limit: number }): Promise<Result<readonly InteractionSummary[], Fault>>;
  counts(): Promise<Result<HistoryCounts, Fault>>;
  facets(): Promise<Result<HistoryFacets, Fault>>;
  search(search: HistorySearch): Promise<Result<Omit<HistoryPage, "tookMs">, Fault>>;
  /** `zone`: the IANA name of the time zone that days are counted in. `viewer`: a supervisor who is shown it; null: whose figures they are. */
  overview(filter: HistoryFilter, zone: string, viewer: DeskViewer | null): Promise<Result<DeskOverview, Fault>>;
  /** What this desk tells the team of a period; without names and words. */
  teamLines(period: { readonly start: number; readonly end: number }, desk: string): Promise<Result<readonly TeamLine[], Fault>>;
  /** Another text after each forgetting; empty before the first. */
  forgettingMark(): Promise<Result<string, Fault>>;
  /** The overview of the desks whose files stand in a folder, as a supervisor is shown it. */
  teamOverview(place: TeamPlace, filter: HistoryFilter, zone: string): Promise<Result<TeamOverview, Fault>>;
  /**
   * Forgets an interaction, or all of a customer's: removed beyond recovery, and what still comes of them is not kept.
   * What still goes on stays. Gives how many went and which stay; with `dry` only that. Fault: `disk`.
   */
  forget(which: Forgetting, dry: boolean): Promise<Result<ForgetOutcome, Fault>>;
  /**
   * Makes what was taken be in the file, as far as the disk allows, for another that reads it beside this one; gives the
   * file's path. Faults: `disk`, `newer-file`.
   */
  settled(): Promise<Result<string, Fault>>;
  /** How far a platform's clock is ahead of this machine's, in ms: what is too old goes by a clock that is believed only. */
  hearClock(aheadMs: number): void;
  /** Writes what was taken so far, now; the fault if that failed (it stays queued). */
  flush(): Promise<Result<void, Fault>>;
}

/**
 * Opens the history. The work is done in a thread of its own, so that the live path never waits for the disk; the thread
 * is started a moment later, so that the program's start does not wait for it either.
 * Fails with `newer-file` for a file of a newer version, which is left untouched. A file that cannot be written now
 * (full disk, locked by another program) is told through `onTrouble` and tried again; up to 50,000 items are kept
 * meanwhile. A damaged file is set aside and a new one begun, which is told too.
 */
export async function openHistory(options: HistoryOptions): Promise<Result<History, Fault>> {
  const { file, clock, onTrouble, retentionDays } = options;
  const newer = newerVersionFault(NAME, file, versionInHeader(file), migrations.length);
  if (newer !== null) return err(newer);

  const reader = createHistoryReader(file, options.readerWorker);
  const connection = createConnection({
    ...options,
    onTrouble(trouble) {
      if (trouble.kind === "set-aside") reader.reopen();
      onTrouble(trouble);
    },
  });
  let queued: HistoryItem[] = [];
  let expireDue = true;
  let cancelDaily: (() => void) | null = null;
  let cancelErase = (): void => {};

  const drain = async (): Promise<Result<void, Fault>> => {
    for (;;) {
      const batch = queued.slice(0, BATCH_ITEMS);
      if (batch.length > 0) {
        const reply = await connection.ask({ kind: "write", items: batch, now: clock.now() });
        if (reply.kind === "failed") return err(reply.fault);
        queued = queued.slice(batch.length);
      }
      if (expireDue) {
        // Taken down before, as it may come due again meanwhile.
        expireDue = false;
        if (!(await retention.mayRemove())) continue;
        const reply = await connection.ask({ kind: "expire", before: clock.now() - retentionDays * DAY_MS });
        if (reply.kind === "failed") {
          expireDue = true;
          return err(reply.fault);
        }
        if (reply.kind === "expired" && !reply.erased) eraseSoon();
      }
      if (queued.length === 0 && !expireDue) return ok(undefined);
    }
  };

  /** Somebody still read an older state; it is let go of in a moment. */
  const eraseSoon = (): void => {
    cancelErase();
    cancelErase = clock.after(ERASE_AGAIN_MS, () => void eraseAgain());
  };
  const eraseAgain = async (): Promise<void> => {
    const reply = await connection.ask({ kind: "erase" });
    if (!writer.closed() && (reply.kind !== "erased" || !reply.erased)) eraseSoon();
  };

  const writer = createBackgroundWriter({ clock, gatherMs: GATHER_MS, drain, remaining: () => queued.length, onTrouble });

  const expireSoon = (): void => {
    expireDue = true;
    writer.wake("soon");
  };
  const retention = createRetentionClock({ file: clockFileOf(file), files: nodeFiles, clock, onDoubt: onTrouble, onBelieved: expireSoon });
  const daily = (): void => {
    expireSoon();
    cancelDaily = clock.after(DAY_MS, daily);
  };
  cancelDaily = clock.after(DAY_MS, daily);
  writer.wake("soon");

  const keep = (item: HistoryItem): void => {
    if (writer.closed()) return;
    if (queued.length >= MAX_ITEMS) {
      writer.lose();
      return;
    }
    queued.push(item);
    writer.wake(queued.length >= BATCH_ITEMS ? "now" : "soon");
  };

  /** Asks the reading thread, after what was taken has been written as far as the disk allows. */
  const read = async (request: Parameters<HistoryReader["ask"]>[0]): Promise<ReaderReply> => {
    // Also opens the file, which the reader does not make.
    const ready = await query({ kind: "settle" });
    return ready.kind === "failed" ? ready : reader.ask(request);
  };

  /** What was taken before is written first, as far as the disk allows: the answer is then of all of it. */
  const query = async (request: HistoryRequest): Promise<HistoryReply> => {
    if (queued.length > 0) await writer.flush();
    return connection.ask(request);
  };

  /** A batch is asked about in several steps; the file may be closed between them, and must not be opened again. */
  const askArchive = async (request: HistoryRequest): Promise<HistoryReply> => (writer.closed() ? CLOSED : connection.ask(request));

  return ok({
    ...createBatchArchive(askArchive, () => clock.now()),
    take(event) {
      const item = historyItemOf(event);
      if (item !== null) keep(item);
    },
    record(record) {
      keep({ kind: "disposition", record });
    },
    async interaction(id) {
      const reply = await query({ kind: "interaction", id });
      return reply.kind === "interaction" ? ok(reply.record) : err(faultOf(reply));
    },
    async interactions({ limit }) {
      const reply = await query({ kind: "interactions", limit });
      return reply.kind === "interactions" ? ok(reply.summaries) : err(faultOf(reply));
    },
    async counts() {
      const reply = await query({ kind: "counts" });
      return reply.kind === "counts" ? ok(reply.counts) : err(faultOf(reply));
    },
    async facets() {
      const reply = await read({ kind: "facets" });
      return reply.kind === "facets" ? ok(reply.facets) : err(faultOf(reply));
    },
    async search(search) {
      const reply = await read({ kind: "search", search });
      return reply.kind === "page" ? ok(reply.page) : err(faultOf(reply));
    },
    async overview(filter, zone, viewer) {
      const reply = await read({ kind: "overview", filter, zone, now: clock.now(), viewer });
      return reply.kind === "overview" ? ok(reply.overview) : err(faultOf(reply));
    },
    async teamLines({ start, end }, desk) {
      const reply = await read({ kind: "team-lines", start, end, desk });
      return reply.kind === "team-lines" ? ok(reply.lines) : err(faultOf(reply));
    },
    async forgettingMark() {
      const reply = await read({ kind: "forgetting-mark" });
      return reply.kind === "forgetting-mark" ? ok(reply.mark) : err(faultOf(reply));
    },
    async teamOverview(place, filter, zone) {
      const reply = await read({ kind: "team-overview", place, filter, zone, now: clock.now() });
      return reply.kind === "team-overview" ? ok(reply.overview) : err(faultOf(reply));
    },
    async forget(which, dry) {
      const reply = await query({ kind: "forget", which, now: clock.now(), dry });
      if (reply.kind !== "forgotten") return err(faultOf(reply));
      const { erased, ...outcome } = reply.forgotten;
      if (!erased) eraseSoon();
      return ok(outcome);
    },
    async settled() {
      const reply = await query({ kind: "settle" });
      return reply.kind === "done" ? ok(file) : err(faultOf(reply));
    },
    hearClock: (aheadMs) => {
      retention.hear(aheadMs);
    },
    flush: () => writer.flush(),
    async [Symbol.asyncDispose]() {
      cancelDaily?.();
      cancelErase();
      await writer[Symbol.asyncDispose]();
      await retention[Symbol.asyncDispose]();
      await reader[Symbol.asyncDispose]();
      await connection[Symbol.asyncDispose]();
    },
  });
}

/** `history-clock.json` beside `history.sqlite`. */
function clockFileOf(file: string): string {
  return `${file.replace(/\.sqlite$/u, "")}-clock.json`;
}

interface Connection extends AsyncDisposable {
  /** Opens the file, and starts the worker, where that is still to be done or to be done again. */
  ask(request: HistoryRequest): Promise<HistoryReply>;
}

function createConnection({ file, mask, clock, onTrouble, worker = workerAddress("history-worker", import.meta.url) }: HistoryOptions): Connection {
  let link: WorkerLink<HistoryRequest, HistoryReply> | null = null;
  let opening: Promise<HistoryReply> | null = null;

  const open = async (): Promise<HistoryReply> => {
    if (link === null || !link.alive()) link = startLink(worker, onTrouble);
    const reply = await link.ask({ kind: "open", file, mask, now: clock.now() });
    if (reply.kind === "failed") opening = null;
    return reply;
  };

  return {
    async ask(request) {
      if (link === null || !link.alive()) opening = null;
      opening ??= open();
      const opened = await opening;
      if (opened.kind === "failed" || link === null) return opened;
      return link.ask(request);
    },
    async [Symbol.asyncDispose]() {
      await link?.[Symbol.asyncDispose]();
    },
  };
}

function startLink(address: URL, onTold: (told: SetAside) => void): WorkerLink<HistoryRequest, HistoryReply> {
  return startWorkerLink({ address, name: NAME, close: { kind: "close" }, failed: (fault) => ({ kind: "failed", fault }), onTold });
}
