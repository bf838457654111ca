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
import { followLanguage } from "./follow-language.ts";
import { writeClipboard } from "./clipboard.ts";
import { watchPainting } from "./painted.ts";
import { PanelProvider } from "./panel-context.tsx";
import { startSession } from "./session.ts";
import { createPanelStore } from "./store.ts";
import { language } from "./texts/language.ts";
import { startTicker } from "./ticker.ts";
import { tellViewing } from "./viewing.ts";
import { readWhereabouts } from "./whereabouts.ts";

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

/** Where the person was, in the moment between two languages. */
const WHEREABOUTS = "whereabouts";
const from = readWhereabouts(sessionStorage.getItem(WHEREABOUTS));
sessionStorage.removeItem(WHEREABOUTS);

const store = createPanelStore(() => browserClock.now(), from);
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
followLanguage({
  store,
  clock: browserClock,
  language,
  preferred: navigator.languages,
  // Views that are not in front are in the document, too.
  isTyped: () => document.querySelector("[data-typed=true]") !== null,
  loadAgain: (whereabouts) => {
    sessionStorage.setItem(WHEREABOUTS, whereabouts);
    location.reload();
  },
});
const { ticker } = startTicker(browserClock);
const actions = createActions(bridge, writeClipboard);

createRoot(container).render(
  <StrictMode>
    <PanelProvider value={{ store, ticker, actions, clock: browserClock }}>
      <App />
    </PanelProvider>
  </StrictMode>,
);
