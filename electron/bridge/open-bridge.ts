import { ok } from "../../shared/result.ts";
import { hostOf } from "../net/attempt.ts";
import { createHostGates } from "../net/host-gate.ts";
import { createTokens } from "../net/oauth.ts";
import { startBridge } from "./bridge-core.ts";
import type { Bridge, OpenBridge } from "./bridge.ts";
import { createAskBot } from "./dialog-api.ts";
import { openGenesysStream } from "./genesys-stream-socket.ts";
import { openInbox } from "./inbox-store.ts";
import { createReplies } from "./reply-api.ts";

/** Opens the bridge on the disk and the network; see {@link OpenBridge}. */
export const openBridge: OpenBridge = async (options) => {
  const { platform, network, clock, random, heartbeatMs } = options;
  const inbox = await openInbox({ directory: options.stateDirectory, clock });
  if (!inbox.ok) return inbox;
  const closing = new AsyncDisposableStack();
  // No scopes are asked for: they are set on the client (contract 0).
  const tokens = closing.use(createTokens({ ...platform, scopes: [], clock, random, fetch: network.fetch }));
  const bridge = await startBridge(
    {
      inbox: inbox.value,
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
  const whole: Bridge = { ...bridge, setAside: inbox.value.opening.setAside, [Symbol.asyncDispose]: () => closing.disposeAsync() };
  return ok(whole);
};
