import { useEffect, useEffectEvent, useState } from "react";
import type { Fault } from "../../shared/fault.ts";
import type { Rehearsed } from "../../shared/workshop.ts";
import type { CommandInput } from "../../shared/panel.ts";
import { createNewestAnswer } from "../integrations/newest-answer.ts";
import { useActions, usePanel, useServices } from "../panel-context.tsx";

/** What is asked, without the particulars that are not chosen here. */
export type RehearsalQuestion = CommandInput<"workshop.rehearse">;

/** `current`: whether it is the answer to what stands there now. */
export interface RehearsalView {
  readonly rehearsed: Rehearsed | null;
  readonly fault: Fault | null;
  readonly current: boolean;
  readonly again: () => void;
}

interface Taken {
  readonly key: string;
  readonly rehearsed: Rehearsed | null;
  readonly fault: Fault | null;
}

/** Until nobody has changed anything for this long, nothing is asked. */
const ASK_AFTER_MS = 200;
const NOTHING: Taken = { key: "", rehearsed: null, fault: null };

/** Tries rules on the past as they are edited: the newest answer wins, and while it is waited for the last one stands. */
export function useRehearsal(question: RehearsalQuestion, standing: unknown): RehearsalView {
  const { clock } = useServices();
  const { give } = useActions();
  const reachable = usePanel(({ host }) => host.kind === "connected");
  const [taken, setTaken] = useState<Taken>(NOTHING);
  const [round, setRound] = useState(0);
  const text = JSON.stringify(question);
  // What holds now decides too, and main knows it: an answer under other rules is none to this question.
  const key = `${round} ${JSON.stringify(standing)} ${text}`;

  const [asker] = useState(() =>
    createNewestAnswer({
      clock,
      delayMs: ASK_AFTER_MS,
      ask: async (asked: { readonly key: string; readonly question: RehearsalQuestion }) => ({ key: asked.key, answer: await give("workshop.rehearse", asked.question) }),
      take: ({ key: of, answer }) => {
        if (answer.ok) setTaken({ key: of, rehearsed: answer.value, fault: null });
        // Somebody else has asked meanwhile, in another window.
        else if (answer.error.code === "aborted") setRound((before) => before + 1);
        else setTaken((before) => ({ key: of, rehearsed: before.rehearsed, fault: answer.error }));
      },
    }),
  );

  const ask = useEffectEvent((key: string) => asker.soon({ key, question }));
  useEffect(() => {
    if (!reachable) return undefined;
    ask(key);
    return asker.forget;
  }, [asker, key, reachable]);

  return { rehearsed: taken.rehearsed, fault: taken.fault, current: taken.key === key, again: () => setRound((before) => before + 1) };
}
