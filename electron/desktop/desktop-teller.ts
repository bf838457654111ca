import type { DesktopView, ShortcutAction, ShortcutState, UpdateState } from "../../shared/desktop.ts";
import type { DesktopProgram } from "./desktop-ports.ts";

/** Tells the panel how things stand on the desktop, each part its own. Disposing takes it all back. */
export interface DesktopTeller extends Disposable {
  shortcuts(states: Readonly<Record<ShortcutAction, ShortcutState>>): void;
  /** Why starting at login cannot be set here; null where it can. */
  login(hindrance: string | null): void;
  update(state: UpdateState): void;
}

/** Publishes the desktop's view, now and whenever a part of it or a setting changes. */
export function createDesktopTeller({ platform, version, settings, publisher }: Pick<DesktopProgram, "platform" | "version" | "settings" | "publisher">): DesktopTeller {
  let view: DesktopView = {
    platform,
    version,
    settings: settings.current(),
    shortcuts: { show: "off", copyFirst: "off", quiet: "off" },
    loginHindrance: null,
    update: { kind: "off", why: "this program was not installed by a package" },
  };
  const tell = (changed: Partial<DesktopView>): void => {
    view = { ...view, ...changed };
    publisher.publish({ kind: "desktop", view });
  };
  tell({});
  const stop = settings.onChange((next) => {
    tell({ settings: next });
  });
  return {
    shortcuts: (shortcuts) => {
      tell({ shortcuts });
    },
    login: (loginHindrance) => {
      tell({ loginHindrance });
    },
    update: (update) => {
      tell({ update });
    },
    [Symbol.dispose]() {
      stop();
      publisher.publish({ kind: "desktop", view: null });
    },
  };
}
