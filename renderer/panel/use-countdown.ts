import { useEffect, useState } from "react";
import { useServices } from "../panel-context.tsx";

/** What is left until `at` (ms since the Unix epoch), in ms, told anew each time that a whole second of it has passed; 0 once it is over. */
export function useCountdown(at: number): number {
  const { clock } = useServices();
  const [now, setNow] = useState(() => clock.now());
  useEffect(() => {
    let cancel = (): void => {};
    const step = (): void => {
      const current = clock.now();
      setNow(current);
      const left = at - current;
      if (left > 0) cancel = clock.after(left % 1_000 || 1_000, step);
    };
    step();
    return () => cancel();
  }, [clock, at]);
  return Math.max(0, at - now);
}
