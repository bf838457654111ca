import type { DesktopView, UpdateState } from "../../shared/desktop.ts";
import type { DesktopProgram, DesktopTeller } from "./desktop-ports.ts";

/** Publishes the desktop's view, now and whenever a part of it or a setting changes. */
export function createDesktopTeller({ platform, version, settings, publisher, speech }: Pick<DesktopProgram, "platform" | "version" | "settings" | "publisher" | "speech">): DesktopTeller {
  /** Until somebody tells of updates. */
  const noUpdates = (): UpdateState => ({ kind: "off", why: speech.words().updates.off.notInstalled });
  let isUpdated = false;
  let view: DesktopView = {
    platform,
    version,
    settings: settings.current(),
    shortcuts: { show: "off", copyFirst: "off", quiet: "off" },
    loginHindrance: null,
    update: noUpdates(),
  };
  const tell = (changed: Partial<DesktopView>): void => {
    view = { ...view, ...changed };
    publisher.publish({ kind: "desktop", view });
  };
  tell({});
  const stop = settings.onChange((next) => {
    tell({ settings: next });
  });
  const stopSpeech = speech.onChange(() => {
    if (!isUpdated) tell({ update: noUpdates() });
  });
  return {
    shortcuts: (shortcuts) => {
      tell({ shortcuts });
    },
    login: (loginHindrance) => {
      tell({ loginHindrance });
    },
    update: (update) => {
      isUpdated = true;
      tell({ update });
    },
    [Symbol.dispose]() {
      stop();
      stopSpeech();
      publisher.publish({ kind: "desktop", view: null });
    },
  };
}
