import type { App } from "electron";

/** Which schemes the system hands to our program. */
export interface StandInLinks {
  readonly members: Pick<App, "isDefaultProtocolClient" | "setAsDefaultProtocolClient" | "setAppUserModelId">;
  /** Schemes that are registered for us. */
  readonly registered: Set<string>;
  /** How often registering was asked for. */
  asked(): number;
}

export function createStandInLinks(): StandInLinks {
  const registered = new Set<string>();
  let asked = 0;
  return {
    members: {
      isDefaultProtocolClient: (scheme) => registered.has(scheme),
      setAsDefaultProtocolClient(scheme) {
        asked += 1;
        registered.add(scheme);
        return true;
      },
      setAppUserModelId() {},
    },
    registered,
    asked: () => asked,
  };
}
