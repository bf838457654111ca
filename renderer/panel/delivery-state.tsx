import { Check, CircleAlert, CircleHelp } from "lucide-react";
import { useState } from "react";
import { assertNever } from "../../shared/assert-never.ts";
import type { Delivery } from "../../shared/bridge.ts";
import type { Fault } from "../../shared/fault.ts";
import { describeFault } from "../texts/fault-words.ts";
import type { Result } from "../../shared/result.ts";
import { useActions } from "../panel-context.tsx";
import { texts } from "../texts.ts";
import { formatCountdown, formatTime } from "../ui/format.ts";
import { useCountdown } from "./use-countdown.ts";

interface DeliveryStateProps {
  readonly delivery: Delivery;
  /** Takes back what is held; null where nobody can. */
  readonly onUndo: ((delivery: Delivery) => void) | null;
}

/** How far a message of ours is, under its text; what waits for a person brings its buttons. */
export function DeliveryState({ delivery, onUndo }: DeliveryStateProps) {
  const { state } = delivery;
  switch (state.kind) {
    case "held":
      return <Held delivery={delivery} sendsAt={state.sendsAt} onUndo={onUndo} />;
    case "queued":
      return <p className="sent">{texts.chat.queued}</p>;
    case "sending":
      return <p className="sent">{texts.chat.sending}</p>;
    case "failed":
      return <Failed delivery={delivery} fault={state.fault} />;
    case "uncertain":
      return <Uncertain delivery={delivery} />;
    case "delivered":
    case "withdrawn":
      return null;
    default:
      return assertNever(state);
  }
}

/** The quiet mark of a message that arrived, behind its text. */
export function DeliveredMark({ delivery }: { readonly delivery: Delivery }) {
  if (delivery.state.kind !== "delivered") return null;
  return (
    <span className="sent-mark" title={texts.chat.deliveredAt(formatTime(delivery.state.at))}>
      {" "}
      <Check size={12} strokeWidth={2} aria-hidden="true" />
      <span className="visually-hidden">{texts.chat.delivered}</span>
    </span>
  );
}

function Held({ delivery, sendsAt, onUndo }: DeliveryStateProps & { readonly sendsAt: number }) {
  const left = useCountdown(sendsAt);
  return (
    <p className="sent">
      <span className="sent-countdown">{left > 0 ? texts.chat.sendingIn(formatCountdown(left)) : texts.chat.sending}</span>
      {onUndo === null ? null : (
        <button type="button" className="sent-button" aria-keyshortcuts="z Control+z" title={texts.chat.undoHint} onClick={() => onUndo(delivery)}>
          {texts.undo} <kbd aria-hidden="true">z</kbd>
        </button>
      )}
    </p>
  );
}

function Failed({ delivery, fault }: { readonly delivery: Delivery; readonly fault: Fault }) {
  const actions = useActions();
  const { what, cause, remedy } = describeFault(fault);
  const { busy, ask } = useAsking();
  return (
    <div className="sent" data-tone="bad">
      <p>
        <CircleAlert size={14} strokeWidth={1.5} aria-hidden="true" />
        <b>{texts.chat.failed}</b> <span title={`${cause} ${remedy}`}>{what}</span>
      </p>
      <button type="button" className="button" disabled={busy} onClick={() => ask(actions.bridge.sendAgain(delivery.id))}>
        {texts.chat.sendAgain}
      </button>
    </div>
  );
}

function Uncertain({ delivery }: { readonly delivery: Delivery }) {
  const actions = useActions();
  const { busy, ask } = useAsking();
  return (
    <div className="sent" data-tone="warn">
      <p>
        <CircleHelp size={14} strokeWidth={1.5} aria-hidden="true" />
        <b>{texts.chat.uncertain}</b> {texts.chat.uncertainKnown(formatTime(delivery.at))}
      </p>
      <span className="sent-choice">
        <button type="button" className="button" disabled={busy} onClick={() => ask(actions.bridge.settle(delivery.id, true))}>
          {texts.chat.arrived}
        </button>
        <button type="button" className="button" disabled={busy} onClick={() => ask(actions.bridge.settle(delivery.id, false))}>
          {texts.chat.sendAgain}
        </button>
      </span>
    </div>
  );
}

/** One question to main at a time, so that a second press cannot send a message twice. */
function useAsking(): { readonly busy: boolean; readonly ask: (call: Promise<Result<null, Fault>>) => void } {
  const actions = useActions();
  const [busy, setBusy] = useState(false);
  const ask = async (call: Promise<Result<null, Fault>>): Promise<void> => {
    setBusy(true);
    const answer = await call;
    setBusy(false);
    if (!answer.ok) actions.report(answer.error);
  };
  return { busy, ask: (call) => void ask(call) };
}
