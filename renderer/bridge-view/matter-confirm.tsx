import { assertNever } from "../../shared/assert-never.ts";
import { bridgeViewTexts } from "../texts/bridge-view-texts.ts";
import { Confirm } from "../ui/confirm.tsx";
import type { MatterOrder } from "./use-matter-commands.ts";

const { actions: words } = bridgeViewTexts;

/** Whether it is asked again before it is done: what cannot be undone, and what reaches many customers. */
export function needsConfirming({ deed, ids }: MatterOrder): boolean {
  switch (deed) {
    case "discard":
      return true;
    case "replay":
      return ids === null;
    case "send-again":
      return ids === null || ids.length > 1;
    case "arrived":
      return false;
    default:
      return assertNever(deed);
  }
}

interface MatterConfirmProps {
  readonly order: MatterOrder;
  /** How many dead letters there are, listed or not. */
  readonly all: number;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}

/** The question, and what it would do. */
export function MatterConfirm({ order, all, onConfirm, onCancel }: MatterConfirmProps) {
  const { title, hint, confirm } = questionOf(order, all);
  return (
    <Confirm title={title} confirm={confirm} cancel={words.cancel} onConfirm={onConfirm} onCancel={onCancel}>
      {hint}
    </Confirm>
  );
}

function questionOf({ deed, ids }: MatterOrder, all: number): { readonly title: string; readonly hint: string; readonly confirm: string } {
  const count = ids?.length ?? all;
  if (deed === "replay") return { title: words.confirmReplayAll(count), hint: words.confirmReplayAllHint, confirm: words.replayNow };
  if (deed === "send-again") return { title: words.confirmSendAgain(count), hint: words.confirmSendAgainHint, confirm: words.sendNow };
  return { title: words.confirmDiscard(count), hint: words.confirmDiscardHint, confirm: words.discardNow };
}
