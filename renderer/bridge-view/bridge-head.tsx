import type { BridgeView } from "../../shared/bridge-view.ts";
import type { ConnectionState } from "../../shared/connection.ts";
import { useReconnect } from "../connection/use-reconnect.ts";
import { connectionSince, connectionTone, connectionWords } from "../panel/connection-words.ts";
import { useNow } from "../panel-context.tsx";
import { texts } from "../texts.ts";
import { bridgeViewTexts } from "../texts/bridge-view-texts.ts";
import { formatMoment } from "../ui/format.ts";

const { head: words, title, retry } = bridgeViewTexts;

interface BridgeHeadProps {
  readonly view: BridgeView;
  readonly state: ConnectionState;
}

/** Whose conversations, from where on, since when; and the state of the connection in words, with what can be done about it. */
export function BridgeHead({ view, state }: BridgeHeadProps) {
  const running = useNow((now) => formatMoment(view.since, now));
  return (
    <header className="overview-head">
      <div className="overview-name">
        <h1>{title}</h1>
        {view.storage === null ? null : (
          <span className="tag toned" data-tone="bad">
            {words.storage}
          </span>
        )}
        {view.paused.length === 0 ? null : (
          <span className="tag toned" data-tone="warn">
            {words.paused(view.paused.length)}
          </span>
        )}
        <p className="meta">
          {words.scope[view.scope]} · {words.running(running)} · <span title={words.resumeHint}>{words.resume(view.resumePoint)}</span>
        </p>
      </div>
      <StateWords state={state} />
    </header>
  );
}

function StateWords({ state }: { readonly state: ConnectionState }) {
  const said = useNow((now) => connectionWords(state, now));
  const since = useNow((now) => {
    const at = connectionSince(state);
    return at === null ? "" : texts.since(formatMoment(at, now));
  });
  const { reconnect, words: asked } = useReconnect("bridge", state);
  return (
    <section className="overview-state" aria-label={words.state}>
      <p>
        <span className="dot" data-tone={connectionTone(state)} aria-hidden="true" />
        <b>{said}</b> <span>{since}</span>
      </p>
      {state.kind === "reconnecting" || state.kind === "rejected" || state.kind === "closed" ? (
        <button type="button" className="button" onClick={reconnect}>
          {retry}
        </button>
      ) : null}
      <output>{asked}</output>
    </section>
  );
}
