/** Lets the page ask before it goes while something is not saved. */
export interface LeaveGuard {
  readonly set: (on: boolean) => void;
}

/**
 * A guard on a page. The browser asks in its own words. It is set where the draft changes and not while its view is
 * shown: the draft is there whichever view is in front.
 */
export function createLeaveGuard(page: Pick<Window, "addEventListener" | "removeEventListener">): LeaveGuard {
  const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
  return {
    set(on) {
      page.removeEventListener("beforeunload", ask);
      if (on) page.addEventListener("beforeunload", ask);
    },
  };
}
