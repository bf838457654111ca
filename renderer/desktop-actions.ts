import type { DesktopPatch } from "../shared/desktop.ts";
import type { Fault } from "../shared/fault.ts";
import type { Result } from "../shared/result.ts";
import type { Bridge } from "./bridge.ts";

/** What a person can do with the program in its own window. Every answer comes back to the caller, who says a refusal where it was asked for. */
export interface DesktopActions {
  readonly change: (patch: DesktopPatch) => Promise<Result<null, Fault>>;
  /** A field records keys from now on, or does no more: global shortcuts let go of theirs meanwhile. */
  readonly record: (recording: boolean) => Promise<Result<null, Fault>>;
  /** Looks for an update now; how it goes on comes as updates of the panel's state. */
  readonly checkUpdate: () => Promise<Result<null, Fault>>;
  /** Installs what is ready: at once, or when the last live interaction has ended. */
  readonly installUpdate: () => Promise<Result<null, Fault>>;
  /** Takes a waiting install back. */
  readonly keepVersion: () => Promise<Result<null, Fault>>;
}

/** Binds the actions to main. */
export function createDesktopActions(give: Bridge["call"]): DesktopActions {
  return {
    change: (patch) => give("desktop.change", patch),
    record: (recording) => give("desktop.record", { recording }),
    checkUpdate: () => give("updates.check", {}),
    installUpdate: () => give("updates.install", {}),
    keepVersion: () => give("updates.later", {}),
  };
}
