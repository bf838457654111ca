import { useState } from "react";
import type { ConnectionName, ConnectionState } from "../../shared/connection.ts";
import { describeFault } from "../texts/fault-words.ts";
import { useActions, useServices } from "../panel-context.tsx";
import { texts } from "../texts.ts";
import { formatTimeWithSeconds } from "../ui/format.ts";

interface Asked {
  /** The state that was there when it was asked; another one is the answer. */
  readonly during: string;
  readonly words: string;
}

/** "Reconnect now" with what it did in words: that it was asked for, until the state moves, or why it could not be. */
export function useReconnect(name: ConnectionName, state: ConnectionState): { readonly reconnect: () => void; readonly words: string } {
  const actions = useActions();
  const { clock } = useServices();
  const [asked, setAsked] = useState<Asked | null>(null);
  const during = stamp(state);
  const reconnect = async (): Promise<void> => {
    setAsked({ during, words: texts.connectionSheet.asked(formatTimeWithSeconds(clock.now())) });
    const answer = await actions.retry(name);
    if (answer.ok) return;
    const { what, remedy } = describeFault(answer.error);
    setAsked({ during, words: `${what} ${remedy}` });
  };
  return { reconnect: () => void reconnect(), words: asked?.during === during ? asked.words : "" };
}

function stamp(state: ConnectionState): string {
  return state.kind === "idle" ? state.kind : `${state.kind} ${state.since}`;
}
