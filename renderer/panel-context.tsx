import { createContext, use } from "react";
import { useStore } from "zustand";
import type { Clock } from "../shared/clock.ts";
import type { PanelState } from "../shared/panel-state.ts";
import type { Actions } from "./actions.ts";
import type { PanelStore, PanelView } from "./store.ts";
import type { Ticker } from "./ticker.ts";

/** What every component may reach for: the store, the second hand, what the agent can do, and the clock. */
export interface PanelServices {
  readonly store: PanelStore;
  readonly ticker: Ticker;
  readonly actions: Actions;
  readonly clock: Clock;
}

const PanelContext = createContext<PanelServices | null>(null);

export const PanelProvider = PanelContext.Provider;

export function useServices(): PanelServices {
  const services = use(PanelContext);
  if (services === null) throw new Error("a panel component stands outside of PanelProvider");
  return services;
}

export function usePanel<T>(select: (view: PanelView) => T): T {
  return useStore(useServices().store, select);
}

export function useActions(): Actions {
  return useServices().actions;
}

/** A part of main's state; for what is drawn once that state is known, which it stays. */
export function usePanelState<T>(select: (state: PanelState) => T): T {
  return usePanel(({ mirror }) => {
    if (mirror.state === null) throw new Error("a component that needs main's state was drawn before it is known");
    return select(mirror.state);
  });
}

/**
 * A value that depends on the time, drawn again only when the value changes. Time stands still while the host is lost:
 * what is shown then is as old as the last thing that was heard.
 */
export function useNow<T extends string | number | boolean | null>(select: (now: number) => T): T {
  const stoppedAt = usePanel((view) => (view.host.kind === "lost" ? view.host.since : null));
  return useStore(useServices().ticker, ({ now }) => select(stoppedAt ?? now));
}

/** As {@link useNow}, with time that never stands still. */
export function useWallNow<T extends string | number | boolean | null>(select: (now: number) => T): T {
  return useStore(useServices().ticker, ({ now }) => select(now));
}
