import type { Interaction } from "../../shared/interaction.ts";
import { texts } from "../texts.ts";

/** The customer's whole name, or a word for not knowing it. */
export function fullName(interaction: Interaction): string {
  return interaction.customerName?.trim() || texts.interactions.unnamed;
}

/** The name for a narrow tab: given names as one initial, `D. Johnson`. A single word stays whole. */
export function shortName(interaction: Interaction): string {
  const name = interaction.customerName?.trim();
  if (name === undefined || name === "") return texts.interactions.unnamed;
  const words = name.split(/\s+/u);
  const last = words.at(-1) ?? name;
  const [initial] = words.length > 1 ? Array.from(words[0] ?? "") : [];
  return initial === undefined ? last : `${initial.toLocaleUpperCase()}. ${last}`;
}

/** A channel in the page's words; one that is not known as it came. */
export function channelLabel(channel: string): string {
  const { voice, chat } = texts.interactions.channels;
  const key = channel.toLowerCase();
  return key === "voice" ? voice : key === "chat" ? chat : channel;
}

/** The channel in the page's words and with a capital, or a neutral word. */
export function channelName(interaction: Interaction): string {
  const channel = channelLabel(interaction.channel?.trim() ?? "");
  if (channel === "") return texts.interactions.unknownChannel;
  const [first = ""] = Array.from(channel);
  return first.toLocaleUpperCase() + channel.slice(first.length);
}

/** How long it has lasted, or lasted, in milliseconds; `now` in ms since the Unix epoch. */
export function interactionLength(interaction: Interaction, now: number): number {
  return Math.max(0, (interaction.status === "ended" ? (interaction.endedAt ?? now) : now) - interaction.startedAt);
}
