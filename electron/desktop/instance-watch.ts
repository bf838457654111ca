import { takeLink } from "./link-inbox.ts";
import type { DesktopPorts } from "./desktop-ports.ts";
import type { Links } from "./links.ts";

/** The flag of a start that nobody waits for, as at login: no window is to come up. */
const HIDDEN = "--hidden";

/**
 * What a second start of the program asks of the one that runs: to follow its link, or else to come forward, unless it
 * was started hidden. Electron may change the order of `argv` and put Chromium's switches in between.
 */
export function createInstanceWatch({ electron, window }: Pick<DesktopPorts, "electron" | "window">, links: Pick<Links, "follow">): Disposable {
  const { app } = electron;
  const onSecond = (_event: unknown, argv: readonly string[] = []): void => {
    const { link } = takeLink(argv);
    if (link !== null) links.follow(link);
    else if (!argv.includes(HIDDEN)) window.show();
  };
  app.on("second-instance", onSecond);
  return {
    [Symbol.dispose]() {
      app.off("second-instance", onSecond);
    },
  };
}
