import type { Command } from "./command.ts";
import { exitCodes } from "./command.ts";
import { refuseAgentHere } from "./role-refusal.ts";
import { readSecretName } from "./secret-name.ts";
import { whyNotKept, type OpenSecretVault } from "./secret-vault.ts";

/** `secret delete NAME`: event `deleted {name}`; exit code 1 where nothing is kept under it, 2 where no key store can be used. */
export function secretDelete(open: OpenSecretVault): Command {
  return {
    usage: "NAME",
    maxPositionals: 1,
    options: {},
    async run(context) {
      const { args, output } = context;
      const name = readSecretName(args, "delete");
      if (!name.ok) {
        output.error(name.error);
        return exitCodes.notTried;
      }
      const refused = await refuseAgentHere(context, "integrations");
      if (refused !== null) return refused;
      const vault = await open(context);
      const why = whyNotKept(vault, null);
      if (why !== null) {
        output.error(`secret delete: ${why}`);
        return exitCodes.notTried;
      }
      const deleted = await vault.delete(name.value);
      if (deleted.ok) {
        output.event("deleted", { name: name.value }, `${name.value} is deleted`);
        return exitCodes.done;
      }
      const isMissing = deleted.error.code === "not-found-here";
      output.error(`secret delete: ${isMissing ? `no secret ${name.value} is stored here` : deleted.error.detail}`);
      return isMissing || deleted.error.code === "not-allowed" ? exitCodes.no : exitCodes.notTried;
    },
  };
}
