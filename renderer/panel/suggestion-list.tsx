import { Sparkles } from "lucide-react";
import { type FocusEvent, type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import type { InteractionView } from "../../shared/panel-state.ts";
import { useActions, useNow, usePanelState, useServices } from "../panel-context.tsx";
import { texts } from "../texts.ts";
import { Blank } from "../ui/blank.tsx";
import { type CardItem, type ListItem, orderItems, waitingCount } from "./card-order.ts";
import { emptyHint } from "./empty-hint.ts";
import { noNumbers, numberedAt, numberedCards, renumber } from "./number-keys.ts";
import { PendingLine } from "./pending-line.tsx";
import { SetNote } from "./set-note.tsx";
import { staleReason } from "../../shared/staleness.ts";
import { SuggestionCard } from "./suggestion-card.tsx";
import { SuggestionHead } from "./suggestion-head.tsx";
import type { Chat } from "./use-chat.ts";
import { useDismissals } from "./use-dismissals.ts";
import { useHeldItems } from "./use-held-items.ts";
import { useCopied } from "./use-copied.ts";
import { useKeys } from "./use-keys.ts";

/** Older cards have long lost their moment; they are a press away, and not drawn again with every word that is said. */
const DRAWN_AT_FIRST = 20;

interface SuggestionListProps {
  readonly view: InteractionView;
  /** The chat that cards can be sent into; null where there is none. */
  readonly chat: Chat | null;
}

/** The suggestions of one interaction: still under the pointer, newest on top, copied with the keys 1 to 3. */
export function SuggestionList({ view, chat }: SuggestionListProps) {
  const { clock } = useServices();
  const settings = usePanelState((state) => state.settings);
  const actions = useActions();
  const scroller = useRef<HTMLDivElement>(null);
  const [allDrawn, setAllDrawn] = useState(false);
  const { copied, copy } = useCopied();
  const dismissals = useDismissals();
  const ordered = useMemo(() => orderItems(view), [view]);
  const current = ordered.filter(
    (item) => item.kind !== "card" || item.card.visibility !== "dismissed" || dismissals.recent.has(item.id),
  );
  const held = useHeldItems(current, ordered, clock);
  const items = allDrawn ? held.items : held.items.slice(0, DRAWN_AT_FIRST);
  const earlier = held.items.length - items.length;

  // One string of the sets that went stale, so that the list is drawn again when a card ages and not every second.
  const staleSets = useNow((now) =>
    view.sets.flatMap(({ set }) => (staleReason(view, set, now) === null ? [] : [set.id])).join("\n"),
  );
  const stale = useMemo(() => new Set(staleSets.split("\n")), [staleSets]);
  const numbered = numberedCards(items, (item) => item.kind === "card" && stale.has(item.set.id));
  const numbering = useRef(noNumbers);
  useEffect(() => {
    numbering.current = renumber(numbering.current, numbered, clock.monotonic());
  });

  const waiting = waitingCount(view) + held.heldCount;
  const showWaiting = (): void => {
    held.letThrough();
    if (waitingCount(view) > 0) actions.reveal(view.interaction.id);
  };
  const findCard = (id: string | undefined): CardItem | null => {
    const item = ordered.find((one) => one.id === id) ?? items.find((one) => one.id === id);
    return item?.kind === "card" ? item : null;
  };

  useKeys((key, event) => {
    if (/^[123]$/u.test(key)) {
      const item = findCard(numberedAt(numbering.current, Number(key), clock.monotonic()));
      if (item === null || event.repeat) return false;
      void copy(item);
      return true;
    }
    switch (key) {
      case "m":
        if (waiting > 0) showWaiting();
        return waiting > 0;
      case "s":
        scroller.current?.querySelector<HTMLElement>("article")?.focus();
        return true;
      case "z": {
        const last = findCard([...dismissals.recent].at(-1));
        if (last !== null) dismissals.undo(last);
        return last !== null;
      }
      default:
        return false;
    }
  });

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.key === "Escape" && document.activeElement instanceof HTMLElement) document.activeElement.blur();
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const cards = [...event.currentTarget.querySelectorAll<HTMLElement>("article")];
    const at = cards.findIndex((card) => card.contains(document.activeElement));
    const next = at < 0 ? undefined : cards[at + (event.key === "ArrowDown" ? 1 : -1)];
    if (next === undefined) return;
    event.preventDefault();
    next.focus();
  };
  // A click leaves the focus behind; only focus that can be seen means that somebody is working here by keyboard.
  const onFocus = (event: FocusEvent): void => {
    if (event.target.matches(":focus-visible")) held.engage();
  };
  const onBlur = (event: FocusEvent<HTMLDivElement>): void => {
    const inside = event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget);
    if (!inside && !event.currentTarget.matches(":hover")) held.leave();
  };
  const onPointerLeave = (): void => {
    const focused = scroller.current?.querySelector(":focus-visible");
    if (focused === null || focused === undefined) held.leave();
  };

  /** The focus goes on to a neighbour: with the card it would fall off the list. One that is dismissed stands there until main has said so. */
  const dismiss = (item: CardItem, height: number): void => {
    const cards = [...(scroller.current?.querySelectorAll<HTMLElement>("article") ?? [])].filter(({ dataset }) => !dismissals.recent.has(dataset["suggestion"] ?? ""));
    const at = cards.findIndex((card) => card.contains(document.activeElement));
    dismissals.dismiss(item, height);
    if (at >= 0) (cards[at + 1] ?? cards[at - 1])?.focus();
  };

  // Where the focus went with what had it, no event says that nobody is on the list any more.
  useEffect(() => {
    if (held.engaged && scroller.current?.matches(":hover") === false && scroller.current.querySelector(":focus-visible") === null) held.leave();
  });

  const draw = (item: ListItem) => {
    if (item.kind === "pending") return <PendingLine key={item.id} pending={item.pending} running={view.pending} />;
    if (item.kind === "note") return <SetNote key={item.id} set={item.set} view={view} />;
    const place = numbered.indexOf(item.id);
    return (
      <SuggestionCard
        key={item.id}
        item={item}
        view={view}
        keyNumber={place < 0 ? null : place + 1}
        chat={chat}
        replaced={!ordered.some((one) => one.id === item.id)}
        justCopied={copied === item.id}
        keptHeight={held.engaged ? dismissals.heightOf(item.id) : null}
        onCopy={() => void copy(item)}
        onDismiss={(height) => dismiss(item, height)}
        onUndo={() => dismissals.undo(item)}
      />
    );
  };

  return (
    <section className="cards" aria-label={texts.suggestions.label}>
      <SuggestionHead view={view} waiting={waiting} askingHere={!items.some((item) => item.kind === "pending")} onShow={showWaiting} />
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- it only notices where pointer and focus are */}
      <div
        ref={scroller}
        className="cards-scroller"
        tabIndex={-1}
        onPointerEnter={held.engage}
        onPointerMove={held.engage}
        onPointerLeave={onPointerLeave}
        onFocus={onFocus}
        onBlur={onBlur}
        onKeyDown={onKeyDown}
      >
        {items.length > 0 ? (
          <>
            {items.map(draw)}
            {earlier > 0 ? (
              <button type="button" className="earlier" onClick={() => setAllDrawn(true)}>
                {texts.suggestions.earlier(earlier)}
              </button>
            ) : null}
          </>
        ) : waiting > 0 && !settings.display.quiet ? (
          <Blank icon={Sparkles} title={texts.suggestions.heldTitle}>
            {texts.suggestions.heldHint(settings.display.cardsPerMinute)}
          </Blank>
        ) : settings.display.quiet ? (
          <Blank icon={Sparkles} title={texts.suggestions.quietTitle}>
            {texts.suggestions.quietHint}
          </Blank>
        ) : (
          <Blank icon={Sparkles} title={texts.suggestions.emptyTitle}>
            {view.interaction.status === "ended" ? texts.suggestions.emptyHintEnded : emptyHint(settings.triggers)}
          </Blank>
        )}
      </div>
    </section>
  );
}
