import type { Page } from "playwright-core";
import type { PanelDesk } from "../electron/app/panel-desk.ts";
import type { Sandbox } from "../electron/sandbox/sandbox.ts";
import type { InteractionView } from "../shared/panel-state.ts";
import { commandTable } from "../shared/panel.ts";
import type { SteppedClock } from "./stepped-clock.ts";

/** Three customers who chat at once: one is helped, one asks for a refund, one hears what policy does not let through. */
export const CHATS = 3;
const REFUND_CUSTOMER = "Tomasz Brandt";
const STOPPED_CUSTOMER = "Gordon Pike";
/** What the bot takes for an answer: while it thinks, the customer's line is the last one. */
const BOT_THINKS_MS = 400;
const OWN_WORDS = "Thank you, I have your parcel of 4 November in front of me. One moment please.";

/** What the pictures of bridged chats need of the program at a standstill. */
interface ChatScene {
  readonly desk: PanelDesk;
  readonly clock: SteppedClock;
  readonly sandbox: Sandbox;
  readonly shoot: (name: string, prepare: (page: Page) => Promise<void>) => Promise<void>;
}

/** The bot answers; the agent takes over and writes, which can still be taken back; policy stops the bot. */
export async function shootChats({ desk, clock, sandbox, shoot }: ChatScene): Promise<void> {
  const chatOf = (name: string): InteractionView | undefined => desk.publisher.state().interactions.find(({ interaction, bridged }) => bridged !== null && interaction.customerName === name);
  const repliesTo = (name: string): number => chatOf(name)?.bridged?.deliveries.filter(({ state }) => state.kind === "delivered").length ?? 0;
  const show = (name: string) => async (page: Page): Promise<void> => {
    await page.getByRole("tab", { name: new RegExp(name.split(" ").at(-1) ?? name) }).click();
    await page.getByRole("heading", { name }).waitFor();
  };

  sandbox.setFault("dialog-latency", BOT_THINKS_MS);
  await clock.advanceUntil(() => repliesTo(REFUND_CUSTOMER) >= 2);
  await shoot("chat-bot", show(REFUND_CUSTOMER));
  await clock.advanceUntil(() => chatOf(STOPPED_CUSTOMER)?.bridged?.attention?.kind === "withheld");
  await shoot("chat-withheld", show(STOPPED_CUSTOMER));
  const interactionId = chatOf(REFUND_CUSTOMER)?.interaction.id ?? "";
  await clock.advanceUntil(() => (chatOf(REFUND_CUSTOMER)?.bridged?.askingSince ?? null) !== null);
  const sent = await desk.commands("bridge.send", { interactionId, text: OWN_WORDS });
  if (!sent.ok) throw new Error(sent.error.detail);
  const { deliveryId } = commandTable["bridge.send"].output.parse(sent.value);
  await clock.advanceUntil(() => chatOf(REFUND_CUSTOMER)?.bridged?.deliveries.some(({ id, state }) => id === deliveryId && state.kind === "held") ?? false);
  await shoot("chat-take-over", show(REFUND_CUSTOMER));
}
