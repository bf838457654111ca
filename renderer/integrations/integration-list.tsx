import { KeyRound, Plus, Search } from "lucide-react";
import { type KeyboardEvent, type RefObject, useRef, useState } from "react";
import type { IntegrationRow } from "../../shared/integration-view.ts";
import { useNow } from "../panel-context.tsx";
import { integrationTexts } from "../texts/integration-texts.ts";
import { formatCountdown } from "../ui/format.ts";
import { IconButton } from "../ui/icon-button.tsx";
import { errorRate, formatMs, formatRate, pauseLeftMs, rowState } from "./row-words.ts";

const { title, list: words, unnamed } = integrationTexts;
/** Fewer are found by looking. */
const SEARCH_FROM = 7;

interface IntegrationListProps {
  readonly rows: readonly IntegrationRow[];
  readonly selected: string | null;
  readonly search: RefObject<HTMLInputElement | null>;
  readonly onSelect: (key: string) => void;
  readonly onNew: () => void;
  readonly onSecrets: () => void;
}

/** All integrations with how far they are and how they do. Arrow keys walk it. */
export function IntegrationList({ rows, selected, search, onSelect, onNew, onSecrets }: IntegrationListProps) {
  const [typed, setTyped] = useState("");
  const lines = useRef<HTMLUListElement>(null);
  const wanted = typed.trim().toLowerCase();
  const searchable = rows.length >= SEARCH_FROM;
  const found = wanted === "" || !searchable ? rows : rows.filter(({ name, host }) => `${name} ${host}`.toLowerCase().includes(wanted));
  const walk = (event: KeyboardEvent): void => {
    const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (by === 0) return;
    const buttons = [...(lines.current?.querySelectorAll("button") ?? [])];
    const at = buttons.findIndex((button) => button === document.activeElement);
    event.preventDefault();
    buttons[Math.min(buttons.length - 1, Math.max(0, at + by))]?.focus();
  };
  return (
    <section className="int-list" aria-label={words.label}>
      <header className="int-list-head">
        <h1>{title}</h1>
        <IconButton icon={KeyRound} label={words.secrets} onClick={onSecrets} />
        <button type="button" className="button button-main" title={words.newHint} aria-keyshortcuts="n" onClick={onNew}>
          <Plus size={14} strokeWidth={1.5} aria-hidden="true" />
          {words.new}
        </button>
      </header>
      {searchable ? (
        <label className="search int-search" title={words.findHint}>
          <Search size={14} strokeWidth={1.5} aria-hidden="true" />
          <input ref={search} type="search" value={typed} placeholder={words.find} aria-label={words.find} onChange={(event) => setTyped(event.currentTarget.value)} onKeyDown={walk} />
        </label>
      ) : null}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the keys are for the buttons in it */}
      <ul ref={lines} className="int-rows" onKeyDown={walk}>
        {found.map((row) => (
          <li key={row.key}>
            <IntegrationLine row={row} selected={row.key === selected} onSelect={() => onSelect(row.key)} />
          </li>
        ))}
      </ul>
      {found.length === 0 ? <p className="hint int-none">{words.nothing}</p> : null}
    </section>
  );
}

interface IntegrationLineProps {
  readonly row: IntegrationRow;
  readonly selected: boolean;
  readonly onSelect: () => void;
}

function IntegrationLine({ row, selected, onSelect }: IntegrationLineProps) {
  const { stats } = row;
  const state = rowState(row);
  const rate = errorRate(stats);
  const paused = useNow((now) => {
    const left = pauseLeftMs(stats, now);
    return left === null ? null : formatCountdown(left);
  });
  return (
    <button type="button" className="int-row" aria-current={selected ? "true" : undefined} onClick={onSelect}>
      <bdi className="int-row-name ellipsis" title={row.name}>
        {row.name === "" ? unnamed : row.name}
      </bdi>
      <span className="int-row-host ellipsis">
        <code>{row.method}</code> {row.host === "" ? words.noHost : row.host}
      </span>
      <span className="int-row-state">
        <span className="tag toned" data-tone={state.tone}>
          {state.words}
        </span>
        {paused === null ? null : (
          <span className="tag toned" data-tone="bad">
            {words.paused(paused)}
          </span>
        )}
      </span>
      {rate === null ? null : (
        <span className="int-row-figures">
          <span>{words.calls(stats.calls)}</span>
          <span data-bad={stats.failures > 0}>{words.errors(formatRate(rate))}</span>
          <span>{words.p95(formatMs(stats.p95))}</span>
        </span>
      )}
    </button>
  );
}
