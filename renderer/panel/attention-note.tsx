import { useState } from "react";
import type { InteractionView } from "../../shared/panel-state.ts";
import type { BridgedConversation } from "../../shared/bridge-view.ts";
import { describeFault } from "../texts/fault-words.ts";
import { useActions } from "../panel-context.tsx";
import { texts } from "../texts.ts";
import { formatTime } from "../ui/format.ts";
import { compose } from "./use-chat.ts";

type Attention = NonNullable<BridgedConversation["attention"]>;

/** Why the customer waits for the agent: what happened, what was asked, what to do now. */
export function AttentionNote({ view, attention }: { readonly view: InteractionView; readonly attention: Attention }) {
  const { chat: words } = texts;
  const dead = attention.kind === "dead-letter" ? attention.letter : null;
  const botAnswers = view.bridged?.answerer === "bot";
  const asked = attention.kind === "dead-letter" ? attention.letter.text : askedBefore(view, attention.at);
  const since = attention.kind === "dead-letter" ? attention.letter.receivedAt : attention.at;
  return (
    <section className="attention" aria-label={words.attentionLabel}>
      <p>
        <b>{attention.kind === "dead-letter" ? words.deadLetter : words.withheld}</b> <span className="banner-since">{texts.since(formatTime(since))}</span>
      </p>
      {asked === null ? null : (
        <p className="attention-asked" dir="auto">
          {words.asked(asked)}
        </p>
      )}
      <p>{attention.kind === "dead-letter" ? <Reason letter={attention.letter} /> : words.withheldPhrase(attention.phrase)} {doWords(attention, botAnswers)}</p>
      <p className="attention-acts">
        <button type="button" className="banner-button" aria-keyshortcuts="r" onClick={compose}>
          {words.write}
        </button>
        {dead !== null && botAnswers ? <AskAgain id={dead.id} /> : null}
      </p>
    </section>
  );
}

function Reason({ letter }: { readonly letter: Extract<Attention, { kind: "dead-letter" }>["letter"] }) {
  const { what, cause } = describeFault(letter.fault);
  return <span title={cause}>{what}</span>;
}

function AskAgain({ id }: { readonly id: string }) {
  const actions = useActions();
  const [busy, setBusy] = useState(false);
  const ask = async (): Promise<void> => {
    setBusy(true);
    const answer = await actions.bridge.replay([id]);
    setBusy(false);
    if (!answer.ok) actions.report(answer.error);
  };
  return (
    <button type="button" className="banner-button" disabled={busy} onClick={() => void ask()}>
      {texts.chat.askAgain}
    </button>
  );
}

function doWords(attention: Attention, botAnswers: boolean): string {
  if (attention.kind === "withheld") return botAnswers ? texts.chat.withheldDoBot : texts.chat.withheldDo;
  return botAnswers ? texts.chat.deadLetterDo : texts.chat.deadLetterDoAgent;
}

/** What the customer wrote last before that moment. */
function askedBefore({ utterances }: InteractionView, at: number): string | null {
  return utterances.findLast((utterance) => utterance.speaker === "customer" && utterance.at <= at)?.text ?? null;
}
