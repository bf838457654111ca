import { setupSystems, type SetupSystemName } from "../../shared/setup-fields.ts";

/** Where a person stands: at a system, or at what has come of it all. */
export type SetupPlace = SetupSystemName | "done";

export const setupPlaces: readonly SetupPlace[] = [...setupSystems, "done"];
