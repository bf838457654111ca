import { useNow, usePanelState } from "../panel-context.tsx";
import { texts } from "../texts.ts";
import { formatAge } from "../ui/format.ts";
import { bridgeState } from "./bridge-state.ts";
import { Fact } from "./facts.tsx";
import { OffHead } from "./off-head.tsx";
import { StateHead } from "./state-head.tsx";

/** What an agent wants to know of the bridge; where it is off, what it is and what would switch it on. */
export function BridgeSection() {
  const connections = usePanelState((state) => state.connections);
  const interactions = usePanelState((state) => state.interactions);
  const state = bridgeState({ connections });
  const lastHeardAt = connections.bridge?.lastHeardAt ?? null;
  const gaps = connections.bridge?.gaps;
  const heard = useNow((now) => (lastHeardAt === null ? texts.none : texts.ago(formatAge(now - lastHeardAt))));
  const { bridgeLink: words } = texts;
  const chats = interactions.filter(({ bridged, interaction }) => bridged !== null && interaction.status === "live");
  return (
    <section className="link" aria-labelledby="link-bridge">
      <h3 id="link-bridge">{words.title}</h3>
      {state === null ? (
        <OffHead hint={words.offHint} />
      ) : (
        <>
          <StateHead name="bridge" title={words.title} state={state} retryLabel={texts.tunnel.reconnect} />
          <dl className="facts">
            <Fact name={words.lastHeard}>{heard}</Fact>
            <Fact name={words.chats}>{words.chatsOf(chats.length, chats.filter(({ bridged }) => bridged?.answerer === "agent").length)}</Fact>
            {gaps === undefined ? null : <Fact name={words.missed}>{texts.connectionSheet.missedOf(gaps.missed, gaps.recovered)}</Fact>}
          </dl>
        </>
      )}
    </section>
  );
}
