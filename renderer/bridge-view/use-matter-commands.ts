import { useRef, useState } from "react";
import { assertNever } from "../../shared/assert-never.ts";
import type { Fault } from "../../shared/fault.ts";
import { ok, type Result } from "../../shared/result.ts";
import type { BridgeActions } from "../bridge-actions.ts";
import { useActions } from "../panel-context.tsx";

/** What can be done with what waits for a decision. */
export type MatterDeed = "replay" | "discard" | "arrived" | "send-again";

/** A deed that was asked for. `ids` null: all there are, listed or not. `place`: where it was asked for, a line's id or the list. */
export interface MatterOrder {
  readonly deed: MatterDeed;
  readonly ids: readonly string[] | null;
  readonly place: string | null;
}

/** What became of the last order. `done`: how many of `total` were dealt with before the fault. */
export type MatterOutcome =
  | { readonly kind: "none" }
  | { readonly kind: "under way"; readonly order: MatterOrder; readonly done: number; readonly total: number }
  | { readonly kind: "done"; readonly order: MatterOrder; readonly count: number }
  | { readonly kind: "failed"; readonly order: MatterOrder; readonly fault: Fault; readonly done: number; readonly total: number };

export interface MatterCommands {
  readonly outcome: MatterOutcome;
  /** One order at a time; another one meanwhile is not taken. */
  readonly give: (order: MatterOrder) => void;
  readonly forget: () => void;
}

/** Gives the bridge's orders and keeps what became of the last one. `onEnd`: told when it is over, well or not. */
export function useMatterCommands(onEnd: () => void): MatterCommands {
  const { bridge } = useActions();
  const [outcome, setOutcome] = useState<MatterOutcome>({ kind: "none" });
  const busy = useRef(false);
  const carryOut = async (order: MatterOrder): Promise<void> => {
    const total = order.ids?.length ?? 0;
    setOutcome({ kind: "under way", order, done: 0, total });
    let done = 0;
    for (const part of partsOf(order)) {
      const answer = await carryOutPart(bridge, order.deed, part);
      // What another has settled in the meantime is settled.
      if (!answer.ok && (answer.error.code !== "not-found-here" || total <= 1)) {
        setOutcome({ kind: "failed", order, fault: answer.error, done, total });
        return;
      }
      if (answer.ok) done += answer.value;
      setOutcome({ kind: "under way", order, done, total });
    }
    setOutcome({ kind: "done", order, count: done });
  };
  return {
    outcome,
    give(order) {
      if (busy.current || order.ids?.length === 0) return;
      busy.current = true;
      void (async () => {
        await carryOut(order);
        busy.current = false;
        onEnd();
      })();
    },
    forget: () => {
      if (!busy.current) setOutcome({ kind: "none" });
    },
  };
}

/** What goes in one command: all of them where there is a command for many, else one by one. */
function partsOf({ deed, ids }: MatterOrder): readonly (readonly string[] | null)[] {
  if (ids === null || deed === "replay" || deed === "discard") return [ids];
  return ids.map((id) => [id]);
}

/** Gives how many were dealt with. */
async function carryOutPart(bridge: BridgeActions, deed: MatterDeed, ids: readonly string[] | null): Promise<Result<number, Fault>> {
  switch (deed) {
    case "replay": {
      const answer = await bridge.replay(ids);
      return answer.ok ? ok(answer.value.count) : answer;
    }
    case "discard": {
      const answer = await bridge.discard(ids ?? []);
      return answer.ok ? ok(ids?.length ?? 0) : answer;
    }
    case "arrived":
    case "send-again": {
      const [id] = ids ?? [];
      if (id === undefined) return ok(0);
      const answer = await bridge.settle(id, deed === "arrived");
      return answer.ok ? ok(1) : answer;
    }
    default:
      return assertNever(deed);
  }
}
