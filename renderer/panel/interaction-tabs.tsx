import { type KeyboardEvent, useEffect, useRef } from "react";
import type { InteractionView } from "../../shared/panel-state.ts";
import { useActions, useNow, usePanel, usePanelState } from "../panel-context.tsx";
import { texts } from "../texts.ts";
import { formatDuration } from "../ui/format.ts";
import { waitsForAgent } from "./chat-need.ts";
import { channelName, fullName, interactionLength, shortName } from "./interaction-names.ts";
import { newCardCount } from "../../shared/staleness.ts";

/** One tab per interaction; arrow keys walk them, Delete takes an ended one off. */
export function InteractionTabs() {
  const interactions = usePanelState((state) => state.interactions);
  const selectedId = usePanel((view) => view.selectedId);
  const step = usePanel((view) => view.step);
  const actions = useActions();
  const list = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (selectedId === null) return;
    const tab = list.current?.querySelector('[aria-selected="true"]');
    tab?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [selectedId]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : null;
    if (by !== null) {
      event.preventDefault();
      step(by);
      requestAnimationFrame(() => list.current?.querySelector<HTMLElement>('[aria-selected="true"]')?.focus());
    }
    const selected = interactions.find((one) => one.interaction.id === selectedId);
    if (event.key === "Delete" && selected?.interaction.status === "ended") {
      actions.closeInteraction(selected.interaction.id);
    }
  };

  if (interactions.length === 0) return <div className="tabs-product">{texts.product}</div>;
  return (
    <div ref={list} className="tabs" role="tablist" tabIndex={-1} aria-label={texts.interactions.label} onKeyDown={onKeyDown}>
      {interactions.map((view) => (
        <InteractionTab key={view.interaction.id} view={view} selected={view.interaction.id === selectedId} />
      ))}
    </div>
  );
}

const nothingSeen: readonly string[] = [];

function InteractionTab({ view, selected }: { readonly view: InteractionView; readonly selected: boolean }) {
  const { interaction } = view;
  const select = usePanel((panel) => panel.select);
  const seen = usePanel((panel) => panel.seen[interaction.id]) ?? nothingSeen;
  const length = useNow((now) => formatDuration(interactionLength(interaction, now)));
  const news = useNow((now) => (selected ? 0 : newCardCount(view, seen, now)));
  const ended = interaction.status === "ended";
  const state = ended ? texts.interactions.ended : channelName(interaction);
  return (
    <button
      type="button"
      role="tab"
      className="tab"
      aria-selected={selected}
      aria-controls={selected ? "interaction" : undefined}
      tabIndex={selected ? 0 : -1}
      data-status={interaction.status}
      title={fullName(interaction)}
      onClick={() => select(interaction.id)}
    >
      <span className="tab-name">
        <span className="ellipsis">{shortName(interaction)}</span>
        {news > 0 ? (
          <span className="count" title={texts.interactions.newCards(news)}>
            <span aria-hidden="true">{news}</span>
            <span className="visually-hidden"> {texts.interactions.newCards(news)}</span>
          </span>
        ) : null}
      </span>
      {waitsForAgent(view) ? (
        <span className="tab-meta tab-waits">{texts.chat.waits}</span>
      ) : (
        <span className="tab-meta">
          {state} · {length}
        </span>
      )}
    </button>
  );
}
