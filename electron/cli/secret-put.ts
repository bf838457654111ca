import { setupSecretNames } from "../../shared/setup-fields.ts";
import type { Command } from "./command.ts";
import { exitCodes } from "./command.ts";
import { exitCodeOf } from "./fault-exit.ts";
import { refuseAgentHere } from "./role-refusal.ts";
import { readSecretValue } from "./secret-input.ts";
import { readSecretName } from "./secret-name.ts";
import { whyNotKept, type OpenSecretVault } from "./secret-vault.ts";

const firstRunNames: ReadonlySet<string> = new Set(setupSecretNames);

/** `secret put NAME`: event `stored {name}`; exit code 2 where no key store can be used or the value cannot be kept. */
export function secretPut(open: OpenSecretVault): Command {
  return {
    usage: "NAME",
    maxPositionals: 1,
    options: {},
    async run(context) {
      const { args, output, env } = context;
      const name = readSecretName(args, "put");
      if (!name.ok) {
        output.error(name.error);
        return exitCodes.notTried;
      }
      // What the first run asks everybody for is not the supervisor's alone.
      const refused = firstRunNames.has(name.value) ? null : await refuseAgentHere(context, "integrations");
      if (refused !== null) return refused;
      const vault = await open(context);
      const why = whyNotKept(vault, name.value);
      if (why !== null) {
        output.error(`secret put: ${why}`);
        return exitCodes.notTried;
      }
      const value = await readSecretValue(context, name.value);
      if (!value.ok) {
        output.error(`secret put: ${value.error}`);
        return exitCodes.notTried;
      }
      const stored = await vault.put(name.value, value.value);
      if (!stored.ok) {
        output.error(`secret put: ${stored.error.detail}`);
        return exitCodeOf(stored.error);
      }
      output.event("stored", { name: name.value }, `${name.value} is stored in the key store of this system`);
      if ((env[name.value] ?? "") !== "") output.note(`The environment has a variable ${name.value} too, which comes before what is stored.`);
      return exitCodes.done;
    },
  };
}
