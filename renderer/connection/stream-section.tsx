import type { ConnectionState } from "../../shared/connection.ts";
import { useNow, usePanelState } from "../panel-context.tsx";
import { texts } from "../texts.ts";
import { formatAge } from "../ui/format.ts";
import { Fact } from "./facts.tsx";
import { OffHead } from "./off-head.tsx";
import { StateHead } from "./state-head.tsx";

const idle: ConnectionState = { kind: "idle" };

/** Everything that is known of the live stream of interactions. */
export function StreamSection() {
  const stream = usePanelState((state) => state.connections.stream);
  const state = stream?.state ?? idle;
  const lastHeardAt = stream?.lastHeardAt ?? null;
  const heard = useNow((now) => (lastHeardAt === null ? texts.none : texts.ago(formatAge(now - lastHeardAt))));
  const { stream: title, lastEvent, missed, missedOf, streamOffHint } = texts.connectionSheet;
  const gaps = stream?.gaps;
  return (
    <section className="link" aria-labelledby="link-stream">
      <h3 id="link-stream">{title}</h3>
      {state.kind === "idle" ? (
        <OffHead hint={streamOffHint} />
      ) : (
        <>
          <StateHead name="stream" title={title} state={state} retryLabel={texts.tunnel.reconnect} />
          <dl className="facts">
            <Fact name={lastEvent}>{heard}</Fact>
            <Fact name={missed}>{gaps === undefined ? texts.none : missedOf(gaps.missed, gaps.recovered)}</Fact>
          </dl>
        </>
      )}
    </section>
  );
}
