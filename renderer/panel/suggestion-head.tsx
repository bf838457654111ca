import { ofTheLastMinute } from "../../shared/attention.ts";
import type { InteractionView } from "../../shared/panel-state.ts";
import { useActions, useNow, usePanelState } from "../panel-context.tsx";
import { texts } from "../texts.ts";
import { AskingTime } from "./pending-line.tsx";
import { WithheldReasons } from "./withheld-reasons.tsx";

interface SuggestionHeadProps {
  readonly view: InteractionView;
  /** Cards behind the count, for whichever reason. */
  readonly waiting: number;
  /** Whether a request under way is to be told here, as the list below stands still. */
  readonly askingHere: boolean;
  readonly onShow: () => void;
}

/**
 * The line above the cards. Its height never changes: what waits, what is asked and what the budget is take turns in
 * one place, so that nothing below moves.
 */
export function SuggestionHead({ view, waiting, askingHere, onShow }: SuggestionHeadProps) {
  const display = usePanelState((state) => state.settings.display);
  const releasedAt = usePanelState((state) => state.releasedAt);
  const actions = useActions();
  const { quiet, cardsPerMinute } = display;
  const shown = useNow((now) => Math.min(ofTheLastMinute(releasedAt, now).length, cardsPerMinute));
  const newest = view.sets[0]?.set;
  const turn = () => {
    if (waiting > 0) {
      return (
        <button
          type="button"
          className="more"
          aria-keyshortcuts="m"
          title={texts.suggestions.waitingHint(waiting)}
          onClick={onShow}
        >
          {texts.suggestions.waiting(waiting)} · <u>{texts.show}</u>
        </button>
      );
    }
    if (askingHere && view.pending !== null) return <AskingTime since={view.pending.since} />;
    return <span title={texts.suggestions.budgetHint}>{texts.suggestions.budget(shown, cardsPerMinute)}</span>;
  };
  return (
    <div className="cards-head">
      <h2>{texts.suggestions.label}</h2>
      {newest === undefined || newest.withheld.length === 0 ? null : <WithheldReasons set={newest} />}
      <span className="cards-turn">
        {turn()}
        <button
          type="button"
          className="toggle"
          aria-pressed={quiet}
          aria-keyshortcuts="q"
          title={`${texts.suggestions.quietSwitch} (q)`}
          onClick={() => actions.setQuiet(!quiet)}
        >
          {texts.suggestions.quiet}
        </button>
      </span>
    </div>
  );
}
