import { useState } from "react";
import type { Fault } from "../../shared/fault.ts";
import { useActions } from "../panel-context.tsx";

/** How a batch is begun and ended. */
export interface BatchControl {
  /** How often a failing case is run at most. */
  readonly repeat: number;
  readonly setRepeat: (times: number) => void;
  /** A command is on its way and has not been answered. */
  readonly asking: boolean;
  readonly refusal: Fault | null;
  readonly run: (which: "all" | "failed" | "resume") => void;
  readonly cancel: () => void;
}

/** Gives the commands of a batch, and keeps a refusal until the next one. */
export function useBatchControl(): BatchControl {
  const { simulations } = useActions();
  const [repeat, setRepeat] = useState(1);
  const [asking, setAsking] = useState(false);
  const [refusal, setRefusal] = useState<Fault | null>(null);
  return {
    repeat,
    setRepeat,
    asking,
    refusal,
    run(which) {
      setAsking(true);
      setRefusal(null);
      void (async () => {
        const answer = await simulations.run(which, repeat);
        setAsking(false);
        if (!answer.ok) setRefusal(answer.error);
      })();
    },
    cancel() {
      setRefusal(null);
      void (async () => {
        const answer = await simulations.cancel();
        if (!answer.ok) setRefusal(answer.error);
      })();
    },
  };
}
