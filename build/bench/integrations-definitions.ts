import { checkDefinition } from "../../electron/integrations/definition.ts";
import { median, type Figure } from "./figure.ts";
import { orderDraft } from "./integrations-run.ts";

const DEFINITIONS = 2_000;
const ROUNDS = 25;
/** Until the compiler has nothing more to gain. */
const WARM_ROUNDS = 5;

/** How many sound definitions are checked in a second, as the form does it with every change. Each differs from the others. */
export function measureDefinitions(): readonly Figure[] {
  const drafts = Array.from({ length: DEFINITIONS }, (_, index) => {
    const draft = orderDraft(`https://orders.example/v1/orders/search/${index}`);
    return { ...draft, config: { ...draft.config, response_mapping: { extract: `data.result[${index}]`, normalize: "map_keys" } } };
  });
  const paces = Array.from({ length: WARM_ROUNDS + ROUNDS }, () => paceOf(drafts));
  return [{ name: "definitions checked", value: median(paces.slice(WARM_ROUNDS)), unit: "a second" }];
}

function paceOf(drafts: readonly unknown[]): number {
  const startedMs = performance.now();
  for (const draft of drafts) {
    const { problems } = checkDefinition(draft);
    if (problems.length > 0) throw new Error(`a sound definition was refused: ${JSON.stringify(problems)}`);
  }
  return (drafts.length * 1_000) / (performance.now() - startedMs);
}
