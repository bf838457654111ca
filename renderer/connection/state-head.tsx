import type { ConnectionName, ConnectionState } from "../../shared/connection.ts";
import { describeFault } from "../texts/fault-words.ts";
import { useNow } from "../panel-context.tsx";
import { connectionTone, connectionWords } from "../panel/connection-words.ts";
import { texts } from "../texts.ts";
import { formatCountdown, formatTimeWithSeconds } from "../ui/format.ts";
import { useReconnect } from "./use-reconnect.ts";

interface StateHeadProps {
  readonly name: ConnectionName;
  readonly title: string;
  readonly state: ConnectionState;
  readonly retryLabel: string;
}

/** A connection's state in words, since when, what is wrong and what to do, and the button that tries at once. */
export function StateHead({ name, title, state, retryLabel }: StateHeadProps) {
  const words = useNow((now) => connectionWords(state, now));
  const countdown = useNow((now) => {
    if (state.kind !== "reconnecting") return null;
    const { retryIn, retryNow } = texts.connectionSheet;
    return state.retryAt <= now ? retryNow : retryIn(formatCountdown(state.retryAt - now));
  });
  const { reconnect, words: asked } = useReconnect(name, state);
  return (
    <>
      <div className="state-head">
        <span className="dot" data-tone={connectionTone(state)} aria-hidden="true" />
        <p>
          <b>{words}</b>
          {state.kind === "idle" ? null : <span> {texts.since(formatTimeWithSeconds(state.since))}</span>}
        </p>
        <button type="button" className="button" onClick={reconnect}>
          {retryLabel}
          <span className="visually-hidden"> ({title})</span>
        </button>
      </div>
      <output className="state-asked">{asked}</output>
      {state.kind === "reconnecting" || state.kind === "rejected" ? (
        <div className="state-fault" data-tone={connectionTone(state)}>
          <FaultLines state={state} />
          {countdown === null ? null : <p className="state-next">{countdown}</p>}
        </div>
      ) : null}
    </>
  );
}

function FaultLines({ state }: { readonly state: Extract<ConnectionState, { kind: "reconnecting" | "rejected" }> }) {
  const { what, cause, remedy } = describeFault(state.fault);
  return (
    <>
      <p>
        <b>{what}</b> {cause}
      </p>
      <p>{remedy}</p>
    </>
  );
}
