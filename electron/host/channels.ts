/** The panel calls a command: name and input; answered with a `Reply`. */
export const CALL_CHANNEL = "callside.call";

/** Main tells the panel an `UpdatesPush`. */
export const UPDATES_CHANNEL = "callside.updates";
