import { z } from "zod";
import { answererSchema } from "./bridge.ts";
import { bridgeTextSchema, MAX_DEAD_LETTERS } from "./bridge-view.ts";
import type { CommandName } from "./command-names.ts";
import { connectionNameSchema } from "./connection.ts";
import { desktopPatchSchema } from "./desktop.ts";
import { faultSchema } from "./fault.ts";
import { definitionProblemSchema, registrationSchema, secretNameSchema } from "./integration.ts";
import { draftSchema, importResultSchema, integrationDetailsSchema, mapInputSchema, mappedSchema, secretInputSchema, secretSourceSchema, tryResultSchema } from "./integration-view.ts";
import { forgetOutcomeSchema, historyFacetsSchema, historyPageSchema, historySearchSchema, interactionRecordSchema } from "./history.ts";
import { idSchema } from "./interaction.ts";
import type { PanelState } from "./panel-state.ts";
import type { PanelUpdate } from "./panel-update.ts";
import { overviewQuerySchema, overviewSchema } from "./overview.ts";
import { practiceMomentSchema, practiceStartSchema } from "./practice.ts";
import { setupFormSchema, setupSecretSchema } from "./setup.ts";
import { setupSystems } from "./setup-fields.ts";
import { settingsPatchSchema } from "./settings.ts";
import { caseDetailsSchema, exportFormatSchema } from "./simulation-view.ts";
import { dispositionSchema } from "./suggestion.ts";
import { rehearsalSchema, rehearsedSchema, ruleDraftSchema } from "./workshop.ts";

const nothing = z.null();
const key = z.string().min(1).max(200);
const fixtureName = z.string().trim().min(1).max(100);
const card = { interactionId: idSchema, suggestionId: idSchema };

/**
 * The table of commands: name, what goes in, what comes back. Both hosts carry this table; input is checked by its
 * schema in main, whoever sends it. To add a command: its name in `command-names.ts`, its row here, its handler in
 * `electron/host/commands.ts`.
 */
