import type { App } from "../app.ts";
import type { PanelDesk } from "./panel-desk.ts";

/** A panel with what works behind it, which may be another program later. */
export interface ProgramPanel {
  readonly app: () => App;
  readonly desk: PanelDesk;
  /** Hears that another program works behind the panel. */
  readonly onSwitched: (listener: (app: App) => void) => () => void;
}

/** Follows the program that works behind the panel, and each that takes its place; `follow` gives what ends it. Returns what ends it all. */
export function followApp({ app, onSwitched }: Pick<ProgramPanel, "app" | "onSwitched">, follow: (app: App, isFirst: boolean) => () => void): () => void {
  let stop = follow(app(), true);
  const stopSwitched = onSwitched((next) => {
    stop();
    stop = follow(next, false);
  });
  return () => {
    stop();
    stopSwitched();
  };
}
