import { memoryConfigFile } from "../../electron/config/config-file.ts";
import type { MachinePort } from "../../electron/config/machine-reading.ts";

/** A machine on which IT has set this: the settings, or the whole text of a policy. */
export function machineWith(policy: object | string): MachinePort {
  const text = typeof policy === "string" ? policy : JSON.stringify({ version: 1, settings: policy, reason: "Ask IT" });
  return { kept: memoryConfigFile(), read: async () => [{ kind: "text", origin: "/etc/callside/policy.json", text }] };
}
