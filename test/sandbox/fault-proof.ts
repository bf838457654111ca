import type { runtimeFaultTable } from "../../electron/sandbox/runtime-fault-rows.ts";
import type { Sandbox } from "../../electron/sandbox/sandbox.ts";
import type { FakeClock } from "../support/fake-clock.ts";

export type RuntimeFaultName = keyof typeof runtimeFaultTable;

/** Sets the fault and expects what its row says. Around it, everything is as it should be. */
export type FaultProof = (sandbox: Sandbox, clock: FakeClock) => Promise<void>;
export type FaultProofs = Readonly<Partial<Record<RuntimeFaultName, FaultProof>>>;
