import { Bot, Headset } from "lucide-react";
import type { BridgedConversation } from "../../shared/bridge-view.ts";
import { texts } from "../texts.ts";
import { formatTime } from "../ui/format.ts";
import type { Chat } from "./use-chat.ts";

interface AnswererBarProps {
  readonly conversation: BridgedConversation;
  /** Null once the chat has ended: then nobody takes anything over. */
  readonly chat: Chat | null;
}

/** Who answers the customer now and since when, and the way to change that. */
export function AnswererBar({ conversation, chat }: AnswererBarProps) {
  const { answerer, since } = conversation;
  const bot = answerer === "bot";
  const Icon = bot ? Bot : Headset;
  const { chat: words } = texts;
  return (
    <section className="answerer" aria-label={words.answererLabel} data-answerer={answerer}>
      <Icon size={16} strokeWidth={1.5} aria-hidden="true" />
      <p>
        <b>{bot ? words.botAnswers : words.agentAnswers}</b> <span className="answerer-since">{texts.since(formatTime(since))}</span>
      </p>
      {chat === null ? null : (
        <button
          type="button"
          className="button"
          aria-keyshortcuts="t"
          title={bot ? words.takeOverHint : words.handBackHint}
          onClick={() => chat.answer(bot ? "agent" : "bot")}
        >
          {bot ? words.takeOver : words.handBack} <kbd aria-hidden="true">t</kbd>
        </button>
      )}
    </section>
  );
}
