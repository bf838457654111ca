import type { Page } from "playwright-core";
import type { App } from "../electron/app.ts";
import type { PanelDesk } from "../electron/app/panel-desk.ts";
import { PRACTICE_AGENT } from "../electron/sandbox/sandbox-config.ts";
import type { Interaction, Utterance } from "../shared/interaction.ts";
import { noRuleDraft } from "../shared/no-rule-draft.ts";
import type { Disposition, Suggestion, SuggestionSet, Trigger } from "../shared/suggestion.ts";
import type { SteppedClock } from "./stepped-clock.ts";

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** What a call takes, and a little. */
const CALL_MS = 100_000;
const DAYS = 30;

/** What the pictures of the past need of the program at a standstill; its history is on. */
interface PeopleScene {
  readonly app: App;
  readonly desk: Pick<PanelDesk, "commands">;
  readonly clock: SteppedClock;
  readonly shoot: (name: string, prepare: (page: Page) => Promise<void>) => Promise<void>;
}

/** A month of calls, then what became of them in figures, and one of them as it was. */
export async function shootPeople({ app, desk, clock, shoot }: PeopleScene): Promise<void> {
  keepMonth(app, clock.now(), calls);
  await shoot("overview", async (page) => {
    await goTo(page, "Overview");
    await page.locator(".trigger-table tbody tr").nth(2).waitFor();
  });
  await shoot("history", async (page) => {
    await goTo(page, "History");
    await page.getByRole("searchbox").fill("refund");
    await page.locator(".past-snippet mark").first().waitFor();
    await page.locator(".past-line").first().click();
    await page.locator(".past-set").first().waitFor();
  });
  await shoot("workshop", async (page) => {
    // The draft of the picture before is kept.
    await desk.commands("workshop.keep-draft", { draft: noRuleDraft });
    await goTo(page, "Workshop");
    await page.getByRole("button", { name: "Remove complaint", exact: true }).click();
    await page.getByLabel("Find or add: Prohibited phrases").fill("refunded");
    await page.keyboard.press("Enter");
    await page.locator(".shop-kind").nth(1).waitFor();
    await page.locator(".shop-rules").evaluate((rules) => rules.scrollTo(0, 0));
    await page.locator(".shop-body").evaluate((body) => body.scrollTo(0, 0));
  });
}

async function goTo(page: Page, name: string): Promise<void> {
  await page.getByRole("navigation", { name: "Views" }).getByRole("button", { name }).click();
  await page.getByRole("heading", { level: 1, name }).waitFor();
}

/** A call that was. */
export interface Told {
  readonly customer: string;
  readonly channel: string;
  readonly queue: string;
  readonly opening: string;
  /** What triggers: the words as they are said, or the score to which the mood falls. */
  readonly moment: string;
  readonly word: string | null;
  readonly suggestion: string;
  /** One in so many of its cards is used; 0: none. */
  readonly usedEvery: number;
}

const calls: readonly Told[] = [
  { customer: "Nadia Osei", channel: "voice", queue: "Billing", opening: "Good morning, there is something on my bill that I do not understand.", moment: "If that is wrong I would like a refund, please.", word: "refund", suggestion: "I will check both charges now and tell you what can be refunded.", usedEvery: 2 },
  { customer: "Piet de Groot", channel: "voice", queue: "Retention", opening: "Hello, it is about my contract.", moment: "I think I would rather cancel it altogether.", word: "cancel", suggestion: "Before you decide, may I check which plan would fit you better?", usedEvery: 3 },
  { customer: "Ingrid Sol", channel: "chat", queue: "Orders", opening: "Hi, my parcel is late.", moment: "I have waited for nine days now and nobody can tell me anything!", word: null, suggestion: "I am sorry about the wait. I am looking up where it is right now.", usedEvery: 5 },
  { customer: "Tomas Brandt", channel: "voice", queue: "Billing", opening: "Good afternoon.", moment: "This is a complaint, and please write it down.", word: "complaint", suggestion: "I have opened a complaint for you and will read its number out.", usedEvery: 0 },
];

