import { ok } from "../../shared/result.ts";
import { hostOf } from "../net/attempt.ts";
import { createHostGates } from "../net/host-gate.ts";
import { createTokens } from "../net/oauth.ts";
import { startBridge } from "./bridge-core.ts";
import type { Bridge, BridgeOptions, OpenBridge } from "./bridge.ts";
import { createAskBot } from "./dialog-api.ts";
import { openGenesysStream } from "./genesys-stream-socket.ts";
import type { Inbox } from "./inbox.ts";
import { openInbox } from "./inbox-store.ts";
import { createReplies } from "./reply-api.ts";

/** Opens the bridge on the disk and the network; see {@link OpenBridge}. */
export const openBridge: OpenBridge = async (options) => {
  const inbox = await openInbox({ directory: options.stateDirectory, clock: options.clock });
  if (!inbox.ok) return inbox;
  return ok(await connectBridge(inbox.value, options));
};

/** Sets the bridge to work on an inbox, which it owns from now on, and on the network. */
export async function connectBridge(inbox: Inbox, options: BridgeOptions): Promise<Bridge> {
  const { platform, network, clock, random, heartbeatMs } = options;
  const closing = new AsyncDisposableStack();
  // No scopes are asked for: they are set on the client (contract 0).
  const tokens = closing.use(createTokens({ ...platform, scopes: [], clock, random, fetch: network.fetch }));
  const bridge = await startBridge(
    {
      inbox,
      ask: createAskBot({ ...platform, fetch: network.fetch, clock, random }),
      replies: createReplies({ fetch: network.fetch, tokens, clock, random, apiUrl: platform.apiUrl }),
      replyHost: hostOf(platform.apiUrl),
      openGates(onChange) {
        const gates = createHostGates({ clock, onChange });
        return { bot: gates.gate(platform.dialogUrl), reply: gates.gate(platform.apiUrl) };
      },
      openStream: (from) => openGenesysStream({ ...from, socketUrl: platform.socketUrl, tokens, network, clock, random, heartbeatMs }),
    },
    options,
  );
  closing.use(bridge);
  return { ...bridge, setAside: inbox.opening.setAside, [Symbol.asyncDispose]: () => closing.disposeAsync() };
}
