import { useEffect, useEffectEvent } from "react";

/**
 * Calls `handle` for keys that are meant for the panel: no modifier, no text field, no dialog in front. It returns true
 * when it used the key, which then is nobody else's. `turn`: `first` is asked before all others.
 */
export function useKeys(handle: (key: string, event: KeyboardEvent) => boolean, turn: "any" | "first" = "any"): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target instanceof Element && event.target.closest("input:not([type=checkbox]), textarea, select, dialog")) return;
    // A click into a sheet can leave the focus on the page behind it.
    if (document.querySelector("dialog:modal") !== null) return;
    if (handle(event.key, event)) event.preventDefault();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => onKey(event);
    const options = { capture: turn === "first" };
    window.addEventListener("keydown", listener, options);
    return () => window.removeEventListener("keydown", listener, options);
  }, [turn]);
}
