import { LINK_SCHEME, parseLink } from "./deep-link.ts";
import type { DesktopPorts } from "./desktop-ports.ts";
import type { LinkInbox } from "./link-inbox.ts";
import type { Saying } from "../words/saying.ts";

/** How long the interaction of a link that started the program may take to come onto the panel. */
const START_WAIT_MS = 10_000;
const NOTICE_ID = "link";

/** Follows links to interactions. Disposing ends it. */
export interface Links extends Disposable {
  /** Follows a link, or says in a notice why not; the panel comes forward either way, because a person clicked something. */
  follow(link: string): void;
}

type LinkPorts = Pick<DesktopPorts, "electron" | "publisher" | "clock" | "focus" | "window" | "speech" | "log">;

/**
 * Brings the interaction of a link to the front. A link can do nothing else: what is not on the panel is neither fetched
 * nor made. The installers register the scheme; where one has not (an AppImage, a copied folder), it is done here.
 */
export function createLinks(ports: LinkPorts, inbox: LinkInbox): Links {
  const { electron, publisher, clock, focus, window, speech, log } = ports;
  let stopWaiting = (): void => {};

  const isOnPanel = (id: string): boolean => publisher.state().interactions.some(({ interaction }) => interaction.id === id);
  const go = (interactionId: string): void => {
    publisher.publish({ kind: "notice-cleared", id: NOTICE_ID });
    focus({ kind: "interaction", interactionId });
  };
  const refuse = (saying: Saying): void => {
    publisher.publish({ kind: "notice", notice: { id: NOTICE_ID, level: "warning", since: clock.now(), ...saying } });
    window.show();
  };
  const missing = (): void => {
    log("warn", "link not followed", { reason: "not on the panel" });
    refuse(speech.words().changes.linkElsewhere);
  };

  const waitFor = (id: string): void => {
    const stop = publisher.subscribe(() => {
      if (!isOnPanel(id)) return;
      stopWaiting();
      go(id);
    });
    const cancel = clock.after(START_WAIT_MS, () => {
      stopWaiting();
      missing();
    });
    stopWaiting = () => {
      stopWaiting = () => {};
      stop();
      cancel();
    };
  };

  const follow = (link: string, when: "start" | "later"): void => {
    // The newer click is the one that is meant.
    stopWaiting();
    const parsed = parseLink(link);
    if (!parsed.ok) {
      log("warn", "link not followed", { reason: parsed.error });
      refuse(speech.words().changes.linkForeign);
    } else if (isOnPanel(parsed.value)) go(parsed.value);
    else if (when === "later") missing();
    // The platform has not been heard yet.
    else waitFor(parsed.value);
  };

  const { app } = electron;
  if (app.isPackaged && !app.isDefaultProtocolClient(LINK_SCHEME)) app.setAsDefaultProtocolClient(LINK_SCHEME);
  const release = inbox.take(follow);
  return {
    follow: (link) => {
      follow(link, "later");
    },
    [Symbol.dispose]() {
      release();
      stopWaiting();
    },
  };
}
