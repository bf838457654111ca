import type { Fault } from "../../shared/fault.ts";
import { lockAt } from "../../shared/lock-at.ts";
import type { ConfigSource } from "../config/config-source.ts";
import { openConfig } from "../config/config-source.ts";
import { supervisorWords } from "../host/supervisor-words.ts";
import type { CommandContext, ExitCode } from "./command.ts";
import { exitCodeOf } from "./fault-exit.ts";
import { faultMessage } from "./fault-message.ts";
import type { Output } from "./output.ts";

/**
 * Refuses `what` with the panel's words where IT has set role agent for this machine, and gives what the command ends
 * with; null: it may be done. A role that is not IT's is the person's own choice, and so is the command line beside it.
 */
export function refuseAgent(output: Pick<Output, "error">, config: Pick<ConfigSource, "current" | "locks">, what: keyof typeof supervisorWords): ExitCode | null {
  const isSet = lockAt(config.locks(), "panel.role")?.by === "machine";
  if (!isSet || config.current().panel.role !== "agent") return null;
  const fault: Fault = { kind: "policy", code: "not-allowed", detail: supervisorWords[what] };
  output.error(faultMessage(fault));
  return exitCodeOf(fault);
}

/** The same for a command that takes no configuration: the role is IT's, so the person's file has no say in it. */
export async function refuseAgentHere({ output, folders, cwd, clock, machine }: CommandContext, what: keyof typeof supervisorWords): Promise<ExitCode | null> {
  if (machine === undefined) return null;
  const opened = await openConfig({ file: null, env: {}, flags: [], dataFolder: folders.data, cwd, clock, watch: false, machine });
  if (!opened.ok) return null;
  await using config = opened.value;
  return refuseAgent(output, config, what);
}
