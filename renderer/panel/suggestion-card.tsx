import { Check, Copy, Pencil, Pin, SendHorizontal, ThumbsDown, ThumbsUp, X } from "lucide-react";
import { type KeyboardEvent, useRef, useState } from "react";
import type { InteractionView } from "../../shared/panel-state.ts";
import { useActions, useNow, useServices } from "../panel-context.tsx";
import { texts } from "../texts.ts";
import { formatAge } from "../ui/format.ts";
import { IconButton } from "../ui/icon-button.tsx";
import { CardDetails } from "./card-details.tsx";
import type { CardItem } from "./card-order.ts";
import { FallbackWords } from "./fallback-line.tsx";
import { speakerOf } from "./speaker-of.ts";
import { staleReason } from "../../shared/staleness.ts";
import { TriggerWords } from "./trigger-words.tsx";
import type { Chat } from "./use-chat.ts";
import { useDisplayed } from "./use-displayed.ts";

/** A card that is drawn so soon after its set came is new to the eye; one that is drawn on a change of tab is not. */
const FRESH_MS = 1_500;

interface SuggestionCardProps {
  readonly item: CardItem;
  readonly view: InteractionView;
  /** The number key that copies it, or null. */
  readonly keyNumber: number | null;
  /** The answer has taken this fallback's place, but the list stands still. */
  readonly replaced: boolean;
  readonly justCopied: boolean;
  /** In px: the height to keep after dismissal while the list stands still. */
  readonly keptHeight: number | null;
  /** The chat that the card can be sent into; null where there is none. */
  readonly chat: Chat | null;
  readonly onCopy: () => void;
  readonly onDismiss: (height: number) => void;
  readonly onUndo: () => void;
}

/** One suggestion: why it is here, what to say, whence and how sure, what to do with it. */
export function SuggestionCard(props: SuggestionCardProps) {
  const { item, view, keyNumber, justCopied, chat } = props;
  const { suggestion, set, card } = item;
  const actions = useActions();
  const article = useRef<HTMLElement>(null);
  const age = useNow((now) => formatAge(now - set.at));
  const stale = useNow((now) => (card.pinned ? null : staleReason(view, set, now)));
  const { clock } = useServices();
  const [fresh] = useState(() => clock.now() - set.at < FRESH_MS);
  useDisplayed(article, () => actions.displayed(item));

  if (card.visibility === "dismissed") {
    return (
      <div className="dismissed" style={props.keptHeight === null ? undefined : { minHeight: props.keptHeight }}>
        <span>{texts.card.dismissed}</span>
        <button type="button" className="quiet-button" aria-keyshortcuts="z" onClick={props.onUndo}>
          {texts.undo}
        </button>
      </div>
    );
  }

  const judge = (feedback: "helpful" | "not helpful"): void =>
    actions.record(item, feedback, card.feedback === feedback);
  const dismiss = (): void => props.onDismiss(article.current?.offsetHeight ?? 0);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget || event.altKey) return;
    if (chat !== null && event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.repeat) {
      event.preventDefault();
      chat.sendCard(item);
    }
    if (event.ctrlKey || event.metaKey) return;
    const doing: Readonly<Partial<Record<string, () => void>>> = {
      h: () => judge("helpful"),
      n: () => judge("not helpful"),
      p: () => actions.pin(item, !card.pinned),
      x: dismiss,
      Delete: dismiss,
      Enter: props.onCopy,
      ...(chat === null ? {} : { e: () => chat.editCard(item) }),
    };
    const act = doing[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  };

  return (
    // Cards are walked with the arrow keys and judged with single keys; every key has a button as well.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- see above
    <article
      ref={article}
      className="card"
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- see above
      tabIndex={0}
      aria-label={keyNumber === null ? suggestion.text : `${texts.card.position(keyNumber)}: ${suggestion.text}`}
      data-suggestion={suggestion.id}
      data-origin={set.origin}
      data-fresh={fresh}
      data-stale={stale !== null}
      onKeyDown={onKeyDown}
    >
      <div className="why">
        {set.origin === "fallback" ? <span className="tag tag-warn">{texts.card.fallbackTag}</span> : null}
        <span className="why-line ellipsis">
          <TriggerWords trigger={set.trigger} speaker={speakerOf(view, set)} />
          {stale === null ? null : ` · ${texts.card.stale[stale]}`}
        </span>
        <span className="age">
          {set.origin === "fallback" || stale !== null ? null : `${texts.card.origin[set.origin]} · `}
          {age}
        </span>
        <IconButton icon={X} label={texts.dismiss} onClick={dismiss} />
      </div>
      <p className="card-text" dir="auto">
        {suggestion.text}
      </p>
      {set.origin === "fallback" ? <FallbackWords set={set} replaced={props.replaced} /> : null}
      <div className="foot">
        <CardDetails item={item} />
        <span className="acts">
          <IconButton icon={ThumbsUp} label={texts.card.helpful} pressed={card.feedback === "helpful"} onClick={() => judge("helpful")} />
          <IconButton
            icon={ThumbsDown}
            label={texts.card.notHelpful}
            pressed={card.feedback === "not helpful"}
            onClick={() => judge("not helpful")}
          />
          <IconButton
            icon={Pin}
            label={card.pinned ? texts.card.unpin : texts.card.pin}
            pressed={card.pinned}
            onClick={() => actions.pin(item, !card.pinned)}
          />
          {chat === null ? <CopyButton keyNumber={keyNumber} justCopied={justCopied} copied={card.copied} onCopy={props.onCopy} /> : (
            <ChatButtons item={item} chat={chat} keyNumber={keyNumber} justCopied={justCopied} onCopy={props.onCopy} />
          )}
        </span>
      </div>
    </article>
  );
}

