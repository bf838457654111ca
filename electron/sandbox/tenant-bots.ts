import type { FaultBoard } from "./faults.ts";

/** A bot as the platform tells of it (contract 1.1). */
export interface TenantBot {
  readonly id: string;
  readonly name: string;
  readonly status: "active" | "inactive";
  readonly channels: readonly string[];
}

/** `foreign`: there is such a bot, and it belongs to another tenant. */
export type BotLookup =
  | { readonly kind: "known"; readonly bot: TenantBot }
  | { readonly kind: "foreign" }
  | { readonly kind: "unknown" };

/** The bot that the practice configuration names. */
export const PRACTICE_BOT = "practice-bot";

const CHANNELS = ["webchat", "voice"] as const;

/** One id has a slash and a space in it: what a client does not encode, it does not find. */
const bots: readonly TenantBot[] = [
  { id: PRACTICE_BOT, name: "Practice bot", status: "active", channels: CHANNELS },
  { id: "sales/practice bot", name: "Practice bot of sales", status: "active", channels: CHANNELS },
];
const FOREIGN_BOT = "foreign-bot";

/** Looks a bot up by its decoded id; its status and channels are those that the faults want. */
export function findBot(id: string, { values }: Pick<FaultBoard, "values">): BotLookup {
  if (id === FOREIGN_BOT) return { kind: "foreign" };
  const found = bots.find((bot) => bot.id === id);
  if (found === undefined) return { kind: "unknown" };
  return {
    kind: "known",
    bot: {
      ...found,
      status: values["bot-inactive"] === "on" ? "inactive" : found.status,
      channels: values["bot-channels"] ?? found.channels,
    },
  };
}
