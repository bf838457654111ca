import type { PracticeStart } from "../../shared/practice.ts";
import type { FaultName } from "../sandbox/faults.ts";
import type { Sandbox } from "../sandbox/sandbox.ts";

type Faulty = Pick<Sandbox, "setFault">;

/** What an agent meets, in the words of the platform's faults. A slow answer comes after the fallback; what fails is not always mended by asking again; a lost line comes again with the next connection. */
const faults: Readonly<Record<PracticeStart["fault"], readonly (readonly [name: FaultName, value: string])[]>> = {
  none: [],
  slow: [["latency", "3000"]],
  failing: [["500", "0.85"]],
  dropping: [
    ["drop", "0.12"],
    ["replay", "8"],
  ],
};

/** Sets what the platform is to suffer from, and nothing else of practice's own. */
export function setFault(sandbox: Faulty, fault: PracticeStart["fault"]): void {
  clearFaults(sandbox);
  for (const [name, value] of faults[fault]) {
    const set = sandbox.setFault(name, value);
    if (!set.ok) throw new Error(`practice sets a fault that the sandbox does not take: ${set.error}`);
  }
}

/** Ends every fault that practice sets. */
export function clearFaults(sandbox: Faulty): void {
  for (const [name] of Object.values(faults).flat()) sandbox.setFault(name, null);
}

/** As `clearFaults`, but what was lost with the connection, the end of the call perhaps, still comes with the next one. */
export function easeFaults(sandbox: Faulty): void {
  for (const [name] of Object.values(faults).flat()) if (name !== "replay") sandbox.setFault(name, null);
}