export const commandTable = {
  /** The whole state and the number of the last update that is in it. */
  "panel.snapshot": { input: z.strictObject({}), output: z.custom<Snapshot>() },
  /** Takes an ended interaction off the panel. */
  "interaction.close": { input: z.strictObject({ interactionId: idSchema }), output: nothing },
  /**
   * What the agent did with a card. `displayed` is told once, when the card is really on screen.
   * `undone` takes a dismissal or a judgement back.
   */
  "suggestion.record": {
    input: z.strictObject({ ...card, disposition: dispositionSchema, undone: z.boolean().default(false) }),
    output: nothing,
  },
  "suggestion.pin": { input: z.strictObject({ ...card, pinned: z.boolean() }), output: nothing },
  /** Shows the cards that wait behind the count, outside the attention budget: the agent asked for them. */
  "suggestions.reveal": { input: z.strictObject({ interactionId: idSchema }), output: nothing },
  /** "Retry now": a new attempt at once, whatever the timer or the socket says. */
  "connection.retry": { input: z.strictObject({ name: connectionNameSchema }), output: nothing },
  /**
   * A suite file as the person chose it, in parts of at most 100,000 characters, in order; the last one makes it be
   * read. What is wrong with it comes as an update.
   */
  "simulations.load": {
    input: z.strictObject({
      name: z.string().min(1).max(500),
      part: z.number().int().nonnegative(),
      parts: z.number().int().min(1).max(1_000),
      text: z.string().max(100_000),
    }),
    output: nothing,
  },
  /** The suite that comes with the program. */
  "simulations.example": { input: z.strictObject({}), output: nothing },
  /** `failed`: only what did not pass in the batch that is shown. `resume`: what an interrupted batch has left. */
  "simulations.run": { input: z.strictObject({ which: z.enum(["all", "failed", "resume"]), repeat: z.number().int().min(1).max(10).default(1) }), output: nothing },
  "simulations.cancel": { input: z.strictObject({}), output: nothing },
  "simulations.case": { input: z.strictObject({ testId: z.string().min(1).max(300) }), output: caseDetailsSchema },
  /** Makes the batch that is shown the baseline of its suite, or takes the baseline away. */
  "simulations.pin": { input: z.strictObject({ pinned: z.boolean() }), output: nothing },
  /** Writes the batch that is shown into the person's folder of reports; gives the file's whole path. */
  "simulations.export": { input: z.strictObject({ format: exportFormatSchema }), output: z.strictObject({ file: z.string() }) },
  /** Take over (`agent`: the bot falls silent in this conversation) or hand back (`bot`). */
  "bridge.answerer": { input: z.strictObject({ interactionId: idSchema, answerer: answererSchema }), output: nothing },
  /**
   * Sends a text into the chat, after the time in which it can be taken back; takes the conversation over where the bot
   * has it. `suggestionId`: the card that it comes from, edited or not.
   */
  "bridge.send": {
    input: z.strictObject({ interactionId: idSchema, text: bridgeTextSchema, suggestionId: idSchema.exactOptional() }),
    output: z.strictObject({ deliveryId: idSchema }),
  },
  /** Takes back what is still held. */
  "bridge.undo": { input: z.strictObject({ deliveryId: idSchema }), output: nothing },
  /** Sends again what surely was not delivered. */
  "bridge.send-again": { input: z.strictObject({ deliveryId: idSchema }), output: nothing },
  /** A person has looked whether an uncertain message arrived: it did, or it is to be sent again. */
  "bridge.settle": { input: z.strictObject({ deliveryId: idSchema, arrived: z.boolean() }), output: nothing },
  /** Works dead letters again, `null`: all of them; gives how many. */
  "bridge.replay": { input: z.strictObject({ ids: z.array(idSchema).min(1).max(MAX_DEAD_LETTERS).nullable() }), output: z.strictObject({ count: z.number().int() }) },
  "bridge.discard": { input: z.strictObject({ ids: z.array(idSchema).min(1).max(MAX_DEAD_LETTERS) }), output: nothing },
  /** The definition that comes with the program (practice only), as a draft; `payload`: what a bot would send to it. */
  "integrations.example": { input: z.strictObject({}), output: z.strictObject({ draft: draftSchema, payload: z.json().exactOptional() }) },
  "integrations.open": { input: z.strictObject({ key }), output: integrationDetailsSchema },
  /** Everything that is wrong with a draft, by field. */
  "integrations.check": { input: z.strictObject({ draft: draftSchema }), output: z.strictObject({ problems: z.array(definitionProblemSchema).readonly() }) },
  /** `operation`: which of an OpenAPI document's operations, by the id that was offered. */
  "integrations.import": { input: z.strictObject({ text: z.string().min(1).max(100_000), operation: z.string().max(500).exactOptional() }), output: importResultSchema },
  /** Keeps a draft, right or wrong; without a key as a new one. */
  "integrations.save": { input: z.strictObject({ key: key.nullable(), draft: draftSchema }), output: z.strictObject({ key }) },
  "integrations.delete": { input: z.strictObject({ key }), output: nothing },
  /** Runs a draft against its service; `payload` is what the bot would send. */
  "integrations.try": { input: z.strictObject({ draft: draftSchema, payload: z.json() }), output: tryResultSchema },
  "integrations.map": { input: mapInputSchema, output: mappedSchema },
  /** Keeps the reply of a try as a fixture of this name. */
  "integrations.keep-fixture": { input: z.strictObject({ key, name: fixtureName, tryId: z.string().min(1).max(100) }), output: nothing },
  "integrations.drop-fixture": { input: z.strictObject({ key, name: fixtureName }), output: nothing },
  /** Registers the definition that is kept under the key. */
  "integrations.register": { input: z.strictObject({ key }), output: registrationSchema },
  "secrets.put": { input: secretInputSchema, output: nothing },
  "secrets.delete": { input: z.strictObject({ name: secretNameSchema }), output: nothing },
  /** Whether a secret of this name can be had now, and from where. */
  "secrets.test": { input: z.strictObject({ name: secretNameSchema }), output: z.strictObject({ source: secretSourceSchema.nullable() }) },
  /** Changes settings and writes them to the configuration file; refused for fields that the role may not edit. */
  "history.facets": { input: z.strictObject({}), output: historyFacetsSchema },
  "history.search": { input: historySearchSchema, output: historyPageSchema },
  "history.open": { input: z.strictObject({ interactionId: idSchema }), output: interactionRecordSchema },
  /** Removes an interaction beyond recovery; refused while it still goes on. */
  "history.forget": { input: z.strictObject({ interactionId: idSchema }), output: nothing },
  /** Removes everything of the customers of this name but what still goes on; `dry` only counts. */
  "history.forget-customer": { input: z.strictObject({ name: z.string().trim().min(1).max(200), dry: z.boolean() }), output: forgetOutcomeSchema },
  "overview.read": { input: overviewQuerySchema, output: overviewSchema },
  /** Writes the overview as CSV into the person's folder of reports; gives the file's whole path. */
  "overview.export": { input: overviewQuerySchema, output: z.strictObject({ file: z.string() }) },
  /** What other rules would have changed on past interactions; nothing is saved. */
  "workshop.rehearse": { input: rehearsalSchema, output: rehearsedSchema },
  /** What was begun in the workshop and not saved. */
  "workshop.draft": { input: z.strictObject({}), output: z.strictObject({ draft: ruleDraftSchema }) },
  "workshop.keep-draft": { input: z.strictObject({ draft: ruleDraftSchema }), output: nothing },
  "practice.start": { input: practiceStartSchema, output: nothing },
  "practice.stop": { input: z.strictObject({}), output: nothing },
  /** Lets calls follow one another by themselves again. */
  "practice.free": { input: z.strictObject({}), output: nothing },
  /** What a score consists of, moment by moment. */
  "practice.moments": { input: z.strictObject({ scoreId: key }), output: z.strictObject({ moments: z.array(practiceMomentSchema).readonly() }) },
  /** Welcome, or the forms. */
  "setup.show": { input: z.strictObject({ step: z.enum(["welcome", "connect"]) }), output: nothing },
  /** What was typed so far; kept at once, so that an interruption loses nothing. */
  "setup.enter": { input: setupFormSchema, output: nothing },
  /** Puts a secret into the vault; what a paste brings along (blanks, line ends, quotes) is taken off. */
  "setup.secret": { input: setupSecretSchema, output: nothing },
  /** Tries a system as it is entered, without saving it. */
  "setup.try": { input: z.strictObject({ system: z.enum(setupSystems) }), output: nothing },
  /** Writes a system into the configuration file; it is in use from then on. */
  "setup.save": { input: z.strictObject({ system: z.enum(setupSystems) }), output: nothing },
  /** Takes the last save of a system back. */
  "setup.undo": { input: z.strictObject({ system: z.enum(setupSystems) }), output: nothing },
  /** To practice, or to the panel with what is saved. */
  "setup.leave": { input: z.strictObject({ to: z.enum(["practice", "panel"]) }), output: nothing },
  "settings.change": { input: settingsPatchSchema, output: nothing },
  /** Changes how the panel lives on the desktop and writes it to the configuration file; refused where the panel is in a browser. */
  "desktop.change": { input: desktopPatchSchema, output: nothing },
  /** A field of the settings records keys: global shortcuts let go of theirs meanwhile, so that it can hear them. */
  "desktop.record": { input: z.strictObject({ recording: z.boolean() }), output: nothing },
  /** Which interaction this panel has in front: a shortcut and a link mean that one. */
  "panel.viewing": { input: z.strictObject({ interactionId: idSchema.nullable() }), output: nothing },
  /** Runs every check of the page "what is wrong"; what they find comes as updates. Asked for again while it runs, it begins anew. */
  "health.check": { input: z.strictObject({}), output: nothing },
  "health.stop": { input: z.strictObject({}), output: nothing },
  /** Writes one redacted file for whoever helps; gives its whole path. */
  "diagnostics.export": { input: z.strictObject({}), output: z.strictObject({ file: z.string() }) },
  "updates.check": { input: z.strictObject({}), output: nothing },
  /** Installs the update that is ready: now, or when the last live interaction has ended. */
  "updates.install": { input: z.strictObject({}), output: nothing },
  /** Takes "install" back while it waits. */
  "updates.later": { input: z.strictObject({}), output: nothing },
  "notice.dismiss": { input: z.strictObject({ id: z.string().min(1).max(200) }), output: nothing },
} as const satisfies Record<CommandName, { readonly input: z.ZodType; readonly output: z.ZodType }>;

/** What the loopback host's socket carries from the panel. Electron's IPC carries the same name and input. */
export const callSchema = z.strictObject({
  kind: z.literal("call"),
  id: z.number().int().nonnegative(),
  name: z.string(),
  input: z.unknown(),
});

/** The answer to a call. */
export const replySchema = z.discriminatedUnion("ok", [
  z.strictObject({ ok: z.literal(true), value: z.unknown() }),
  z.strictObject({ ok: z.literal(false), error: faultSchema }),
]);

/** Updates `from`, `from + 1`, ... in order; the panel that misses one asks for a snapshot. */
export interface UpdatesPush {
  readonly kind: "updates";
  readonly from: number;
  readonly updates: readonly PanelUpdate[];
}

/** State after update number `number`; the next push starts at `number + 1`. */
export interface Snapshot {
  readonly number: number;
  readonly state: PanelState;
}

export type Reply = z.infer<typeof replySchema>;
export type CommandInput<N extends CommandName> = z.input<(typeof commandTable)[N]["input"]>;
export type CommandOutput<N extends CommandName> = z.infer<(typeof commandTable)[N]["output"]>;
