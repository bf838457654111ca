import { type RefObject, useEffect, useEffectEvent } from "react";

/** Calls `onDisplayed` once more than half of the element is in view while the page itself is visible. */
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
        inView = entry?.isIntersecting === true;
        check();
      },
      { threshold: 0.5 },
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
