import { History } from "lucide-react";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { useStore } from "zustand";
import { isSearchable, MAX_SEARCH_LENGTH } from "../../shared/history-bounds.ts";
import { useKeys } from "../panel/use-keys.ts";
import { usePanel, useServices } from "../panel-context.tsx";
import { historyTexts } from "../texts/history-texts.ts";
import { Blank } from "../ui/blank.tsx";
import { FaultNote, Note } from "../ui/note.tsx";
import { SearchField } from "../ui/search-field.tsx";
import { useNarrow } from "../ui/use-narrow.ts";
import { FilterBar } from "./filter-bar.tsx";
import { createPastSearch } from "./past-search.ts";
import { createRecordReader } from "./record-reader.ts";
import { RecordView } from "./record-view.tsx";
import { ResultList } from "./result-list.tsx";
import { firstFoundLine, isUnfiltered, moved } from "./result-walk.ts";
import { useFacets } from "./use-facets.ts";
import { useHistoryActions } from "./use-history-actions.ts";

const { title, off, nothing, notFound, failed, retry, search: words, record: recordWords } = historyTexts;

/** What was found on the left, one of it on the right; where it is narrow, the one in front of what was found. */
export function HistoryBench() {
  const { clock } = useServices();
  const actions = useHistoryActions();
  const narrow = useNarrow();
  const reachable = usePanel(({ host }) => host.kind === "connected");
  const errand = usePanel((view) => view.errand);
  const errandDone = usePanel((view) => view.errandDone);
  const facets = useFacets(actions);
  const [search] = useState(() => createPastSearch(actions, clock));
  const [reader] = useState(() => createRecordReader(actions));
  const { text, filter, problem, results, asking } = useStore(search.store);
  const reading = useStore(reader.store);
  const [activeId, setActiveId] = useState<string | null>(null);
  /** What was forgotten last, in words. */
  const [forgotten, setForgotten] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const leaving = useRef(false);
  const hits = results.kind === "found" ? results.hits : [];
  const covered = narrow && reading.kind !== "none";

  // Each time the view is opened, and when main is back: something may have been said since. Who has scrolled on is left there.
  const refresh = useEffectEvent(() => {
    if ((list.current?.scrollTop ?? 0) === 0) search.again();
  });
  useEffect(() => {
    if (reachable) refresh();
  }, [reachable]);

  useEffect(() => {
    if (errand === null || errand.kind !== "interaction") return;
    errandDone(errand);
    reader.open(errand.interactionId, errand.utteranceId);
  }, [errand, errandDone, reader]);

  // Where it is narrow, what was found can have the focus only once the interaction in front of it is gone.
  const isClosed = reading.kind === "none";
  useEffect(() => {
    if (!isClosed || !leaving.current) return;
    leaving.current = false;
    (list.current ?? field.current)?.focus();
  }, [isClosed]);

  const open = (interactionId: string): void => {
    setActiveId(interactionId);
    setForgotten(null);
    reader.open(interactionId, firstFoundLine(hits, interactionId));
  };
  const close = (): void => {
    leaving.current = true;
    reader.close();
  };
  const walk = (by: number): void => {
    const next = moved(hits, activeId, by);
    if (next !== null) setActiveId(next);
  };
  const enterList = (): void => {
    if (activeId === null || !hits.some(({ interaction }) => interaction.id === activeId)) setActiveId(hits[0]?.interaction.id ?? null);
    list.current?.focus();
  };

  useKeys((key) => {
    if (key === "Escape" && reading.kind !== "none") {
      close();
      return true;
    }
    if (covered) return false;
    if (key === "/") {
      field.current?.focus();
      field.current?.select();
      return true;
    }
    if (key !== "j" && key !== "k") return false;
    walk(key === "j" ? 1 : -1);
    list.current?.focus();
    return true;
  });

  const found = results.kind === "found" ? words.found(hits.length, results.more.kind !== "none") : "";
  const isOff = results.kind === "failed" && results.fault.code === "not-found-here";
  if (isOff) {
    return (
      <Blank level={1} icon={History} title={off.title}>
        <p>{off.hint}</p>
        <p>{off.how}</p>
      </Blank>
    );
  }
  const empty =
    results.kind === "found" && hits.length === 0 && !asking ? (
      isUnfiltered(text, filter) ? (
        <Blank icon={History} title={nothing.title}>
          <p>{nothing.hint}</p>
        </Blank>
      ) : text.trim() !== "" && !isSearchable(text) ? (
        <Blank icon={History} title={words.nothingIn(beginning(text.trim()))}>
          <p>{words.nothingInHint}</p>
        </Blank>
      ) : (
        <Blank icon={History} title={notFound.title}>
          <p>{notFound.hint}</p>
          <button type="button" className="button" onClick={() => search.everything()}>
            {notFound.reset}
          </button>
        </Blank>
      )
    ) : null;
  return (
    <div className="past-body">
      <section className="past-found" aria-label={title} inert={covered}>
        <header className="past-head">
          <h1>{title}</h1>
          <SearchField field={field} label={words.label} hint={words.hint} words={text} found={asking ? words.asking : found} maxLength={MAX_SEARCH_LENGTH} onWords={search.type} onDown={enterList} />
        </header>
        <FilterBar filter={filter} facets={facets} anyTime problem={problem} onChange={search.choose} />
        {text.length < MAX_SEARCH_LENGTH ? null : (
          <p className="past-problem" role="alert">
            {words.tooLong(MAX_SEARCH_LENGTH)}
          </p>
        )}
        <output className="visually-hidden">{results.kind === "found" && !asking ? words.announced(hits.length, results.more.kind !== "none") : ""}</output>
        <div className="notes">
        {forgotten === null ? null : <Note tone="none">{forgotten}</Note>}
        {results.kind === "failed" ? (
          <FaultNote
            title={failed}
            fault={results.fault}
            action={
              <button type="button" className="button" onClick={search.again}>
                {retry}
              </button>
            }
          />
        ) : null}
        </div>
        {empty ?? <ResultList list={list} results={results} asking={asking} activeId={activeId} openId={reading.kind === "none" ? null : reading.interactionId} onOpen={open} onWalk={walk} onFurther={search.further} />}
      </section>
      {reading.kind === "none" ? (
        narrow ? null : <p className="past-choose">{hits.length === 0 ? "" : recordWords.choose}</p>
      ) : (
        <RecordView
          key={reading.interactionId}
          reading={reading}
          actions={actions}
          narrow={narrow}
          onClose={close}
          onRetry={() => reader.open(reading.interactionId, null)}
          onForgotten={(which, told) => {
            // What is gone is off the page at once, the name in its head as well.
            setForgotten(told);
            close();
            if (which === "one") search.drop(reading.interactionId);
            else search.again();
          }}
        />
      )}
    </div>
  );
}

/** As much of a text as a heading may quote. */
function beginning(text: string): string {
  const signs = Array.from(text);
  return signs.length > 30 ? `${signs.slice(0, 30).join("")}…` : text;
}
