import { assertNever } from "../../shared/assert-never.ts";
import type { PracticeView } from "../../shared/practice.ts";
import { useActions, usePanel } from "../panel-context.tsx";
import { practiceTexts } from "../texts/practice-texts.ts";
import { formatDecimal } from "../ui/format.ts";
import { Note } from "../ui/note.tsx";
import { titleOf } from "./practice-orders.ts";
import { usePracticeActions } from "./use-practice-actions.ts";

const { free, running } = practiceTexts;

/** What goes on: calls by themselves, a chosen one, or none. */
export function PracticeCourse({ view }: { readonly view: PracticeView }) {
  const actions = usePracticeActions();
  const { report } = useActions();
  const goTo = usePanel((panel) => panel.goTo);
  const { state } = view;
  const give = async (order: "stop" | "free"): Promise<void> => {
    const answer = await actions[order]();
    if (!answer.ok) report(answer.error);
  };
  switch (state.kind) {
    case "free":
      return (
        <Note tone="none">
          <b>{free.title}</b> {free.hint}
        </Note>
      );
    case "ready":
      return (
        <div className="practice-free">
          <button type="button" className="quiet-button" title={free.backHint} onClick={() => void give("free")}>
            {free.back}
          </button>
        </div>
      );
    case "running":
      return (
        <Note
          tone="none"
          action={
            <span className="practice-actions">
              <button type="button" className="button button-main" onClick={() => goTo("live")}>
                {running.toCall}
              </button>
              <button type="button" className="button" onClick={() => void give("stop")}>
                {running.stop}
              </button>
            </span>
          }
        >
          <b>{running.title(titleOf(view, state.callId) ?? state.callId)}</b> {running.how(formatDecimal(state.speed))}
        </Note>
      );
    default:
      return assertNever(state);
  }
}
