import { SendHorizontal } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { InteractionView } from "../../shared/panel-state.ts";
import { describeFault } from "../texts/fault-words.ts";
import { useActions, usePanel, useServices } from "../panel-context.tsx";
import { texts } from "../texts.ts";
import { MAX_MESSAGE, messageLength, noDraft, rewritten, sendable, withoutSent } from "./drafts.ts";
import { fullName } from "./interaction-names.ts";
import { LATEST_EVENT } from "./transcript-list.tsx";
import { type Chat, COMPOSE_EVENT } from "./use-chat.ts";
import { formatCount } from "../ui/format.ts";

const MAX_LINES = 6;

/** Where the agent writes into a bridged chat. What is written stays with the interaction until it is sent. */
export function Composer({ view, chat }: { readonly view: InteractionView; readonly chat: Chat }) {
  const { id } = view.interaction;
  const { store } = useServices();
  const actions = useActions();
  const draft = usePanel((panel) => panel.drafts.get(id)) ?? noDraft;
  const redraft = usePanel((panel) => panel.redraft);
  const lost = usePanel((panel) => panel.host.kind === "lost");
  const field = useRef<HTMLTextAreaElement>(null);
  const [sending, setSending] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);

  useEffect(() => {
    const enter = (): void => {
      const element = field.current;
      if (element === null) return;
      element.focus();
      element.setSelectionRange(element.value.length, element.value.length);
      element.scrollTop = element.scrollHeight;
    };
    window.addEventListener(COMPOSE_EVENT, enter);
    return () => window.removeEventListener(COMPOSE_EVENT, enter);
  }, []);

  const fit = sendable(draft.text);
  const ready = fit === "fits" && !lost && !sending;
  const send = async (): Promise<void> => {
    if (!ready) return;
    setSending(true);
    setRefusal(null);
    const answer = await actions.bridge.send(id, draft.text.trim(), draft.suggestionId);
    setSending(false);
    if (answer.ok) {
      if (draft.suggestionId !== null) store.getState().cardSent(answer.value.deliveryId, draft.suggestionId);
      redraft(id, (current) => withoutSent(current, draft.text));
      window.dispatchEvent(new Event(LATEST_EVENT));
    } else if (answer.error.code !== "network") {
      const { what, remedy } = describeFault(answer.error);
      setRefusal(texts.chat.notSent(what, remedy));
    }
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    // Enter that ends a composition chooses a character and sends nothing.
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Escape") field.current?.blur();
    if (event.key !== "Enter" || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (!event.repeat) void send();
  };
  const { chat: words } = texts;
  const trouble = fit === "too long" ? words.tooLong(formatCount(messageLength(draft.text)), formatCount(MAX_MESSAGE)) : refusal;
  // The line is always there, so that what stands above it keeps its place.
  const hint = lost ? words.notRunning : (trouble ?? (chat.takesOver ? words.hintTakesOver : words.hint));
  return (
    <section className="composer" aria-label={words.composer}>
      <div className="composer-field">
        <textarea
          ref={field}
          // Browsers that cannot size a field to its text know at least its lines.
          rows={Math.min(MAX_LINES, draft.text.split("\n", MAX_LINES).length)}
          dir="auto"
          value={draft.text}
          aria-label={words.composer}
          aria-keyshortcuts="r"
          aria-invalid={fit === "too long"}
          aria-describedby="composer-hint"
          placeholder={words.placeholder(fullName(view.interaction))}
          onChange={(event) => {
            setRefusal(null);
            redraft(id, (current) => rewritten(current, event.target.value));
          }}
          onKeyDown={onKeyDown}
        />
        <button type="button" className="composer-send" disabled={!ready} aria-keyshortcuts="Enter" title={chat.takesOver ? words.sendHintTakesOver : words.sendHint} onClick={() => void send()}>
          <SendHorizontal size={16} strokeWidth={1.5} aria-hidden="true" />
          {words.send}
        </button>
      </div>
      <p id="composer-hint" className="composer-hint" role="status" data-tone={!lost && trouble !== null ? "bad" : "off"}>
        {hint}
      </p>
    </section>
  );
}
