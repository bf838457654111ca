import { type RefObject, useEffect, useRef } from "react";

/**
 * Gives what keeps the focus from getting lost when what was pressed is disabled or goes away with its line: from then on
 * it falls to `target`, until the person presses something else.
 */
export function useKeptFocus(target: RefObject<HTMLElement | null>): () => void {
  const keeping = useRef(false);
  useEffect(() => {
    const stop = (): void => {
      keeping.current = false;
    };
    window.addEventListener("pointerdown", stop, true);
    window.addEventListener("keydown", stop, true);
    return () => {
      window.removeEventListener("pointerdown", stop, true);
      window.removeEventListener("keydown", stop, true);
    };
  }, []);
  // After each time that it was drawn: that is when things are disabled and go.
  useEffect(() => {
    if (keeping.current && (document.activeElement === null || document.activeElement === document.body)) target.current?.focus();
  });
  return () => {
    keeping.current = true;
  };
}
