import { useState } from "react";
import { createHistoryActions, type HistoryActions } from "../history-actions.ts";
import { useActions } from "../panel-context.tsx";

/** What can be asked of the past, bound when a view of it is opened. */
export function useHistoryActions(): HistoryActions {
  const { give } = useActions();
  const [actions] = useState(() => createHistoryActions(give));
  return actions;
}
