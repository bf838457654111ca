import { useEffect, useState } from "react";
import { useServices } from "../panel-context.tsx";
import type { PanelView } from "../store.ts";
import { announcements, type Heard } from "./announcements.ts";

/** So long a message stays to be read before the next takes its place. */
const SAID_MS = 1_500;
/** More than this waiting to be said is no news any more. */
const MAX_WAITING = 3;

/** The polite live region: says what {@link announcements} finds, one at a time. */
export function Announcer() {
  const { store, clock } = useServices();
  const [said, setSaid] = useState("");
  useEffect(() => {
    let waiting: readonly string[] = [];
    let cancel: (() => void) | null = null;
    const sayNext = (): void => {
      const [next, ...rest] = waiting;
      waiting = rest;
      setSaid(next ?? "");
      cancel = next === undefined ? null : clock.after(SAID_MS, sayNext);
    };
    const stop = store.subscribe((view, before) => {
      const news = announcements(heard(before), heard(view));
      if (news.length === 0) return;
      waiting = [...waiting, ...news].slice(-MAX_WAITING);
      if (cancel === null) sayNext();
    });
    return () => {
      stop();
      cancel?.();
    };
  }, [store, clock]);
  return (
    <output className="visually-hidden" aria-live="polite">
      {said}
    </output>
  );
}

function heard(view: PanelView): Heard {
  return { state: view.mirror.state, selectedId: view.selectedId, hostLost: view.host.kind === "lost" };
}
