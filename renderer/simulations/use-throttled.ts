import { useEffect, useRef, useState } from "react";
import { useServices } from "../panel-context.tsx";

/** A value that is drawn at most once in `everyMs`, its latest form in the end; at once where `when` changes. */
export function useThrottled<T>(value: T, everyMs: number, when: string): T {
  const { clock } = useServices();
  const [drawn, setDrawn] = useState({ value, when });
  const latest = useRef({ value, when });
  const timer = useRef<(() => void) | null>(null);
  useEffect(() => {
    latest.current = { value, when };
    if (drawn.value === value || timer.current !== null) return;
    timer.current = clock.after(everyMs, () => {
      timer.current = null;
      setDrawn(latest.current);
    });
  }, [value, when, drawn, clock, everyMs]);
  useEffect(
    () => () => {
      timer.current?.();
      timer.current = null;
    },
    [],
  );
  return drawn.when === when ? drawn.value : value;
}
