import { ChevronDown } from "lucide-react";
import { useId, useRef } from "react";
import type { InteractionView } from "../../shared/panel-state.ts";
import { useNow, usePanel, usePanelState } from "../panel-context.tsx";
import { texts } from "../texts.ts";
import { formatDuration } from "../ui/format.ts";
import { waitsForAgent } from "./chat-need.ts";
import { channelName, fullName, interactionLength } from "./interaction-names.ts";
import { newCardCount } from "../../shared/staleness.ts";

/** So many tabs fit the docked width; with more, the rest would be out of sight. */
const TABS_IN_SIGHT = 3;

/** All interactions in one list, with how many there are and whether there is news among them; only when tabs do not do. */
export function InteractionMenu() {
  const interactions = usePanelState((state) => state.interactions);
  const selectedId = usePanel((view) => view.selectedId);
  const seen = usePanel((view) => view.seen);
  const select = usePanel((view) => view.select);
  const id = useId();
  const list = useRef<HTMLDialogElement>(null);
  const news = useNow((now) => interactions.filter((view) => newsOf(view, selectedId, seen, now) > 0).length);
  const waiting = interactions.filter(waitsForAgent).length;
  if (interactions.length <= TABS_IN_SIGHT) return null;
  const label = texts.interactions.all(interactions.length, news, waiting);
  return (
    <>
      <button type="button" className="quiet-button all" popoverTarget={id} title={label}>
        <span className="visually-hidden">{label}: </span>
        {interactions.length}
        {news + waiting > 0 ? <span className="all-news" data-waits={waiting > 0} aria-hidden="true" /> : null}
        <ChevronDown size={14} strokeWidth={1.5} aria-hidden="true" />
      </button>
      <dialog ref={list} id={id} popover="auto" className="popover popover-menu" aria-label={texts.interactions.label}>
        <ul>
          {interactions.map((view) => (
            <li key={view.interaction.id}>
              <MenuRow
                view={view}
                selected={view.interaction.id === selectedId}
                onSelect={() => {
                  select(view.interaction.id);
                  list.current?.hidePopover();
                }}
              />
            </li>
          ))}
        </ul>
      </dialog>
    </>
  );
}

interface MenuRowProps {
  readonly view: InteractionView;
  readonly selected: boolean;
  readonly onSelect: () => void;
}

function MenuRow({ view, selected, onSelect }: MenuRowProps) {
  const { interaction } = view;
  const selectedId = usePanel((panel) => panel.selectedId);
  const seen = usePanel((panel) => panel.seen);
  const length = useNow((now) => formatDuration(interactionLength(interaction, now)));
  const news = useNow((now) => newsOf(view, selectedId, seen, now));
  const state = interaction.status === "ended" ? texts.interactions.ended : channelName(interaction);
  return (
    <button type="button" className="menu-row" aria-current={selected} onClick={onSelect}>
      <span className="ellipsis">{fullName(interaction)}</span>
      {news > 0 ? (
        <span className="count">
          <span aria-hidden="true">{news}</span>
          <span className="visually-hidden">{texts.interactions.newCards(news)}</span>
        </span>
      ) : null}
      {waitsForAgent(view) ? (
        <span className="menu-meta tab-waits">{texts.chat.waits}</span>
      ) : (
        <span className="menu-meta">
          {state} · {length}
        </span>
      )}
    </button>
  );
}

function newsOf(view: InteractionView, selectedId: string | null, seen: Readonly<Record<string, readonly string[]>>, now: number): number {
  const { id } = view.interaction;
  return id === selectedId ? 0 : newCardCount(view, seen[id] ?? [], now);
}
