import { type RefObject, useEffect, useEffectEvent } from "react";

/** A card can be taller than the list; this much of it in view has been seen, too. */
const SEEN_PX = 120;
const STEPS = [0, 0.1, 0.2, 0.3, 0.4, 0.5];

/** Calls `onDisplayed` once half of the element, or 120 px of it, is in view while the page itself is visible. */
export function useDisplayed(element: RefObject<HTMLElement | null>, onDisplayed: () => void): void {
  const tell = useEffectEvent(onDisplayed);
  useEffect(() => {
    const target = element.current;
    if (target === null) return undefined;
    let inView = false;
    const check = (): void => {
      if (!inView || document.visibilityState !== "visible") return;
      stop();
      tell();
    };
    const observer = new IntersectionObserver(
      ([entry]) => {
        inView = entry !== undefined && (entry.intersectionRatio >= 0.5 || entry.intersectionRect.height >= SEEN_PX);
        check();
      },
      { threshold: STEPS },
    );
    const stop = (): void => {
      observer.disconnect();
      document.removeEventListener("visibilitychange", check);
    };
    observer.observe(target);
    document.addEventListener("visibilitychange", check);
    return stop;
  }, [element]);
}
