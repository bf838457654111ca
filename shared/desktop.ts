import { z } from "zod";
import { parseAccelerator } from "./accelerator.ts";

/** What a global shortcut does: it works whichever program is in front. */
export const shortcutActions = ["show", "copyFirst", "quiet"] as const;
export type ShortcutAction = (typeof shortcutActions)[number];

const ACCELERATOR_ALLOWED =
  "keys joined by +, such as CommandOrControl+Shift+F7: one or more of Control, Alt, Super and CommandOrControl, Shift beside them if wanted, and a letter, a digit, F1 to F24 or a key by its name (Space, Up, PageDown)";

/** `patternErrorMessage` is shown by editors, and is what a refusal gives as "allowed". */
const acceleratorSchema = z
  .string()
  .max(60)
  .refine((text) => parseAccelerator(text) !== null, ACCELERATOR_ALLOWED)
  .meta({ patternErrorMessage: ACCELERATOR_ALLOWED });

/** The keys of each global shortcut; null: none. */
export const shortcutsSchema = z.strictObject({
  /** Shows the panel, or hides it where it is in front. */
  show: acceleratorSchema.nullable(),
  /** Copies the text of the best card of the interaction in front. */
  copyFirst: acceleratorSchema.nullable(),
  /** Turns quiet mode on or off. */
  quiet: acceleratorSchema.nullable(),
});

/** How the panel lives on the desktop: whatever an agent may set, in the section `desktop` of the configuration. */
export const desktopSettingsSchema = z.strictObject({
  /** Against an edge of its screen and as high as that, or wherever it was put. */
  dock: z.enum(["left", "right", "floating"]),
  alwaysOnTop: z.boolean(),
  /** Whether closing the window leaves the program at work, behind its tray icon. */
  keepRunning: z.boolean(),
  startAtLogin: z.boolean(),
  /** Whether a suggestion that comes up while the panel is hidden is told by the system. */
  notifications: z.boolean(),
  shortcuts: shortcutsSchema,
});

const settable = desktopSettingsSchema.shape;
const keys = shortcutsSchema.shape;

/** A change of them from the panel: whole fields, and of the shortcuts any. */
export const desktopPatchSchema = z.strictObject({
  dock: settable.dock.exactOptional(),
  alwaysOnTop: settable.alwaysOnTop.exactOptional(),
  keepRunning: settable.keepRunning.exactOptional(),
  startAtLogin: settable.startAtLogin.exactOptional(),
  notifications: settable.notifications.exactOptional(),
  /** The shortcuts that are changed; the others stay. */
  shortcuts: z.strictObject({ show: keys.show.exactOptional(), copyFirst: keys.copyFirst.exactOptional(), quiet: keys.quiet.exactOptional() }).exactOptional(),
});

/**
 * What became of a shortcut. `taken`: another program holds its keys. `clash`: another of ours has the same ones.
 * `refused`: the system does not let a program have them at all (a desktop that knows no global shortcuts).
 */
const shortcutStateSchema = z.enum(["off", "works", "taken", "clash", "refused"]);

/** An update of the program. `waiting`: it is installed when the last live interaction has ended, because the person said so meanwhile. */
export const updateStateSchema = z.discriminatedUnion("kind", [
  /** No address for updates is configured, or this is no installed program; `why` in words. */
  z.strictObject({ kind: z.literal("off"), why: z.string() }),
  /** `held`: the version that is being rolled out to others first; told to whoever asked. */
  z.strictObject({ kind: z.literal("idle"), checkedAt: z.number().nullable(), held: z.string().exactOptional() }),
  z.strictObject({ kind: z.literal("checking") }),
  z.strictObject({ kind: z.literal("loading"), version: z.string(), percent: z.number().min(0).max(100) }),
  z.strictObject({ kind: z.literal("ready"), version: z.string(), notes: z.string().nullable() }),
  z.strictObject({ kind: z.literal("waiting"), version: z.string() }),
  z.strictObject({ kind: z.literal("installing"), version: z.string() }),
  z.strictObject({ kind: z.literal("failed"), what: z.string(), remedy: z.string(), at: z.number() }),
]);

/** What only the program in its own window has; the panel in a browser has none of it. */
export const desktopViewSchema = z.strictObject({
  /** As Node names it: how keys are written, and what the system calls its tray. */
  platform: z.enum(["win32", "darwin", "linux"]),
  version: z.string(),
  settings: desktopSettingsSchema,
  shortcuts: z.strictObject({ show: shortcutStateSchema, copyFirst: shortcutStateSchema, quiet: shortcutStateSchema }),
  /** Why starting at login cannot be set here, in words; null where it can. */
  loginHindrance: z.string().nullable(),
  update: updateStateSchema,
});

/** Something outside the panel wants this in front of it: a link, a notification, the tray. `number` counts the wishes. */
export const focusSchema = z.strictObject({
  target: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("interaction"), interactionId: z.string() }),
    /** The page "what is wrong". */
    z.strictObject({ kind: z.literal("health") }),
    z.strictObject({ kind: z.literal("settings") }),
  ]),
  number: z.number().int().nonnegative(),
});

export type DesktopSettings = z.infer<typeof desktopSettingsSchema>;
export type DesktopPatch = z.infer<typeof desktopPatchSchema>;
export type Shortcuts = z.infer<typeof shortcutsSchema>;
export type ShortcutState = z.infer<typeof shortcutStateSchema>;
export type UpdateState = z.infer<typeof updateStateSchema>;
export type DesktopView = z.infer<typeof desktopViewSchema>;
export type Focus = z.infer<typeof focusSchema>;
