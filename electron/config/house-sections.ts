import { z } from "zod";
import { defaultShortcuts } from "../../shared/default-shortcuts.ts";
import { desktopSettingsSchema } from "../../shared/desktop.ts";
import { displaySettingsSchema, roleSchema } from "../../shared/settings.ts";
import { bypassEntry, httpAddress, proxyAddress } from "./address.ts";

const display = displaySettingsSchema.shape;
const desktop = desktopSettingsSchema.shape;
const filePath = z.string().min(1).max(4_096);

/** The section `audit` (contract 6). */
export const auditSection = z
  .strictObject({
    directory: filePath.exactOptional().describe("Where the audit files are kept; relative to this file. Without it: a folder of the user's own data."),
  })
  .describe("The append-only record of what was done.");

/** The section `history` (contract 0, personal data). */
export const historySection = z
  .strictObject({
    retentionDays: z.number().int().min(1).max(3_650).default(30).describe("How many days interactions are kept."),
    mask: z.boolean().default(true).describe("Mask card numbers, IBANs, e-mail addresses and phone numbers."),
    export: z
      .strictObject({
        folder: filePath.exactOptional().describe("The folder that the desks of a team share; relative to this file."),
        otlpUrl: httpAddress.exactOptional().describe("An OpenTelemetry collector, which gets each day once it is over."),
        everyMinutes: z.number().int().min(1).max(1_440).default(15).describe("How often this desk's figures are written there."),
      })
      .exactOptional()
      .describe("This desk's figures for the team: no names and no words."),
    teamFolder: filePath.exactOptional().describe("The folder whose desks the overview can put together; relative to this file."),
  })
  .describe("The local history of interactions and suggestions.");

/** The section `telemetry`. */
export const telemetrySection = z
  .strictObject({
    metricsFile: filePath.exactOptional().describe("One JSON line per evaluation is appended here; relative to this file."),
    openMetricsFile: filePath.exactOptional().describe("The figures of now are kept here as OpenMetrics, for a monitoring agent; relative to this file."),
    otlpUrl: httpAddress.exactOptional().describe("An OpenTelemetry collector."),
  })
  .describe("Metrics.");

/** The section `network`. */
export const networkSection = z
  .strictObject({
    caFile: filePath.exactOptional().describe("Further certificate authorities to trust, as PEM; relative to this file."),
    proxy: proxyAddress.exactOptional().describe("The proxy that all connections go through; without it, that of the environment (HTTPS_PROXY), if there is one."),
    noProxy: z
      .array(bypassEntry)
      .max(500)
      .exactOptional()
      .describe("What is reached past the proxy; without it, what the environment says (NO_PROXY). This machine always is."),
  })
  .describe("How the network is reached.");

/** The section `panel` (design 5). The effective role is worked out by `completeConfig`. */
export const panelSection = z
  .strictObject({
    role: roleSchema
      .exactOptional()
      .describe("agent: policy and triggers are shown but not editable. supervisor: all. Without it: agent where assist.agentId is set, else supervisor."),
    cardsPerMinute: display.cardsPerMinute.default(4).describe("How many new cards may come up in a minute; the rest wait behind a count."),
    quiet: display.quiet.default(false).describe("Cards come only when asked for."),
    theme: display.theme.default("system").describe("Light, dark, or as the system says."),
    language: display.language.default("system").describe("The language of the panel and of all that the program says on the desktop: English, German, or as the system says."),
  })
  .describe("The panel.");

/** The section `desktop`: how the panel lives on the desktop, where it has a window of its own. */
export const desktopSection = z
  .strictObject({
    dock: desktop.dock.default("right").describe("The edge of the screen that the panel stands at, or floating."),
    alwaysOnTop: desktop.alwaysOnTop.default(false).describe("Keep the panel above other windows."),
    keepRunning: desktop.keepRunning.default(true).describe("Closing the window leaves the program at work, behind its tray icon."),
    startAtLogin: desktop.startAtLogin.default(false).describe("Start with the person's session."),
    notifications: desktop.notifications.default(true).describe("Tell a suggestion by the system while the panel is hidden."),
    shortcuts: z
      .strictObject({
        show: desktop.shortcuts.shape.show.default(defaultShortcuts.show).describe("Shows or hides the panel; null: none."),
        copyFirst: desktop.shortcuts.shape.copyFirst.default(defaultShortcuts.copyFirst).describe("Copies the best suggestion; null: none."),
        quiet: desktop.shortcuts.shape.quiet.default(defaultShortcuts.quiet).describe("Turns quiet mode on or off; null: none."),
      })
      .default(defaultShortcuts)
      .describe("Keys that work whichever program is in front."),
  })
  .describe("The panel on the desktop.");

const PUBLIC_KEY_ALLOWED = "the 32 bytes of an Ed25519 public key as base64: 44 characters, the last one =";

/** The section `updates`: where the installed program looks for newer ones. */
export const updatesSection = z
  .strictObject({
    url: httpAddress.describe("The folder at the server that holds the feeds and the packages."),
    publicKey: z
      .string()
      .regex(/^[A-Za-z0-9+/]{43}=$/, PUBLIC_KEY_ALLOWED)
      .meta({ patternErrorMessage: PUBLIC_KEY_ALLOWED })
      .describe("The maker's public key: only a feed that is signed with its other half is believed."),
    checkHours: z.number().min(1).max(168).default(4).describe("How often it is looked, in hours."),
    channel: z
      .enum(["latest", "beta", "alpha"])
      .exactOptional()
      .describe("The channel that is followed. Without it: latest."),
  })
  .describe("Updates of the installed program.");
