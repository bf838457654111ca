import { z } from "zod";
import { bridgedConversationSchema, bridgeViewSchema } from "./bridge-view.ts";
import { connectionNameSchema, connectionStateSchema } from "./connection.ts";
import { desktopViewSchema, focusSchema } from "./desktop.ts";
import { gapsSchema } from "./gaps.ts";
import { integrationsViewSchema } from "./integration-view.ts";
import { healthViewSchema } from "./health.ts";
import { idSchema, interactionSchema, utteranceSchema } from "./interaction.ts";
import { noticeSchema } from "./notice.ts";
import { practiceViewSchema } from "./practice.ts";
import { setupViewSchema } from "./setup.ts";
import { settingsSchema } from "./settings.ts";
import { caseRowSchema, simulationsViewSchema } from "./simulation-view.ts";
import { suggestionSetSchema, triggerSchema } from "./suggestion.ts";
import { tunnelViewSchema } from "./tunnel.ts";

/**
 * What became of one card. `waiting`: held back by the attention budget or quiet mode, behind a count.
 * `dismissed` can be undone by `shown`.
 */
export const cardStateSchema = z.strictObject({
  visibility: z.enum(["shown", "waiting", "dismissed"]),
  pinned: z.boolean(),
  feedback: z.enum(["helpful", "not helpful"]).nullable(),
  copied: z.boolean(),
  /** Has really been on screen; told to the history once, however often the page is loaded again. */
  displayed: z.boolean(),
});

const cardPatchSchema = z.strictObject({
  visibility: cardStateSchema.shape.visibility.exactOptional(),
  pinned: cardStateSchema.shape.pinned.exactOptional(),
  feedback: cardStateSchema.shape.feedback.exactOptional(),
  copied: cardStateSchema.shape.copied.exactOptional(),
  displayed: cardStateSchema.shape.displayed.exactOptional(),
});

/** The one kind of push: a change of the panel's state, applied by `applyUpdates` on both sides. */
export const panelUpdateSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("settings"), settings: settingsSchema }),
  z.strictObject({
    kind: z.literal("connection"),
    name: connectionNameSchema,
    state: connectionStateSchema,
    lastHeardAt: z.number().nullable(),
    gaps: gapsSchema.exactOptional(),
  }),
  z.strictObject({ kind: z.literal("tunnel"), tunnel: tunnelViewSchema.nullable() }),
  /** The supervisor's simulations; null where they are off. */
  z.strictObject({ kind: z.literal("simulations"), view: simulationsViewSchema.nullable() }),
  /** The whole table anew, in the suite's order. */
  z.strictObject({ kind: z.literal("simulation-rows"), rows: z.array(caseRowSchema).readonly() }),
  /** Lines that changed, by their place in the table. */
  z.strictObject({ kind: z.literal("simulation-row-changes"), changes: z.array(z.strictObject({ index: z.number().int().nonnegative(), row: caseRowSchema })).readonly() }),
  /** The bridge as a whole; null where it is off. */
  z.strictObject({ kind: z.literal("bridge"), view: bridgeViewSchema.nullable() }),
  /** What an interaction has beside its transcript where it is bridged. */
  z.strictObject({ kind: z.literal("bridged"), interactionId: idSchema, conversation: bridgedConversationSchema }),
  /** The supervisor's integrations; null where they are off. */
  z.strictObject({ kind: z.literal("integrations"), view: integrationsViewSchema.nullable() }),
  /** The program in its own window; null in a browser. */
  z.strictObject({ kind: z.literal("desktop"), view: desktopViewSchema.nullable() }),
  z.strictObject({ kind: z.literal("health"), view: healthViewSchema }),
  /** Null outside of practice. */
  z.strictObject({ kind: z.literal("practice"), view: practiceViewSchema.nullable() }),
  /** The first run; null while it is not shown. */
  z.strictObject({ kind: z.literal("setup"), view: setupViewSchema.nullable() }),
  z.strictObject({ kind: z.literal("focus"), focus: focusSchema }),
  /** When the cards of the last minute came, ms since the Unix epoch, oldest first: what of the attention budget is spent. */
  z.strictObject({ kind: z.literal("attention"), releasedAt: z.array(z.number()).readonly() }),
  z.strictObject({ kind: z.literal("notice"), notice: noticeSchema }),
  z.strictObject({ kind: z.literal("notice-cleared"), id: z.string() }),
  z.strictObject({ kind: z.literal("interaction"), interaction: interactionSchema }),
  z.strictObject({ kind: z.literal("interaction-closed"), interactionId: idSchema }),
  z.strictObject({ kind: z.literal("utterance"), interactionId: idSchema, utterance: utteranceSchema }),
  z.strictObject({
    kind: z.literal("pending"),
    interactionId: idSchema,
    pending: z.strictObject({ setId: idSchema, trigger: triggerSchema, since: z.number() }).nullable(),
  }),
  z.strictObject({
    kind: z.literal("set"),
    set: suggestionSetSchema,
    cards: z.record(idSchema, cardStateSchema),
    /** What the tunnel measured last when the set was shown, in ms; null where it is off or has not measured yet. */
    tunnelMs: z.number().nonnegative().nullable(),
  }),
  z.strictObject({ kind: z.literal("card"), interactionId: idSchema, suggestionId: idSchema, patch: cardPatchSchema }),
]);

export type CardState = z.infer<typeof cardStateSchema>;
export type CardPatch = z.infer<typeof cardPatchSchema>;
export type PanelUpdate = z.infer<typeof panelUpdateSchema>;
