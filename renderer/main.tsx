import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "./ui/tokens.css";
import "./ui/base.css";
import "./frame/frame.css";
import "./panel/panel.css";
import "./panel/strip.css";
import "./panel/transcript.css";
import "./panel/suggestions.css";
import "./panel/chat.css";
import "./settings/settings.css";
import "./connection/connection.css";
import type { Clock } from "../shared/clock.ts";
import { createActions } from "./actions.ts";
import { App } from "./app.tsx";
import { connectBridge } from "./connect-bridge.ts";
import { writeClipboard } from "./clipboard.ts";
import { watchPainting } from "./painted.ts";
import { PanelProvider } from "./panel-context.tsx";
import { startSession } from "./session.ts";
import { createPanelStore } from "./store.ts";
import { startTicker } from "./ticker.ts";
import { tellViewing } from "./viewing.ts";

const browserClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(delayMs, fire) {
    const timer = setTimeout(fire, delayMs);
    return () => clearTimeout(timer);
  },
};

const container = document.getElementById("root");
if (container === null) throw new Error("the page has no element #root");

const store = createPanelStore(() => browserClock.now());
const bridge = connectBridge({
  desktop: window.callside,
  openSocket: (events) => {
    const socket = new WebSocket(new URL("/panel", location.href.replace(/^http/u, "ws")));
    socket.addEventListener("open", events.opened);
    socket.addEventListener("message", (event: MessageEvent<unknown>) => events.received(event.data));
    socket.addEventListener("close", events.closed);
    return socket;
  },
  clock: browserClock,
  random: Math.random,
});
// All live exactly as long as the page does.
startSession({ bridge, store, clock: browserClock, onApplied: watchPainting(document.documentElement) });
tellViewing({ bridge, store });
const { ticker } = startTicker(browserClock);
const actions = createActions(bridge, writeClipboard);

createRoot(container).render(
  <StrictMode>
    <PanelProvider value={{ store, ticker, actions, clock: browserClock }}>
      <App />
    </PanelProvider>
  </StrictMode>,
);
