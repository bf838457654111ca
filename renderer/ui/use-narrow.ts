import { useSyncExternalStore } from "react";

/** Up to this width a case is three lines and its details stand below the table. The style sheets say the same. */
const NARROW = "(max-width: 899px)";

function subscribe(listener: () => void): () => void {
  const query = matchMedia(NARROW);
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
}

/** Whether there is no room beside the table. */
export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => matchMedia(NARROW).matches);
}
