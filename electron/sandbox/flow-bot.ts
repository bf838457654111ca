import { createEntityFinder } from "./entity-finder.ts";
import { walkFlows, type FlowTurn } from "./flow-runner.ts";
import { createIntentFinder } from "./intent-finder.ts";
import { shopEntities } from "./shop/entities.ts";
import type { EntityValue } from "./shop/entity.ts";
import { shopFlows } from "./shop/flows.ts";
import { FALLBACK_BELOW, fallbackIntent, shopIntents } from "./shop/intents.ts";

/** One turn as the platform reports it (contract 5.4). Intent and entities stand in the turn that understood them. */
export interface BotTurn extends FlowTurn {
  readonly turnIndex: number;
  readonly intent?: string;
  /** The bot's certainty of the intent, 0 to 1. */
  readonly intentScore?: number;
  readonly entities?: Readonly<Record<string, EntityValue>>;
}

/** A conversation to its end. `failed`: a flow broke. `thinksMs`: what it takes longer than others. */
export interface Conversation {
  readonly status: "completed" | "failed";
  readonly turns: readonly BotTurn[];
  readonly thinksMs: number;
}

/** What somebody says to the bot. */
export interface Utterance {
  readonly text: string;
  readonly context: Readonly<Record<string, unknown>>;
  /** Takes the second best intent for the best, as a bot in doubt may do. */
  readonly mistaken: boolean;
}

/** The bot that simulations run against. It knows what was said and the session, nothing of tests. */
export interface FlowBot {
  readonly entities: readonly { readonly name: string; readonly type: "pattern" | "list" }[];
  converse(utterance: Utterance): Conversation;
}

/** Builds the bot of the practice shop. */
export function createFlowBot(): FlowBot {
  const flows = new Map(shopFlows.map((flow) => [flow.id, flow]));
  const entityFinder = createEntityFinder(shopEntities);
  const intentFinder = createIntentFinder({
    intents: shopIntents,
    entities: shopEntities,
    prepare: (text) => entityFinder.find(text).rest,
    enough: FALLBACK_BELOW,
  });

  return {
    entities: shopEntities.map(({ name, kind }) => ({ name, type: kind })),
    converse({ text, context, mistaken }) {
      const { values: entities } = entityFinder.find(text);
      const ranked = intentFinder.rank(text);
      const meant = ranked[mistaken ? 1 : 0];
      const understood = meant !== undefined && (mistaken || meant.score >= FALLBACK_BELOW);
      const { id: intent, flow } = understood ? meant.intent : fallbackIntent;
      const walk = walkFlows(flows, flow, { entities, context });
      // A greeting is returned before the matter that came with it.
      const greeting = ranked.find((one) => one.intent.flow === "flow_greeting");
      const greeted = understood && !meant.intent.smallTalk && greeting !== undefined;
      const before = greeted ? walkFlows(flows, greeting.intent.flow, { entities, context }).turns : [];
      const heard = { intent, intentScore: Math.round((meant?.score ?? 0) * 100) / 100, entities };
      const said = walk.turns.map((turn, at) => (at === 0 ? { ...turn, ...heard } : turn));
      return {
        status: walk.broken ? "failed" : "completed",
        turns: [...before, ...said].map((turn, turnIndex) => ({ turnIndex, ...turn })),
        thinksMs: walk.thinksMs,
      };
    },
  };
}
