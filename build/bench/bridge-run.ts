import type { Bridge } from "../../electron/bridge/bridge.ts";
import { openInbox } from "../../electron/bridge/inbox-store.ts";
import type { Inbox } from "../../electron/bridge/inbox.ts";
import { connectBridge } from "../../electron/bridge/open-bridge.ts";
import { openNetwork } from "../../electron/net/network.ts";
import { systemClock } from "../../electron/net/system-clock.ts";
import type { BridgeServer } from "./bridge-server.ts";

/** As many conversations at work as a bot of 100 ms needs at 500 messages a second, and half as many again. */
export const CONCURRENCY = 100;

/** A bridge between the servers, subscribed. What a bridge should never do between good servers is an error. */
export async function runBridge(server: BridgeServer, inbox: Inbox): Promise<Bridge> {
  const network = await openNetwork({ readFile: () => Promise.reject(new Error("no file is read")) });
  if (!network.ok) throw new Error(network.error.detail);
  const subscribed = server.subscribed();
  const bridge = await connectBridge(inbox, {
    platform: server.platform,
    agentId: null,
    stateDirectory: "",
    rules: { judge: () => null, stopped: { kind: "agent" } },
    concurrency: CONCURRENCY,
    heartbeatMs: 20_000,
    elevatedMs: 500,
    criticalMs: 1_000,
    work: "serve",
    network: network.value,
    clock: systemClock,
    random: Math.random,
    newId: () => crypto.randomUUID(),
    onState: (state) => {
      if (state.kind === "rejected" || state.kind === "reconnecting") throw new Error(state.fault.detail);
    },
    onEvent: (event) => {
      if (event.kind === "dead-letter" || event.kind === "uncertain" || event.kind === "storage" || event.kind === "malformed") throw new Error(`the bridge told ${event.kind}`);
    },
  });
  await subscribed;
  return bridge;
}

/** The inbox as the program opens it. */
export async function openInboxOnDisk(directory: string): Promise<Inbox> {
  const opened = await openInbox({ directory, clock: systemClock });
  if (!opened.ok) throw new Error(opened.error.detail);
  return opened.value;
}
