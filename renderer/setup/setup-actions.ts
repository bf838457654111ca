import type { Fault } from "../../shared/fault.ts";
import type { CommandInput } from "../../shared/panel.ts";
import type { Result } from "../../shared/result.ts";
import type { SetupForm } from "../../shared/setup.ts";
import type { SetupSystemName } from "../../shared/setup-fields.ts";
import type { Bridge } from "../bridge.ts";

/** What a person can do in the first run. Every answer comes back to the caller, who says a refusal where it was asked for. */
export interface SetupActions {
  readonly show: (step: CommandInput<"setup.show">["step"]) => Promise<Result<null, Fault>>;
  readonly enter: (form: SetupForm) => Promise<Result<null, Fault>>;
  readonly secret: (secret: CommandInput<"setup.secret">) => Promise<Result<null, Fault>>;
  readonly tryNow: (system: SetupSystemName) => Promise<Result<null, Fault>>;
  readonly save: (system: SetupSystemName) => Promise<Result<null, Fault>>;
  readonly undo: (system: SetupSystemName) => Promise<Result<null, Fault>>;
  readonly leave: (to: CommandInput<"setup.leave">["to"]) => Promise<Result<null, Fault>>;
}

/** Binds the actions to main. */
export function createSetupActions(give: Bridge["call"]): SetupActions {
  return {
    show: (step) => give("setup.show", { step }),
    enter: (form) => give("setup.enter", form),
    secret: (secret) => give("setup.secret", secret),
    tryNow: (system) => give("setup.try", { system }),
    save: (system) => give("setup.save", { system }),
    undo: (system) => give("setup.undo", { system }),
    leave: (to) => give("setup.leave", { to }),
  };
}
