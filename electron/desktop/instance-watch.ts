import type { DesktopPorts } from "./desktop-ports.ts";

/** Brings the panel forward when the program is started a second time. */
export function createInstanceWatch({ electron, window }: Pick<DesktopPorts, "electron" | "window">): Disposable {
  const { app } = electron;
  const onSecond = (): void => {
    window.show();
  };
  app.on("second-instance", onSecond);
  return {
    [Symbol.dispose]() {
      app.off("second-instance", onSecond);
    },
  };
}
