import type { Focus } from "../../shared/desktop.ts";
import type { Publisher } from "../host/publisher.ts";
import type { DesktopPorts, PanelWindow } from "./desktop-ports.ts";

/** Brings the panel forward and tells it what is wanted in front. Whether there is such a thing is the panel's to know. */
export function createFocus(publisher: Pick<Publisher, "state" | "publish">, window: Pick<PanelWindow, "show">): DesktopPorts["focus"] {
  return (target: Focus["target"]) => {
    const number = (publisher.state().focus?.number ?? 0) + 1;
    publisher.publish({ kind: "focus", focus: { target, number } });
    window.show();
  };
}