interface CopyProps {
  readonly keyNumber: number | null;
  readonly justCopied: boolean;
  readonly onCopy: () => void;
}

function CopyButton({ keyNumber, justCopied, copied, onCopy }: CopyProps & { readonly copied: boolean }) {
  return (
    <button
      type="button"
      className="go"
      data-copied={justCopied}
      aria-keyshortcuts={keyNumber === null ? undefined : String(keyNumber)}
      onClick={onCopy}
    >
      {justCopied || copied ? <Check size={14} strokeWidth={2} aria-hidden="true" /> : null}
      {justCopied ? texts.card.copied : texts.card.copy}
      {keyNumber === null ? null : <kbd aria-hidden="true">{keyNumber}</kbd>}
    </button>
  );
}

/** Into a chat the text goes at once; copying it elsewhere steps back. */
function ChatButtons({ item, chat, keyNumber, justCopied, onCopy }: CopyProps & { readonly item: CardItem; readonly chat: Chat }) {
  const sent = chat.sentCards.has(item.suggestion.id);
  const CopyIcon = justCopied ? Check : Copy;
  return (
    <>
      <button
        type="button"
        className="icon-button copy-small"
        aria-keyshortcuts={keyNumber === null ? undefined : String(keyNumber)}
        title={texts.card.copy}
        onClick={onCopy}
      >
        <CopyIcon size={16} strokeWidth={1.5} aria-hidden="true" />
        <span className="visually-hidden">{justCopied ? texts.card.copied : texts.card.copy}</span>
        {keyNumber === null ? null : <kbd aria-hidden="true">{keyNumber}</kbd>}
      </button>
      <IconButton icon={Pencil} label={texts.chat.edit} shortcut="e" onClick={() => chat.editCard(item)} />
      <button
        type="button"
        className="go"
        data-copied={sent}
        aria-keyshortcuts="Control+Enter"
        title={chat.takesOver ? texts.chat.sendCardTakesOver : texts.chat.sendCard}
        onClick={() => chat.sendCard(item)}
      >
        {sent ? <Check size={14} strokeWidth={2} aria-hidden="true" /> : <SendHorizontal size={14} strokeWidth={1.5} aria-hidden="true" />}
        {sent ? texts.chat.sent : texts.chat.send}
      </button>
    </>
  );
}
