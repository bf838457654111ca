import type { Page } from "playwright-core";
import type { App } from "../electron/app.ts";
import type { PanelDesk } from "../electron/app/panel-desk.ts";
import { practiceCalls } from "../electron/sandbox/practice-list.ts";
import type { Sandbox } from "../electron/sandbox/sandbox.ts";
import { keepMonth, type Told } from "./people-scene.ts";
import type { SteppedClock } from "./stepped-clock.ts";

/** The settings of a German centre. */
export const GERMAN = { language: "de", assist: { language: "de" } } as const;
const DOCKED = { width: 400, height: 900 };
const WIDE = { width: 1280, height: 800 };
const CALL = "doppelt-abgebucht";
/** When the customer has threatened to go, and the answer stands below. */
const MOMENTS = 2;
const READING_MS = 3_000;

/** What the pictures in German need of the program at a standstill. */
interface GermanScene {
  readonly app: App;
  readonly desk: PanelDesk;
  readonly sandbox: Sandbox;
  readonly clock: SteppedClock;
  readonly shoot: (name: string, prepare: (page: Page) => Promise<void>, sizes: readonly { readonly width: number; readonly height: number }[]) => Promise<void>;
}

/** A German call at its second moment. */
export async function shootGermanCall({ desk, sandbox, clock, shoot }: GermanScene): Promise<void> {
  const call = practiceCalls.find(({ id }) => id === CALL);
  if (call === undefined) throw new Error(`no practice call is named ${CALL}`);
  const played = sandbox.play(call);
  await clock.advanceUntil(() => desk.publisher.state().interactions.find(({ interaction }) => interaction.id === played)?.sets.length === MOMENTS);
  await clock.advanceTo(clock.now() + READING_MS);
  await shoot("german-live", async (page) => {
    await page.getByRole("tab", { name: /Hollmann/u }).click();
    await page.getByRole("heading", { name: "Birgit Hollmann" }).waitFor();
  }, [DOCKED]);
}

/** The overview of a German centre's month. */
export async function shootGermanOverview({ app, clock, shoot }: GermanScene): Promise<void> {
  keepMonth(app, clock.now(), calls);
  await shoot("german-overview", async (page) => {
    await page.getByRole("navigation").getByRole("button", { name: "Übersicht" }).click();
    await page.locator(".trigger-table tbody tr").nth(2).waitFor();
  }, [WIDE]);
}

const calls: readonly Told[] = [
  { customer: "Nadja Ostermann", channel: "voice", queue: "Rechnungen", opening: "Guten Morgen, auf meiner Rechnung steht etwas, das ich nicht verstehe.", moment: "Wenn das falsch ist, hätte ich gern eine Erstattung.", word: "Erstattung", suggestion: "Ich prüfe beide Buchungen sofort und sage Ihnen, was Sie zurückbekommen.", usedEvery: 2 },
  { customer: "Piet Groot", channel: "voice", queue: "Kündigungen", opening: "Hallo, es geht um meinen Vertrag.", moment: "Ich glaube, ich möchte ihn lieber ganz kündigen.", word: "kündigen", suggestion: "Darf ich vorher nachsehen, welcher Tarif besser zu Ihnen passt?", usedEvery: 3 },
  { customer: "Ingrid Soll", channel: "chat", queue: "Bestellungen", opening: "Hallo, mein Paket ist überfällig.", moment: "Seit neun Tagen warte ich, und niemand kann mir etwas sagen!", word: null, suggestion: "Es tut mir leid, dass Sie warten. Ich sehe gerade nach, wo es ist.", usedEvery: 5 },
  { customer: "Tomas Brandt", channel: "voice", queue: "Rechnungen", opening: "Guten Tag.", moment: "Das ist eine Beschwerde, und bitte nehmen Sie sie auf.", word: "Beschwerde", suggestion: "Ich habe Ihre Beschwerde aufgenommen und lese Ihnen die Nummer vor.", usedEvery: 0 },
];
