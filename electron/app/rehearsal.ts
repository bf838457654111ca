import type { Clock } from "../../shared/clock.ts";
import type { Fault } from "../../shared/fault.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Rehearsal, Rehearsed } from "../../shared/workshop.ts";
import type { Rules } from "../assist/compiled-rules.ts";
import { startWorkerLink, workerAddress, type WorkerLink } from "../files/worker-link.ts";
import type { History } from "../history/history.ts";
import type { RehearsalReply, RehearsalRequest } from "./rehearsal-protocol.ts";

/** How long the thread is kept after its last answer: whoever tries rules tries several. */
const IDLE_MS = 60_000;

export interface RehearsalOptions {
  readonly clock: Clock;
  /** The rules of the settings that hold now. */
  readonly standing: () => Rules;
  /** Phrases that hold beside those of the settings, whatever is edited there. */
  readonly listed: () => readonly string[];
  /** The thread's entry, where it is not beside this file as source (a bundle). */
  readonly worker?: URL;
}

/** Tries rules on the past, in a thread of its own that is started when something is asked. Disposing ends it. */
export interface RehearsalDesk extends AsyncDisposable {
  /**
   * What other rules would have changed on the newest interactions that pass the filter; nothing is saved. What was
   * asked before and is not answered yet is given up. Faults: `aborted` (given up), `disk`, `newer-file`.
   */
  rehearse(past: Pick<History, "settled">, rehearsal: Rehearsal): Promise<Result<Rehearsed, Fault>>;
}

/** See {@link RehearsalDesk}. */
export function createRehearsalDesk({ clock, standing, listed, worker = workerAddress("rehearsal-worker", import.meta.url) }: RehearsalOptions): RehearsalDesk {
  let link: WorkerLink<RehearsalRequest, RehearsalReply> | null = null;
  let ending: Promise<void> = Promise.resolve();
  let stopIdle = (): void => {};
  let asked = 0;
  let closed = false;

  const end = (): void => {
    const ended = link;
    link = null;
    if (ended === null) return;
    ending = Promise.all([ending, ended[Symbol.asyncDispose]()]).then(() => undefined);
  };
  const linkNow = (): WorkerLink<RehearsalRequest, RehearsalReply> => {
    if (link === null || !link.alive()) {
      link = startWorkerLink({ address: worker, name: "the workshop", close: { kind: "close" }, failed: (fault) => ({ kind: "failed", fault }) });
    }
    return link;
  };

  return {
    async rehearse(past, rehearsal) {
      stopIdle();
      asked += 1;
      const mine = asked;
      const begun = clock.monotonic();
      const settled = await past.settled();
      if (!settled.ok) return settled;
      if (mine !== asked || closed) return ABORTED;
      const { triggers, policy } = standing();
      const phrases = listed();
      const held: Rules = { triggers, policy: withPhrases(policy, phrases) };
      const tried: Rules = { triggers: changed(triggers, rehearsal.triggers), policy: withPhrases(changed(policy, rehearsal.policy), phrases) };
      const { filter, interactions } = rehearsal;
      const reply = await linkNow().ask({ kind: "rehearse", file: settled.value, tried, standing: held, filter, interactions });
      if (mine === asked && !closed) stopIdle = clock.after(IDLE_MS, end);
      if (reply.kind === "rehearsed") return ok({ ...reply.rehearsed, tookMs: clock.monotonic() - begun });
      return reply.kind === "failed" ? err(reply.fault) : ABORTED;
    },
    async [Symbol.asyncDispose]() {
      closed = true;
      stopIdle();
      end();
      await ending;
    },
  };
}

function withPhrases(policy: Rules["policy"], phrases: readonly string[]): Rules["policy"] {
  return phrases.length === 0 ? policy : { ...policy, prohibitedPhrases: [...new Set([...policy.prohibitedPhrases, ...phrases])] };
}

/** Settings with some of their fields changed. */
function changed<T extends object>(whole: T, part: { readonly [K in keyof T]?: T[K] | undefined }): T {
  const next = { ...whole };
  for (const key in part) {
    const value = part[key];
    if (value !== undefined) next[key] = value;
  }
  return next;
}

const ABORTED: Result<never, Fault> = err({ kind: "transport", code: "aborted", detail: "newer rules are being tried" });
