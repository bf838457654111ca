import { assertNever } from "../../shared/assert-never.ts";
import type { BridgeEvent } from "../../shared/bridge.ts";
import type { BridgeView } from "../../shared/bridge-view.ts";
import type { ConnectionState } from "../../shared/connection.ts";
import { describeFault } from "../../shared/fault-table.ts";
import type { Notices } from "./notices.ts";

/** Says what is wrong with the bridge: one notice for each kind, however many messages it concerns, until it is mended. */
export interface BridgeNotices {
  event(event: BridgeEvent): void;
  state(state: ConnectionState): void;
}

/** The ids of the bridge's notices. The command line says these things as events of the work. */
export const bridgeNoticeIds = {
  storage: "bridge-storage",
  inUse: "bridge-in-use",
  slow: { genesys: "bridge-slow-genesys", bot: "bridge-slow-bot", reply: "bridge-slow-reply" },
  deadLetters: "bridge-dead-letters",
  uncertain: "bridge-uncertain",
} as const;

/** `view` is asked only when the number of those that wait for a person may have gone down. */
export function createBridgeNotices(notices: Notices, view: () => BridgeView | null): BridgeNotices {
  let hasDeadLetters = false;
  let hasUncertain = false;
  let isInUse = false;

  const tellDeadLetters = (): void => {
    if (hasDeadLetters) return;
    hasDeadLetters = true;
    notices.raise({
      id: bridgeNoticeIds.deadLetters,
      level: "warning",
      say: ({ bridge }) => bridge.deadLetters,
    });
  };

  const tellUncertain = (): void => {
    if (hasUncertain) return;
    hasUncertain = true;
    notices.raise({
      id: bridgeNoticeIds.uncertain,
      level: "warning",
      say: ({ bridge }) => bridge.uncertain,
    });
  };

  const lookAgain = (): void => {
    const now = view();
    if (hasDeadLetters && (now?.deadLetters.count ?? 0) === 0) {
      hasDeadLetters = false;
      notices.clear(bridgeNoticeIds.deadLetters);
    }
    if (hasUncertain && (now?.uncertain.count ?? 0) === 0) {
      hasUncertain = false;
      notices.clear(bridgeNoticeIds.uncertain);
    }
  };

  const tellStorage = (detail: string | null): void => {
    if (detail === null) {
      notices.clear(bridgeNoticeIds.storage);
      return;
    }
    notices.raise({
      id: bridgeNoticeIds.storage,
      level: "error",
      say: ({ bridge }) => bridge.storage(detail),
    });
  };

  return {
    event(event) {
      switch (event.kind) {
        case "dead-letter":
          tellDeadLetters();
          return;
        case "uncertain":
          tellUncertain();
          return;
        case "settled":
        case "delivery":
          if (hasDeadLetters || hasUncertain) lookAgain();
          return;
        case "storage":
          tellStorage(event.detail);
          return;
        case "level": {
          const id = bridgeNoticeIds.slow[event.hop];
          if (event.level === "critical") {
            notices.raise({ id, level: "warning", say: ({ bridge }) => bridge.slow(event.hop, event.ms, event.aboveMs) });
          } else notices.clear(id);
          return;
        }
        case "message":
        case "duplicate":
        case "gap":
        case "gap-filled":
        case "malformed":
        case "foreign":
        case "answered":
        case "withheld":
        case "left-to-agent":
        case "answerer":
        case "paused":
          return;
        default:
          assertNever(event);
      }
    },
    state(state) {
      const inUse = state.kind === "rejected" && state.fault.code === "in-use";
      if (inUse && !isInUse) {
        const { fault } = state;
        notices.raise({
          id: bridgeNoticeIds.inUse,
          level: "error",
          say: (_words, language) => {
            const { what, cause, remedy } = describeFault(fault, language);
            return { what, effect: cause, remedy };
          },
        });
      }
      if (!inUse && isInUse) notices.clear(bridgeNoticeIds.inUse);
      isInUse = inUse;
      if (state.kind !== "idle") return;
      // It is off: what was wrong with it is nobody's concern now, and is told again when it is on.
      tellStorage(null);
      for (const id of Object.values(bridgeNoticeIds.slow)) notices.clear(id);
      lookAgain();
    },
  };
}
