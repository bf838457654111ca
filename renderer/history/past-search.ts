import { createStore, type StoreApi } from "zustand/vanilla";
import type { Clock } from "../../shared/clock.ts";
import type { Fault } from "../../shared/fault.ts";
import type { HistoryFilter, HistoryHit } from "../../shared/history.ts";
import type { HistoryActions } from "../history-actions.ts";
import { createNewestAnswer } from "../integrations/newest-answer.ts";
import { historyFilter, type PastFilter } from "./past-filter.ts";
import type { PeriodProblem } from "./period.ts";

/** How long nothing is typed before it is searched. */
const TYPING_MS = 150;

/** What a search found so far. `more`: whether a further page is there, is being read, or could not be read. */
export type Results =
  | { readonly kind: "asking" }
  | { readonly kind: "failed"; readonly fault: Fault }
  | { readonly kind: "found"; readonly hits: readonly HistoryHit[]; readonly more: More };

type More = { readonly kind: "none" } | { readonly kind: "there"; readonly next: string } | { readonly kind: "asking" } | { readonly kind: "failed"; readonly next: string; readonly fault: Fault };

interface PastSearchView {
  readonly text: string;
  readonly filter: PastFilter;
  /** Why the period cannot be asked about; the results are of the question before then. */
  readonly problem: PeriodProblem | null;
  /** Of the newest question that was answered. */
  readonly results: Results;
  /** Whether a newer one is under way. */
  readonly asking: boolean;
}

/** A search as it is typed and read on. */
export interface PastSearch {
  readonly store: StoreApi<PastSearchView>;
  readonly type: (text: string) => void;
  readonly choose: (filter: PastFilter) => void;
  /** Without words and without a filter. */
  readonly everything: () => void;
  /** Asks the same anew. */
  readonly again: () => void;
  /** Reads the next page, where there is one and it is not being read. */
  readonly further: () => void;
  /** Takes an interaction off what was found. */
  readonly drop: (interactionId: string) => void;
}

const anything: PastFilter = { period: { kind: "any" }, channel: null, queue: null, agentId: null };

/** No length of time is too long to be searched. */
const ANY_LENGTH = Number.POSITIVE_INFINITY;

interface Question {
  readonly text: string;
  readonly filter: HistoryFilter;
}

/** A search that begins with everything, once it is asked `again`. The newest question wins, whenever answers come. */
export function createPastSearch(actions: Pick<HistoryActions, "search">, clock: Clock): PastSearch {
  const store = createStore<PastSearchView>(() => ({ text: "", filter: anything, problem: null, results: { kind: "asking" }, asking: false }));
  /** What the results are of. */
  let answered: Question | null = null;
  const newest = createNewestAnswer({
    clock,
    delayMs: TYPING_MS,
    ask: async (question: Question) => ({ question, answer: await actions.search(question.text, question.filter, null) }),
    take({ question, answer }) {
      answered = question;
      store.setState({
        asking: false,
        results: answer.ok ? { kind: "found", hits: answer.value.hits, more: moreAfter(answer.value.next) } : { kind: "failed", fault: answer.error },
      });
    },
  });
  const ask = (when: "soon" | "now"): void => {
    const { text, filter } = store.getState();
    const asked = historyFilter(filter, clock.now(), ANY_LENGTH);
    if (!asked.ok) {
      newest.forget();
      store.setState({ problem: asked.error, asking: false });
      return;
    }
    store.setState({ problem: null, asking: true });
    newest[when]({ text: text.trim(), filter: asked.value });
  };
  const readOn = async (question: Question, hits: readonly HistoryHit[], next: string): Promise<void> => {
    store.setState({ results: { kind: "found", hits, more: { kind: "asking" } } });
    const answer = await actions.search(question.text, question.filter, next);
    const { results } = store.getState();
    // A newer question has been answered meanwhile; something may have been forgotten as well.
    if (question !== answered || results.kind !== "found") return;
    if (!answer.ok) {
      store.setState({ results: { ...results, more: { kind: "failed", next, fault: answer.error } } });
      return;
    }
    const known = new Set(results.hits.map(({ interaction }) => interaction.id));
    store.setState({ results: { kind: "found", hits: [...results.hits, ...answer.value.hits.filter(({ interaction }) => !known.has(interaction.id))], more: moreAfter(answer.value.next) } });
  };
  return {
    store,
    type(text) {
      store.setState({ text });
      ask("soon");
    },
    choose(filter) {
      store.setState({ filter });
      ask("now");
    },
    everything() {
      store.setState({ text: "", filter: anything });
      ask("now");
    },
    again: () => ask("now"),
    further() {
      const { results } = store.getState();
      if (answered === null || results.kind !== "found" || (results.more.kind !== "there" && results.more.kind !== "failed")) return;
      void readOn(answered, results.hits, results.more.next);
    },
    drop(interactionId) {
      const { results } = store.getState();
      if (results.kind !== "found") return;
      store.setState({ results: { ...results, hits: results.hits.filter(({ interaction }) => interaction.id !== interactionId) } });
    },
  };
}

function moreAfter(next: string | null): More {
  return next === null ? { kind: "none" } : { kind: "there", next };
}
