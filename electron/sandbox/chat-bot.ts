import { chatEntities, chatFlows } from "./shop/chat-flows.ts";
import { chatIntents } from "./shop/chat-intents.ts";
import { createEntityFinder } from "./entity-finder.ts";
import { walkFlows } from "./flow-runner.ts";
import { createIntentFinder } from "./intent-finder.ts";
import { shopEntities } from "./shop/entities.ts";
import type { EntityValue } from "./shop/entity.ts";
import { shopFlows } from "./shop/flows.ts";
import { FALLBACK_BELOW, fallbackIntent } from "./shop/intents.ts";

/** A bot that chats: it remembers what each user has told it, and what it asked. */
export interface ChatBot {
  /** The next turn of the user's dialogue. `thinksMs` is what it takes. The same dialogues come to the same answers. */
  answer(userId: string, text: string): { readonly text: string; readonly thinksMs: number };
}

/** What is known of a dialogue, and the flow that it is in. */
interface Dialogue {
  readonly entities: Readonly<Record<string, EntityValue>>;
  readonly flow: string | null;
}

const MAX_DIALOGUES = 10_000;
/** No text is read further than this for what it means. */
const MAX_READ = 2_000;
const OUT_OF_ORDER = "I am sorry, that does not work at the moment. Can I help you with something else?";

/** Builds the bot of the practice chats, over the shop's flows and some of its own. */
export function createChatBot(): ChatBot {
  const entities = [...chatEntities, ...shopEntities];
  const flows = new Map([...shopFlows, ...chatFlows].map((flow) => [flow.id, flow]));
  const entityFinder = createEntityFinder(entities);
  const intentFinder = createIntentFinder({
    intents: chatIntents,
    entities,
    prepare: (text) => entityFinder.find(text).rest,
    enough: FALLBACK_BELOW,
  });
  const dialogues = new Map<string, Dialogue>();

  /** Whether something that the dialogue's flow asks for has just been told for the first time. */
  const answersQuestion = ({ flow, entities }: Dialogue, said: Readonly<Record<string, EntityValue>>): boolean =>
    flow !== null &&
    (flows.get(flow)?.steps ?? []).some((step) => step.kind === "ask" && Object.hasOwn(said, step.entity) && !Object.hasOwn(entities, step.entity));

  const chooseFlow = (before: Dialogue, said: Readonly<Record<string, EntityValue>>, text: string): string => {
    const meant = intentFinder.rank(text)[0];
    const understood = meant !== undefined && meant.score >= FALLBACK_BELOW;
    if (before.flow !== null && answersQuestion(before, said)) return before.flow;
    if (understood) return meant.intent.flow;
    return before.flow !== null && Object.keys(said).length > 0 ? before.flow : fallbackIntent.flow;
  };

  return {
    answer(userId, text) {
      const heard = text.slice(0, MAX_READ);
      const before = dialogues.get(userId) ?? { entities: {}, flow: null };
      const said = entityFinder.find(heard).values;
      const known = { ...before.entities, ...said };
      const flow = chooseFlow(before, said, heard);
      const walk = walkFlows(flows, flow, { entities: known, context: {} });
      // Moved to the end, so that the oldest dialogue is the one that rested longest.
      dialogues.delete(userId);
      dialogues.set(userId, { entities: known, flow: walk.broken ? null : (walk.turns.at(-1)?.flowId ?? null) });
      const oldest = dialogues.keys().next();
      if (dialogues.size > MAX_DIALOGUES && oldest.done !== true) dialogues.delete(oldest.value);
      const outputs = walk.turns.flatMap((turn) => (turn.output === undefined ? [] : [turn.output]));
      const failed = walk.turns.some((turn) => turn.errorCode !== undefined);
      return { text: [...outputs, ...(failed ? [OUT_OF_ORDER] : [])].join(" "), thinksMs: walk.thinksMs };
    },
  };
}
