import { useMemo, useRef, useState } from "react";
import type { BridgeView } from "../../shared/bridge-view.ts";
import { useKeys } from "../panel/use-keys.ts";
import { useServices } from "../panel-context.tsx";
import { bridgeViewTexts } from "../texts/bridge-view-texts.ts";
import { MatterBar } from "./matter-bar.tsx";
import { MatterConfirm, needsConfirming } from "./matter-confirm.tsx";
import { MatterNothing } from "./matter-nothing.tsx";
import { MatterTable } from "./matter-table.tsx";
import { deadMatters, everyMatter, findMatters, type MatterKind, type MatterQuery, uncertainMatters } from "./matters.ts";
import { useHeldMatters } from "./use-held-matters.ts";
import { type MatterOrder, useMatterCommands } from "./use-matter-commands.ts";

const { matters: words } = bridgeViewTexts;

/** What was not answered, or not surely: found, chosen, read and dealt with. */
export function MatterArea({ view }: { readonly view: BridgeView }) {
  const { clock } = useServices();
  const [kind, setKind] = useState<MatterKind>(() => (view.deadLetters.count === 0 && view.uncertain.count > 0 ? "uncertain" : "dead"));
  const [query, setQuery] = useState<MatterQuery>(everyMatter);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [asked, setAsked] = useState<MatterOrder | null>(null);
  const grid = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement>(null);

  const all = useMemo(() => (kind === "dead" ? deadMatters(view) : uncertainMatters(view)), [kind, view]);
  const found = useMemo(() => findMatters(all, query), [all, query]);
  const held = useHeldMatters(found, `${kind} ${query.reason ?? ""} ${query.words}`, clock);
  const { matters } = held;
  const chosenIds = matters.filter(({ id }) => chosen.has(id)).map(({ id }) => id);
  const count = kind === "dead" ? view.deadLetters.count : view.uncertain.count;

  const commands = useMatterCommands(() => {
    // What was pressed may be gone with its line, or disabled: the focus goes to the list, not to nowhere.
    if (document.activeElement === null || document.activeElement === document.body) grid.current?.focus();
  });
  const give = (order: MatterOrder): void => {
    if (needsConfirming(order)) setAsked(order);
    else commands.give(order);
  };

  useKeys((key) => {
    if (key !== "/") return false;
    search.current?.focus();
    search.current?.select();
    return true;
  });

  const ask = (next: MatterQuery): void => {
    setQuery(next);
    setChosen(new Set());
    commands.forget();
  };
  return (
    <section className="matters" aria-label={words.label}>
      <MatterBar
        view={view}
        kind={kind}
        all={all}
        shown={matters.length}
        query={query}
        chosenIds={chosenIds}
        search={search}
        outcome={commands.outcome}
        onKind={(next) => {
          setKind(next);
          ask(everyMatter);
        }}
        onQuery={ask}
        onDown={() => grid.current?.focus()}
        onOrder={give}
      />
      <MatterTable
        key={kind}
        kind={kind}
        matters={matters}
        held={held}
        chosen={chosen}
        grid={grid}
        outcome={commands.outcome}
        onChosen={setChosen}
        onOrder={give}
        empty={
          <MatterNothing
            view={view}
            kind={kind}
            filtered={all.length > 0}
            onReset={() => ask(everyMatter)}
            onUncertain={() => {
              setKind("uncertain");
              ask(everyMatter);
            }}
          />
        }
      />
      {all.length < count ? <p className="matter-rest">{words.rest(all.length, count)}</p> : null}
      {asked === null ? null : (
        <MatterConfirm
          order={asked}
          all={view.deadLetters.count}
          onCancel={() => setAsked(null)}
          onConfirm={() => {
            setAsked(null);
            commands.give(asked);
          }}
        />
      )}
    </section>
  );
}
