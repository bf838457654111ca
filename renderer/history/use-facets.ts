import { useEffect, useState } from "react";
import type { HistoryFacets } from "../../shared/history.ts";
import type { HistoryActions } from "../history-actions.ts";
import { usePanel } from "../panel-context.tsx";

/** What the history can be filtered by, asked for each time the view is opened; null until it is known, and where it cannot be had. */
export function useFacets(actions: HistoryActions): HistoryFacets | null {
  const reachable = usePanel(({ host }) => host.kind === "connected");
  const [facets, setFacets] = useState<HistoryFacets | null>(null);
  useEffect(() => {
    if (!reachable) return undefined;
    let left = false;
    void (async () => {
      const answer = await actions.facets();
      if (!left && answer.ok) setFacets(answer.value);
    })();
    return () => {
      left = true;
    };
  }, [actions, reachable]);
  return facets;
}
