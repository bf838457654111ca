import type { App } from "electron";
import { looksLikeLink } from "./deep-link.ts";

/** Links that came before anybody could follow them, and those that come later from the system. */
export interface LinkInbox {
  /** Hands over the link that waits, if one does, and every later one; returns what stops it. */
  take(follow: (link: string, when: "start" | "later") => void): () => void;
}

/** The arguments of a start, apart from a link. */
export interface StartArguments {
  readonly link: string | null;
  readonly rest: readonly string[];
}

/**
 * Takes the link out of the arguments: the last that looks like one. What follows the first such argument is dropped,
 * because a link comes last from the systems, and one that broke out of its quotes must not bring options of its own.
 */
export function takeLink(argv: readonly string[]): StartArguments {
  const first = argv.findIndex(looksLikeLink);
  return { link: argv.findLast(looksLikeLink) ?? null, rest: first === -1 ? argv : argv.slice(0, first) };
}

/**
 * Begins to hear the links that macOS hands over, which it may do before the program is ready: call it before anything
 * is awaited. `first`: the link that the program was started with. Of several that wait only the last counts: it is what
 * the person wanted last. Lives as long as the process does.
 */
export function hearLinks(app: Pick<App, "on">, first: string | null): LinkInbox {
  let waiting = first;
  let follow: ((link: string, when: "start" | "later") => void) | null = null;
  app.on("open-url", (event, link) => {
    event.preventDefault();
    if (follow === null) waiting = link;
    else follow(link, "later");
  });
  return {
    take(next) {
      follow = next;
      const link = waiting;
      waiting = null;
      if (link !== null) next(link, "start");
      return () => {
        if (follow === next) follow = null;
      };
    },
  };
}
