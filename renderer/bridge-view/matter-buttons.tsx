import { bridgeViewTexts } from "../texts/bridge-view-texts.ts";
import type { MatterKind } from "./matters.ts";
import type { MatterOrder } from "./use-matter-commands.ts";

const { actions: words } = bridgeViewTexts;

interface MatterButtonsProps {
  readonly kind: MatterKind;
  /** How many there are, listed or not. */
  readonly count: number;
  readonly chosenIds: readonly string[];
  readonly busy: boolean;
  readonly onOrder: (order: MatterOrder) => void;
}

/** What can be done with the chosen ones. They keep their places when there is nothing to do. */
export function MatterButtons({ kind, count, chosenIds, busy, onOrder }: MatterButtonsProps) {
  const idle = busy || chosenIds.length === 0;
  const order = (deed: MatterOrder["deed"]) => () => onOrder({ deed, ids: chosenIds, place: null });
  if (kind === "uncertain") {
    return (
      <div className="matter-buttons">
        <button type="button" className="button" title={words.arrivedHint} disabled={idle} onClick={order("arrived")}>
          {words.arrived}
        </button>
        <button type="button" className="button" title={words.sendAgainHint} disabled={idle} onClick={order("send-again")}>
          {words.sendAgain}
        </button>
      </div>
    );
  }
  return (
    <div className="matter-buttons">
      <button type="button" className="button button-main" title={words.replayHint} disabled={idle} onClick={order("replay")}>
        {words.replay}
      </button>
      <button type="button" className="button" disabled={busy || count === 0} onClick={() => onOrder({ deed: "replay", ids: null, place: null })}>
        {words.replayAll}
      </button>
      <button type="button" className="button" title={words.discardHint} disabled={idle} onClick={order("discard")}>
        {words.discard}
      </button>
    </div>
  );
}