/** Keeps a month of such calls, one after the other, up to `now`. */
export function keepMonth(app: App, now: number, told: readonly Told[]): void {
  for (let day = DAYS - 1; day >= 0; day -= 1) keepDay(app, now - day * DAY_MS, day, told);
}

/** What agents did that day, by a simple count: the pictures are the same each time. */
function keepDay(app: App, end: number, day: number, month: readonly Told[]): void {
  const weekday = new Date(end).getUTCDay();
  if (weekday === 0 || weekday === 6) return;
  const count = 8 + ((day * 5) % 7);
  for (let index = count - 1; index >= 0; index -= 1) {
    const told = month[(index + day) % month.length];
    if (told !== undefined) keepCall(app, told, end - index * 11 * MINUTE_MS - CALL_MS, `past-${day}-${index}`, Math.floor((day * 13 + index * 29) / 3));
  }
}

function keepCall({ records }: App, { customer, channel, queue, opening, moment, word, suggestion, usedEvery }: Told, startedAt: number, id: string, turn: number): void {
  const at = (seconds: number): number => startedAt + seconds * SECOND_MS;
  const interaction: Interaction = { id, status: "live", startedAt, agentId: PRACTICE_AGENT, customerName: customer, channel, queue };
  const start = word === null ? 0 : moment.indexOf(word);
  const span = { start, end: start + (word?.length ?? 0) };
  const say = (name: string, speaker: Utterance["speaker"], text: string, seconds: number, score: number): void => {
    records.take({ kind: "utterance", interactionId: id, utterance: { id: `${id}-${name}`, speaker, text, at: at(seconds), score, final: true, marks: name === "moment" && word !== null ? [span] : [] } });
  };
  const trigger: Trigger = word === null ? { kind: "sentiment", score: -0.62, threshold: -0.4 } : { kind: "keyword", matches: [{ keyword: word, text: word, span }] };
  const latencyMs = 180 + ((turn * 37) % 260);
  const fallback = turn % 19 === 0;
  const withheld: SuggestionSet["withheld"] = turn % 4 === 0 ? [{ rule: "phrase", phrase: "guarantee full refund" }] : turn % 7 === 0 ? [{ rule: "confidence", confidence: 0.52, minConfidence: 0.75 }] : [];
  const card: Suggestion = { id: `${id}-card`, text: suggestion, confidence: 0.8 + (turn % 18) / 100, source: `${queue} · Guide` };
  const set: SuggestionSet = {
    id: `${id}-set`,
    interactionId: id,
    utteranceId: `${id}-moment`,
    utteranceAt: at(31),
    order: 1,
    trigger,
    origin: fallback ? "fallback" : "live",
    suggestions: [card],
    withheld,
    outcome: "filled",
    policyVersion: "practice",
    latencyMs,
    ...(fallback ? { fault: { kind: "transport", code: "timeout", detail: "no answer in time" } as const } : { upstreamMs: latencyMs - 12 }),
    at: at(31) + latencyMs,
  };
  records.take({ kind: "interaction", interaction });
  say("hello", "agent", "Thank you for calling, how can I help?", 2, 0);
  say("opening", "customer", opening, 6, 0.05);
  say("moment", "customer", moment, 31, word === null ? -0.62 : -0.2);
  records.take({ kind: "suggestions", set });
  say("answer", "agent", suggestion, 44, 0);
  say("thanks", "customer", turn % 3 === 0 ? "Hm. Let us see." : "Thank you, that helps.", 70, turn % 3 === 0 ? -0.1 : 0.5);
  records.take({ kind: "interaction", interaction: { ...interaction, status: "ended", endedAt: at(96) } });
  const tell = (disposition: Disposition): void => records.disposition({ interactionId: id, suggestionId: card.id, disposition, undone: false, set, suggestion: card });
  tell("displayed");
  if (usedEvery > 0 && turn % usedEvery === 0) tell("copied");
  else if (turn % 3 === 1) tell("dismissed");
}
