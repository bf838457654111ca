import { memo } from "react";
import type { Transition } from "../../shared/tunnel.ts";
import { useServices } from "../panel-context.tsx";
import { connectionTone } from "../panel/connection-words.ts";
import { texts } from "../texts.ts";
import { formatMoment } from "../ui/format.ts";
import { transitionWords } from "./transition-words.ts";

/** The last changes of state and their reasons, newest first. */
export const TransitionList = memo(function TransitionList({ transitions }: { readonly transitions: readonly Transition[] }) {
  const { clock } = useServices();
  if (transitions.length === 0) return <p className="link-hint">{texts.connectionSheet.noChanges}</p>;
  const now = clock.now();
  return (
    <ol className="changes">
      {transitions.map((transition, index) => {
        const { at, state } = transition;
        const { words, reason } = transitionWords(transition, transitions[index + 1]?.state);
        return (
          // Two changes may share their instant.
          <li key={`${at} ${words} ${reason}`}>
            <time dateTime={new Date(at).toISOString()}>{formatMoment(at, now)}</time>
            <span className="dot" data-tone={connectionTone(state)} aria-hidden="true" />
            <p>
              {words}
              {reason === "" ? null : <span>{reason}</span>}
            </p>
          </li>
        );
      })}
    </ol>
  );
});
