import { useEffect, useRef, useState } from "react";
import { useActions, useServices } from "../panel-context.tsx";
import type { CardItem } from "./card-order.ts";

/** How long the button says "Copied". */
const COPIED_MS = 2_000;

/** Copying with its feedback: `copied` is the id of the card whose text has just gone to the clipboard. */
export function useCopied(): { readonly copied: string | null; readonly copy: (item: CardItem) => Promise<void> } {
  const { clock } = useServices();
  const actions = useActions();
  const [copied, setCopied] = useState<string | null>(null);
  const cancel = useRef(() => {});
  useEffect(() => () => cancel.current(), []);
  return {
    copied,
    async copy(item) {
      if (!(await actions.copy(item))) return;
      cancel.current();
      setCopied(item.suggestion.id);
      cancel.current = clock.after(COPIED_MS, () => setCopied(null));
    },
  };
}
