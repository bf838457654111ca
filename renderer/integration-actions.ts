import type { Fault } from "../shared/fault.ts";
import type { JsonValue, Registration } from "../shared/integration.ts";
import type { Draft, ImportResult, IntegrationDetails, MapInput, Mapped, TryResult } from "../shared/integration-view.ts";
import type { CommandOutput } from "../shared/panel.ts";
import type { Result } from "../shared/result.ts";
import type { Bridge } from "./bridge.ts";

/** What a supervisor can do with integrations. Every answer comes back to the caller, who says a refusal where it was asked for. */
export interface IntegrationActions {
  /** The definition that comes with the program; only in practice. */
  readonly example: () => Promise<Result<CommandOutput<"integrations.example">, Fault>>;
  readonly open: (key: string) => Promise<Result<IntegrationDetails, Fault>>;
  readonly check: (draft: Draft) => Promise<Result<CommandOutput<"integrations.check">, Fault>>;
  /** `operation`: one of those that an OpenAPI document was found to have, or null. */
  readonly import: (text: string, operation: string | null) => Promise<Result<ImportResult, Fault>>;
  /** Without a key as a new one; gives the key. */
  readonly save: (key: string | null, draft: Draft) => Promise<Result<string, Fault>>;
  readonly delete: (key: string) => Promise<Result<null, Fault>>;
  readonly try: (draft: Draft, payload: JsonValue) => Promise<Result<TryResult, Fault>>;
  readonly map: (input: MapInput) => Promise<Result<Mapped, Fault>>;
  readonly keepFixture: (key: string, name: string, tryId: string) => Promise<Result<null, Fault>>;
  readonly dropFixture: (key: string, name: string) => Promise<Result<null, Fault>>;
  readonly register: (key: string) => Promise<Result<Registration, Fault>>;
  readonly putSecret: (name: string, value: string) => Promise<Result<null, Fault>>;
  readonly deleteSecret: (name: string) => Promise<Result<null, Fault>>;
  readonly testSecret: (name: string) => Promise<Result<CommandOutput<"secrets.test">, Fault>>;
}

/** Binds the actions to main. In a file of its own that only the view of integrations asks for. */
export function createIntegrationActions(give: Bridge["call"]): IntegrationActions {
  return {
    example: () => give("integrations.example", {}),
    open: (key) => give("integrations.open", { key }),
    check: (draft) => give("integrations.check", { draft }),
    import: (text, operation) => give("integrations.import", { text, ...(operation === null ? {} : { operation }) }),
    async save(key, draft) {
      const answer = await give("integrations.save", { key, draft });
      return answer.ok ? { ok: true, value: answer.value.key } : answer;
    },
    delete: (key) => give("integrations.delete", { key }),
    try: (draft, payload) => give("integrations.try", { draft, payload }),
    map: (input) => give("integrations.map", input),
    keepFixture: (key, name, tryId) => give("integrations.keep-fixture", { key, name, tryId }),
    dropFixture: (key, name) => give("integrations.drop-fixture", { key, name }),
    register: (key) => give("integrations.register", { key }),
    putSecret: (name, value) => give("secrets.put", { name, value }),
    deleteSecret: (name) => give("secrets.delete", { name }),
    testSecret: (name) => give("secrets.test", { name }),
  };
}
