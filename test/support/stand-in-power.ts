import type { EventEmitter } from "node:events";
import type { PowerMonitor } from "electron";
import type { FakeList } from "./only-members.ts";

/** The machine's power and its lock, as the system tells of them. */
export interface StandInPower {
  readonly monitor: PowerMonitor;
  /** What the system says when it is asked. */
  idleState: ReturnType<PowerMonitor["getSystemIdleState"]>;
}

export function createStandInPower(list: FakeList, events: EventEmitter): StandInPower {
  const self: StandInPower = {
    monitor: list.fake<PowerMonitor, "on" | "off" | "getSystemIdleState">("PowerMonitor", {
      on: ((event: string, fire: (...args: unknown[]) => void) => events.on(event, fire)) as unknown as PowerMonitor["on"],
      off: ((event: string, fire: (...args: unknown[]) => void) => events.off(event, fire)) as unknown as PowerMonitor["off"],
      getSystemIdleState: () => self.idleState,
    }),
    idleState: "active",
  };
  return self;
}
