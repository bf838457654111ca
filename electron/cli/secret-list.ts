import type { Command } from "./command.ts";
import { exitCodes } from "./command.ts";
import { whyNotKept, type OpenSecretVault } from "./secret-vault.ts";

/** `secret list`: event `secrets {secrets[{name, source, shadowed}]}`; exit code 2 where no key store can be used. */
export function secretList(open: OpenSecretVault): Command {
  return {
    usage: "",
    maxPositionals: 0,
    options: {},
    async run(context) {
      const { output } = context;
      const vault = await open(context);
      const rows = await vault.rows();
      const why = whyNotKept(vault, null) ?? vault.why();
      if (why !== null) {
        output.error(`secret list: ${why}`);
        return exitCodes.notTried;
      }
      const lines = rows.map(({ name, shadowed }) => (shadowed ? `${name}  (the environment gives another, which comes first)` : name));
      output.event("secrets", { secrets: rows }, lines.length === 0 ? "No secret is stored" : lines.join("\n"));
      return exitCodes.done;
    },
  };
}
