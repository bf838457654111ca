// Apart from the schemas, because the panel's page has these and not zod.

/** What a check is about. */
export const healthSubjects = ["program", "configuration", "storage", "assist", "tunnel", "bridge", "integrations", "simulations"] as const;

/**
 * The checks, in the order in which they are run within a subject: each stands on the one before.
 * program: `version`, `clock` (this machine's against the platform's). configuration: `file`, `policy` (what IT has set, where it has). storage: `data-folder`,
 * `history`, `audit`, `secrets`. A platform: `name` (its address is found), `reach` (its port answers), `certificate`,
 * `token` (the credentials are accepted, with the scopes that are needed), `answer` (somebody answers at its API), `connection` (what stands now: open, how long
 * silent, latency).
 */
export const healthChecks = ["version", "clock", "file", "policy", "data-folder", "history", "audit", "secrets", "name", "reach", "certificate", "token", "answer", "connection"] as const;

/** A page that nothing has been run for. */
export const emptyHealth = { state: "never", since: null, lines: [] } as const;
