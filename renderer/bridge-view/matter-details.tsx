import { describeFault } from "../../shared/fault-table.ts";
import { Fact } from "../connection/facts.tsx";
import { useNow } from "../panel-context.tsx";
import { bridgeViewTexts } from "../texts/bridge-view-texts.ts";
import { formatCount, formatMoment } from "../ui/format.ts";
import { MatterOutcomeLine } from "./matter-outcome.tsx";
import type { Matter } from "./matters.ts";
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
  const title = matter.kind === "dead" ? words.said : words.reply;
  return (
    <div role="row" className="matter-details" aria-level={2}>
      <div role="gridcell">
        <h3>{title}</h3>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a long text is scrolled by keyboard, too */}
        <p className="matter-text" dir="auto" role="region" aria-label={title} tabIndex={0}>
          {matter.text}
        </p>
        <div className="matter-reasons">
          {matter.kind === "dead" ? <DeadFacts matter={matter} /> : <UncertainFacts matter={matter} />}
        </div>
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

function DeadFacts({ matter: { letter } }: { readonly matter: Extract<Matter, { kind: "dead" }> }) {
  const { what, cause, remedy } = describeFault(letter.fault);
  const received = useNow((now) => formatMoment(letter.receivedAt, now));
  const died = useNow((now) => formatMoment(letter.diedAt, now));
  return (
    <>
      <p>
        <b>{what}</b> {cause} {remedy}
      </p>
      <dl className="facts">
        <Fact name={words.received}>{received}</Fact>
        <Fact name={words.diedAt}>{died}</Fact>
        <Fact name={words.attempts}>{formatCount(letter.attempts)}</Fact>
      </dl>
    </>
  );
}

function UncertainFacts({ matter: { delivery } }: { readonly matter: Extract<Matter, { kind: "uncertain" }> }) {
  const made = useNow((now) => formatMoment(delivery.at, now));
  return (
    <>
      <p>{words.unknown}</p>
      <dl className="facts">
        <Fact name={words.sentAt}>{made}</Fact>
      </dl>
    </>
  );
}
