import { faultTable, isFaultName, parseFault } from "../sandbox/faults.ts";
import type { Sandbox } from "../sandbox/sandbox.ts";

/**
 * What a person types while the sandbox runs: `fault NAME=VALUE`, `fault NAME=off`, `faults`, `say TEXT` (in a call), `chat TEXT` (as a
 * customer in a chat).
 * Does it, and gives the answer; null for an empty line.
 */
export function answerSandboxLine(line: string, sandbox: Pick<Sandbox, "setFault" | "faults" | "say" | "chat">): string | null {
  const [, word = "", rest = ""] = /^\s*(\S*)\s*(.*?)\s*$/.exec(line) ?? [];
  switch (word) {
    case "":
      return null;
    case "fault":
      return answerFault(rest, sandbox);
    case "faults":
      return Object.entries(faultTable)
        .map(([name, row]) => `${name}=${sandbox.faults()[name] ?? "off"}  ${row.does} (${row.allowed})`)
        .join("\n");
    case "say":
      if (rest === "") return "say: found nothing to say; allowed: say TEXT";
      return `said in ${sandbox.say({ text: rest }).interactionId}`;
    case "chat":
      if (rest === "") return "chat: found nothing to write; allowed: chat TEXT";
      return `written in ${sandbox.chat({ text: rest }).conversationId}`;
    default:
      return `found ${JSON.stringify(word.slice(0, 40))}; allowed: fault NAME=VALUE, fault NAME=off, faults, say TEXT, chat TEXT`;
  }
}

function answerFault(text: string, sandbox: Pick<Sandbox, "setFault">): string {
  const cleared = /^(\S+?)\s*=\s*off$/.exec(text)?.[1];
  if (cleared !== undefined && isFaultName(cleared)) {
    sandbox.setFault(cleared, null);
    return `${cleared} is off`;
  }
  const fault = parseFault(text);
  if (!fault.ok) return fault.error;
  const set = sandbox.setFault(fault.value.name, fault.value.value);
  return set.ok ? `${fault.value.name} is ${fault.value.value}` : set.error;
}
