import type { DeliveryState } from "../../shared/bridge.ts";
import type { InteractionView, PanelState } from "../../shared/panel-state.ts";
import { bridgeState } from "../connection/bridge-state.ts";
import { texts } from "../texts.ts";
import { waitsForAgent } from "./chat-need.ts";
import { fullName } from "./interaction-names.ts";

/**
 * What is said of a bridged chat from `before` to `after`: that it waits for the agent and why, that a message did not
 * arrive or may not have, and in front of her what can be taken back and who answers. Not that a message arrived.
 */
export function chatNews(before: InteractionView, after: InteractionView, selected: boolean): readonly string[] {
  const [was, is] = [before.bridged, after.bridged];
  if (is === null || (was === is && before.utterances === after.utterances)) return [];
  const name = fullName(after.interaction);
  const words = texts.announceChat;
  const news: string[] = [];
  if (is.attention !== null && is.attention.kind !== was?.attention?.kind) news.push(is.attention.kind === "withheld" ? words.withheld(name) : words.deadLetter(name));
  if (cameTo("failed", before, after)) news.push(words.failed(name));
  if (cameTo("uncertain", before, after)) news.push(words.uncertain(name));
  if (news.length === 0 && !selected && waitsForAgent(after) && !waitsForAgent(before)) news.push(words.waits(name));
  if (!selected || was === null) return news;
  // Taking over by sending is told with what is sent.
  if (cameTo("held", before, after)) return [...news, words.held];
  if (was.answerer !== is.answerer && news.length === 0) news.push(is.answerer === "agent" ? words.agentAnswers : words.botAnswers);
  return news;
}

/** A bridge that comes and goes; what a stream's listener hears, and no more. */
export function bridgeNews(before: PanelState, after: PanelState): readonly string[] {
  const was = bridgeState(before)?.kind;
  const is = bridgeState(after)?.kind;
  if (was === is || was === undefined || is === undefined) return [];
  if (is === "connected" && was !== "checking") return [texts.announceChat.bridgeBack];
  if (is === "rejected") return [texts.announceChat.bridgeRefused];
  if (is === "reconnecting" && was !== "connecting") return [texts.announceChat.bridgeLost];
  return [];
}

function cameTo(kind: DeliveryState["kind"], before: InteractionView, after: InteractionView): boolean {
  const earlier = new Set(before.bridged?.deliveries.filter(({ state }) => state.kind === kind).map(({ id }) => id));
  return (after.bridged?.deliveries ?? []).some(({ id, state }) => state.kind === kind && !earlier.has(id));
}
