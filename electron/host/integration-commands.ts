import type { Fault } from "../../shared/fault.ts";
import type { Registration } from "../../shared/integration.ts";
import type { Draft, ImportResult, IntegrationDetails, MapInput, Mapped, TryResult } from "../../shared/integration-view.ts";
import type { CommandInput, CommandOutput } from "../../shared/panel.ts";
import type { Result } from "../../shared/result.ts";

/**
 * What the supervisor's view of integrations can ask for (shared/panel.ts), behind the schema and the role. Faults:
 * `not-found-here` (no such key, fixture or try), `invalid-input`, `disk`, and those of the platform.
 */
export interface IntegrationCommands {
  example(): Promise<Result<CommandOutput<"integrations.example">, Fault>>;
  open(key: string): Promise<Result<IntegrationDetails, Fault>>;
  check(draft: Draft): CommandOutput<"integrations.check">;
  import(text: string, operation: string | null): ImportResult;
  /** Gives the key. */
  save(key: string | null, draft: Draft): Promise<Result<string, Fault>>;
  delete(key: string): Promise<Result<null, Fault>>;
  try(draft: Draft, payload: CommandInput<"integrations.try">["payload"]): Promise<Result<TryResult, Fault>>;
  map(input: MapInput): Promise<Result<Mapped, Fault>>;
  keepFixture(key: string, name: string, tryId: string): Promise<Result<null, Fault>>;
  dropFixture(key: string, name: string): Promise<Result<null, Fault>>;
  register(key: string): Promise<Result<Registration, Fault>>;
  readonly secrets: {
    put(name: string, value: string): Promise<Result<null, Fault>>;
    delete(name: string): Promise<Result<null, Fault>>;
    /** A fault where the key store cannot be asked. */
    test(name: string): Promise<Result<CommandOutput<"secrets.test">, Fault>>;
  };
}
