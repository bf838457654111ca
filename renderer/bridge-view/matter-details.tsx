import { useEffect, useRef } from "react";
import { describeFault } from "../texts/fault-words.ts";
import { useNow } from "../panel-context.tsx";
import { bridgeViewTexts } from "../texts/bridge-view-texts.ts";
import { formatMoment } from "../ui/format.ts";
import { MatterOutcomeLine } from "./matter-outcome.tsx";
import { adviceFor, type Matter } from "./matters.ts";
import type { MatterDeed, MatterOrder, MatterOutcome } from "./use-matter-commands.ts";

const { details: words, actions } = bridgeViewTexts;

interface MatterDetailsProps {
  readonly matter: Matter;
  readonly outcome: MatterOutcome;
  readonly onOrder: (order: MatterOrder) => void;
}

/** What was said, all that is known of why it waits, and what can be done with this one. */
export function MatterDetails({ matter, outcome, onOrder }: MatterDetailsProps) {
  const busy = outcome.kind === "under way";
  const button = (deed: MatterDeed, label: string, hint: string) => (
    <button type="button" className="button" title={hint} disabled={busy} onClick={() => onOrder({ deed, ids: [matter.id], place: matter.id })}>
      {label}
    </button>
  );
  const element = useRef<HTMLDivElement>(null);
  // Opened at the lower edge it would stand out of sight; where both do not fit, the line goes first.
  useEffect(() => {
    element.current?.scrollIntoView({ block: "nearest" });
    element.current?.previousElementSibling?.scrollIntoView({ block: "nearest" });
  }, []);
  const title = matter.kind === "dead" ? words.said : words.reply;
  return (
    <div ref={element} role="row" className="matter-details" aria-level={2}>
      <div role="gridcell">
        <div className="matter-said">
          <h3>{title}</h3>
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a long text is scrolled by keyboard, too */}
          <p className="matter-text" dir="auto" role="region" aria-label={title} tabIndex={0}>
            {matter.text}
          </p>
        </div>
        <div className="matter-reasons">{matter.kind === "dead" ? <DeadStory matter={matter} /> : <UncertainStory matter={matter} />}</div>
        <div className="matter-deeds">
          {matter.kind === "dead" ? (
            <>
              {button("replay", actions.replay, actions.replayHint)}
              {button("discard", actions.discard, actions.discardHint)}
            </>
          ) : (
            <>
              {button("arrived", actions.arrived, actions.arrivedHint)}
              {button("send-again", actions.sendAgain, actions.sendAgainHint)}
            </>
          )}
          <MatterOutcomeLine outcome={outcome} place={matter.id} chosen={0} />
        </div>
      </div>
    </div>
  );
}

function DeadStory({ matter: { letter } }: { readonly matter: Extract<Matter, { kind: "dead" }> }) {
  const { what, cause } = describeFault(letter.fault);
  const received = useNow((now) => formatMoment(letter.receivedAt, now));
  const died = useNow((now) => formatMoment(letter.diedAt, now));
  return (
    <>
      <p>{words.story(received, died, letter.attempts)}</p>
      <p>
        <b>{what}</b> {cause} {adviceFor(letter)}
      </p>
    </>
  );
}

function UncertainStory({ matter: { delivery } }: { readonly matter: Extract<Matter, { kind: "uncertain" }> }) {
  const made = useNow((now) => formatMoment(delivery.at, now));
  return (
    <>
      <p>{words.sentAt(made)}</p>
      <p>{words.unknown}</p>
    </>
  );
}
