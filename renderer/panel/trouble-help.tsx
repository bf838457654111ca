import { useState } from "react";
import { useNow, usePanel } from "../panel-context.tsx";
import { texts } from "../texts.ts";

/** Trouble that is over by then needs nobody. */
const LASTING_MS = 10_000;

/**
 * Since when there has been trouble without a break, ms since the Unix epoch; null: there is none. `since`: when the
 * present state of it began, which every new attempt sets anew, or null.
 */
export function useTroubleSince(since: number | null): number | null {
  const [first, setFirst] = useState(since);
  const earliest = since === null || first === null ? since : Math.min(first, since);
  if (earliest !== first) setFirst(earliest);
  return earliest;
}

/** The way to the page "what is wrong", in a banner of trouble that lasts. */
export function TroubleHelp({ since }: { readonly since: number }) {
  const showSheet = usePanel((view) => view.showSheet);
  const lasts = useNow((now) => now - since >= LASTING_MS);
  if (!lasts) return null;
  return (
    <button type="button" className="banner-link" aria-haspopup="dialog" aria-keyshortcuts="w" title={`${texts.health.title} (w)`} onClick={() => showSheet("health")}>
      {texts.health.ask}
    </button>
  );
}
