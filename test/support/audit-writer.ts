import { openAudit } from "../../electron/audit/audit-file.ts";
import { systemClock } from "../../electron/net/system-clock.ts";

// A writer in a process of its own, for a test to kill: writes one line to the directory it is given and then stays.
const opened = await openAudit({ directory: process.argv[2] ?? "", clock: systemClock, onTrouble: () => undefined });
if (!opened.ok) throw new Error(opened.error.detail);
opened.value.record("from another process", {});
await opened.value.flush();
process.stdout.write("written\n");
process.stdin.resume();
