import type { BridgeView } from "../../shared/bridge-view.ts";
import type { ConnectionState } from "../../shared/connection.ts";
import { describeFault } from "../texts/fault-words.ts";
import { useNow } from "../panel-context.tsx";
import { bridgeViewTexts } from "../texts/bridge-view-texts.ts";
import { formatAge, formatCountdown } from "../ui/format.ts";
import { FaultNote, Note } from "../ui/note.tsx";

const { notes: words } = bridgeViewTexts;

interface BridgeNotesProps {
  readonly view: BridgeView;
  readonly state: ConnectionState;
}

/** What is wrong, since when, what the bridge does about it and what a person can do. */
export function BridgeNotes({ view, state }: BridgeNotesProps) {
  return (
    <div className="notes">
      {state.kind === "rejected" ? <FaultNote title={words.refused} fault={state.fault} /> : null}
      {state.kind === "reconnecting" ? <LostNote state={state} /> : null}
      {view.storage === null ? null : (
        <Note tone="bad">
          <b>{words.storage}</b> {words.storageWhy(view.storage)}
        </Note>
      )}
      {view.paused.length === 0 ? null : (
        <Note tone="warn">
          {view.paused.map((pause) => (
            <PauseWords key={pause.host} pause={pause} />
          ))}
          {words.paused}
        </Note>
      )}
    </div>
  );
}

function LostNote({ state }: { readonly state: Extract<ConnectionState, { kind: "reconnecting" }> }) {
  const lost = useNow((now) => words.lost(formatAge(now - state.since)));
  const next = useNow((now) => (state.retryAt <= now ? words.nextNow : words.nextIn(formatCountdown(state.retryAt - now))));
  const { what, cause, remedy } = describeFault(state.fault);
  return (
    <Note tone="warn">
      <b>{lost}</b> {next} {words.caughtUp} <span title={cause}>{what}</span> {remedy}
    </Note>
  );
}

function PauseWords({ pause: { host, until, why } }: { readonly pause: BridgeView["paused"][number] }) {
  const again = useNow((now) => (until <= now ? words.againNow : words.again(formatCountdown(until - now))));
  return (
    <>
      <b>{why === "failing" ? words.failing(host) : words.asked(host)}</b> {again}{" "}
    </>
  );
}
