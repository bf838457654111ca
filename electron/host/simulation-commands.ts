import type { Fault } from "../../shared/fault.ts";
import type { CommandOutput } from "../../shared/panel.ts";
import type { Result } from "../../shared/result.ts";
import type { CaseDetails, ExportFormat } from "../../shared/simulation-view.ts";

/** What the supervisor's view can ask for (shared/panel.ts), behind the schema and the role. */
export interface SimulationCommands {
  /** Takes one part of a suite file; the parts of another name or out of order begin anew or are refused. */
  load(part: { readonly name: string; readonly part: number; readonly parts: number; readonly text: string }): Promise<Result<null, Fault>>;
  example(): Promise<Result<null, Fault>>;
  /** Resolves when the batch has begun or could not begin; how it goes comes as updates. */
  run(which: "all" | "failed" | "resume", repeat: number): Promise<Result<null, Fault>>;
  cancel(): Promise<Result<null, Fault>>;
  details(testId: string): Promise<Result<CaseDetails, Fault>>;
  pin(pinned: boolean): Promise<Result<null, Fault>>;
  export(format: ExportFormat): Promise<Result<CommandOutput<"simulations.export">, Fault>>;
}
