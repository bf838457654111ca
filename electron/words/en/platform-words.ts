import type { HopName } from "../../../shared/bridge.ts";
import { levelWords } from "../../../shared/hop-words.ts";
import type { Saying } from "../saying.ts";
import { diskHindrance } from "../disk-hindrance.ts";
import { diskRemedies } from "./disk-remedies.ts";

const nothing = "Nothing needs to be done.";
const genesysStatus = "Look at Genesys Cloud's status page, and at the network between it and this machine.";
const whereSlow: Readonly<Record<HopName, string>> = {
  genesys: genesysStatus,
  bot: "Look at the bot's flow and at the platform it runs on.",
  reply: genesysStatus,
};

/** The bridge's notices. */
export const bridgeWords = {
  deadLetters: {
    what: "There are messages of customers that could not be answered.",
    effect: "They are kept, and nothing is sent by itself any more.",
    remedy: "Answer in the chat, or have the bot asked again: in the supervisor's view Bridge, or by callside bridge --replay-dead-letters.",
  },
  uncertain: {
    what: "There are replies of which nobody knows whether they arrived.",
    effect: "They are not sent again, so that no customer is answered twice.",
    remedy: "Look into the chat in Genesys, then say whether the reply arrived or is to be sent again.",
  },
  storage: (detail: string): Saying => ({
    what: `The bridge cannot keep messages: ${detail}.`,
    effect: "No message is lost: what arrives waits in memory or at Genesys, and is taken as soon as it can be kept.",
    remedy: diskRemedies[diskHindrance(detail)],
  }),
  /** A way that is critically slow; both in ms, `aboveMs` null where it is judged by no threshold. */
  slow: (hop: HopName, ms: number, aboveMs: number | null): Saying => ({
    what: levelWords({ hop, level: "critical", ms, aboveMs }),
    effect: "Customers wait that long. Nothing is lost.",
    remedy: whereSlow[hop],
  }),
  setAside: (path: string): Saying => ({
    what: "The bridge's messages of before could not be read: the file was damaged.",
    effect: `It was set aside as ${path}, and a new one was begun. What was not answered yet in the old one is not answered by itself.`,
    remedy: "Look through the open chats in Genesys, and keep that file for IT.",
  }),
  healthNotServed: (detail: string): Saying => ({
    what: "The bridge's health is not served.",
    effect: `${detail}.`,
    remedy: "The bridge works all the same. Change bridge.healthPort, or remove it.",
  }),
};

/** The tunnel's webhooks; `number` counts from 1. */
export const webhookWords = {
  unsigned: (number: number, secret: string): Saying => ({
    what: `The tunnel's webhook ${number} is not sent: its signing secret is missing.`,
    effect: "The tunnel works, but the system behind this address hears nothing of it.",
    remedy: `Set ${secret} in the environment and start Callside again.`,
  }),
  well: (host: string, lost: number): Saying => ({
    what: `The tunnel's webhook at ${host} takes events again.`,
    effect: `${lost} ${lost === 1 ? "event" : "events"} did not reach it.`,
    remedy: nothing,
  }),
  closed: (host: string, lost: number): Saying => ({
    what: `The tunnel's webhook at ${host} was closed before it had every event.`,
    effect: `${lost} ${lost === 1 ? "event" : "events"} did not reach it.`,
    remedy: "Check the system behind this address if it should have taken them in time.",
  }),
  failing: (host: string, detail: string): Saying => ({
    what: `The tunnel's webhook at ${host} does not take events: ${detail}.`,
    effect: "The tunnel works. Events are sent once the address answers; the oldest are dropped if it takes long.",
    remedy: "Check the address in tunnel.webhooks, and the system behind it.",
  }),
};

/** What is wrong around integrations, apart from a run. */
export const integrationWords = {
  unsigned: (secret: string): Saying => ({
    what: "The webhook of integrations is not sent: its signing secret is missing.",
    effect: "Integrations work, but the system behind the webhook hears nothing of them.",
    remedy: `Store the secret ${secret}, or set it in the environment and start Callside again.`,
  }),
  well: (host: string, lost: number): Saying => ({
    what: `The webhook of integrations at ${host} takes events again.`,
    effect: `${lost} ${lost === 1 ? "run was" : "runs were"} not told to it.`,
    remedy: nothing,
  }),
  failing: (host: string, detail: string): Saying => ({
    what: `The webhook of integrations at ${host} does not take events: ${detail}.`,
    effect: "Integrations work. It is told once it answers; the oldest runs are dropped if that takes long.",
    remedy: "Check integrations.webhookUrl, and the system behind it.",
  }),
  /** `paths`: the first of them; `count`: all. */
  damaged: (paths: readonly string[], count: number): Saying => ({
    what: count === 1 ? "A file of the integrations was damaged." : `${count} files of the integrations were damaged.`,
    effect: `It was set aside as ${paths.join(", ")}${count > paths.length ? " and others" : ""}; nothing else is affected.`,
    remedy: "Mend the file and give it its name back, or write the definition anew.",
  }),
  folder: (detail: string): Saying => ({
    what: `The definitions of integrations cannot be read: ${detail}.`,
    effect: "None is shown, and none can be kept.",
    remedy: "Ask IT to check the folder's rights. It is tried again with the next command.",
  }),
};

/** What is wrong around simulations, apart from a case. */
export const simulationWords = {
  qaRefused: (batchId: string, detail: string): Saying => ({
    what: `The QA platform did not take the result of batch ${batchId}: ${detail}.`,
    effect: "The batch itself is as it was found, here and in every report.",
    remedy: "Check simulations.webhookUrl and the system behind it; export the batch as JSON to hand it on.",
  }),
  noJournal: (detail: string): Saying => ({
    what: `The journal of the simulations cannot be written: ${detail}.`,
    effect: "Simulations go on, but a batch that is interrupted has to begin anew.",
    remedy: diskRemedies[diskHindrance(detail)],
  }),
  notKept: (detail: string): Saying => ({
    what: `The batch was not kept in the history: ${detail}.`,
    effect: "It is in the trend until Callside ends.",
    remedy: "Export it as JSON to keep it.",
  }),
};
