import type { Page } from "playwright-core";
import type { PanelDesk } from "../electron/app/panel-desk.ts";
import type { PracticeView } from "../shared/practice.ts";
import type { Disposition } from "../shared/suggestion.ts";
import type { SteppedClock } from "./stepped-clock.ts";

const SECOND_MS = 1_000;
/** How long the agent takes to use a suggestion. */
const READING_MS = 2_600;

/** What the pictures of practice need of the program at a standstill. */
interface PracticeScene {
  readonly desk: PanelDesk;
  readonly clock: SteppedClock;
  readonly shoot: (name: string, prepare: (page: Page) => Promise<void>) => Promise<void>;
}

/** A call to be chosen, one under way, and its score: the first moment used, the second missed, the third set aside. */
export async function shootPractice({ desk, clock, shoot }: PracticeScene): Promise<void> {
  const view = (): PracticeView | null => desk.publisher.state().practice;
  const talk = () => {
    const state = view()?.state;
    return desk.publisher.state().interactions.find(({ interaction }) => state?.kind === "running" && interaction.id === state.interactionId);
  };
  const give = async (name: "practice.start" | "suggestion.record", input: object): Promise<void> => {
    const reply = await desk.commands(name, input);
    if (!reply.ok) throw new Error(`${name}: ${reply.error.code} ${reply.error.detail}`);
  };
  const act = async (disposition: Disposition): Promise<void> => {
    const set = talk()?.sets[0]?.set;
    const suggestionId = set?.suggestions[0]?.id;
    if (set === undefined || suggestionId === undefined) throw new Error("the practice call brought no suggestion");
    await give("suggestion.record", { interactionId: set.interactionId, suggestionId, disposition });
  };
  const untilMoment = async (number: number): Promise<void> => {
    await clock.advanceUntil(() => (talk()?.sets.length ?? 0) === number);
    await act("displayed");
    await clock.advanceTo(clock.now() + READING_MS);
  };
  const open = async (page: Page): Promise<void> => {
    await page.getByRole("button", { name: /^Practice$|^Choose a call$|^Score$/u }).first().click();
    await page.locator(".practice-choice").waitFor();
  };

  await shoot("practice-choose", open);
  await give("practice.start", { callId: "charged-twice", speed: 1, fault: "none" });
  await untilMoment(1);
  await act("copied");
  await clock.advanceTo(clock.now() + SECOND_MS);
  await shoot("practice-call", async (page) => {
    await page.locator(".card").first().waitFor();
  });
  await untilMoment(2);
  await untilMoment(3);
  await act("dismissed");
  await clock.advanceUntil(() => view()?.state.kind === "ready");
  await shoot("practice-score", async (page) => {
    await open(page);
    await page.locator(".practice-moments > li").nth(2).waitFor();
  });
}
