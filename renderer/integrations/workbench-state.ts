import type { Fault } from "../../shared/fault.ts";
import type { DefinitionProblem, Registration } from "../../shared/integration.ts";
import type { Draft, IntegrationDetails, TryResult } from "../../shared/integration-view.ts";
import type { SaveState } from "./draft-saver.ts";
import { type MappingState, noMapping } from "./reply-mapper.ts";

/** A run of the definition against its service. `since`: ms since the Unix epoch. */
export type RunState =
  | { readonly kind: "none" }
  | { readonly kind: "running"; readonly since: number }
  | { readonly kind: "done"; readonly result: TryResult; readonly at: number }
  | { readonly kind: "refused"; readonly fault: Fault };

/** Something that was asked for and either worked or did not. */
export type Deed = { readonly kind: "none" } | { readonly kind: "under way" } | { readonly kind: "done" } | { readonly kind: "refused"; readonly fault: Fault };

/** Whether the definition has been read. */
export type Loading = { readonly kind: "loading" } | { readonly kind: "ready" } | { readonly kind: "failed"; readonly fault: Fault };

/** All that is at hand of one integration. It stays while another one is looked at. */
export interface WorkbenchState {
  readonly key: string;
  readonly loading: Loading;
  readonly draft: Draft;
  /** What stands in the text fields where it is JSON or is to be; null where that is just what the draft says. */
  readonly typed: { readonly source: string | null; readonly body: string | null };
  readonly problems: readonly DefinitionProblem[];
  readonly save: SaveState;
  readonly registrations: readonly Registration[];
  readonly fixtures: IntegrationDetails["fixtures"];
  /** What the bot would send, as it is written. */
  readonly payload: string;
  readonly run: RunState;
  readonly mapping: MappingState;
  readonly fixture: Deed;
  readonly register: Deed;
}

const FIRST_PAYLOAD = "{}";

/** A workbench of which nothing is known yet. */
export function emptyWorkbench(key: string, payload: string | null): WorkbenchState {
  return {
    key,
    loading: { kind: "loading" },
    draft: {},
    typed: { source: null, body: null },
    problems: [],
    save: { kind: "saved" },
    registrations: [],
    fixtures: [],
    payload: payload ?? FIRST_PAYLOAD,
    run: { kind: "none" },
    mapping: noMapping,
    fixture: { kind: "none" },
    register: { kind: "none" },
  };
}
