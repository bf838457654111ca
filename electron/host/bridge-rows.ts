import { commandTable } from "../../shared/panel.ts";
import { ok } from "../../shared/result.ts";
import type { BridgeCommands } from "./bridge-commands.ts";
import { refuse, row, type Outcome, type RowsOf } from "./command-row.ts";

export interface BridgeRowPorts {
  /** Null while the bridge is off. */
  readonly bridge: () => BridgeCommands | null;
  /** A suggestion of the panel went into the chat. */
  readonly sent: (interactionId: string, suggestionId: string) => void;
}

/** The commands of the bridge. */
export function bridgeRows({ bridge, sent }: BridgeRowPorts): RowsOf<"bridge"> {
  const bridged = <O>(run: (commands: BridgeCommands) => Outcome<O>): Outcome<O> => {
    const commands = bridge();
    return commands === null ? refuse("not-found-here", "the bridge is off: the configuration has no section bridge with a scope") : run(commands);
  };
  return {
    "bridge.answerer": row(commandTable["bridge.answerer"].input, ({ interactionId, answerer }) => bridged((commands) => commands.answerer(interactionId, answerer))),
    "bridge.send": row(commandTable["bridge.send"].input, ({ interactionId, text, suggestionId }) =>
      bridged(async (commands) => {
        const delivery = await commands.send(interactionId, text);
        if (!delivery.ok) return delivery;
        if (suggestionId !== undefined) sent(interactionId, suggestionId);
        return ok({ deliveryId: delivery.value });
      }),
    ),
    "bridge.undo": row(commandTable["bridge.undo"].input, ({ deliveryId }) => bridged((commands) => commands.undo(deliveryId))),
    "bridge.send-again": row(commandTable["bridge.send-again"].input, ({ deliveryId }) => bridged((commands) => commands.sendAgain(deliveryId))),
    "bridge.settle": row(commandTable["bridge.settle"].input, ({ deliveryId, arrived }) => bridged((commands) => commands.settle(deliveryId, arrived))),
    "bridge.replay": row(commandTable["bridge.replay"].input, ({ ids }) =>
      bridged(async (commands) => {
        const replayed = await commands.replay(ids);
        return replayed.ok ? ok({ count: replayed.value }) : replayed;
      }),
    ),
    "bridge.discard": row(commandTable["bridge.discard"].input, ({ ids }) => bridged((commands) => commands.discard(ids))),
  };
}
