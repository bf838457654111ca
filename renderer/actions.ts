import { createStore, type StoreApi } from "zustand/vanilla";
import type { ConnectionName } from "../shared/connection.ts";
import type { Fault } from "../shared/fault.ts";
import { describeFault } from "./texts/fault-words.ts";
import type { Result } from "../shared/result.ts";
import type { SettingsPatch } from "../shared/settings.ts";
import type { Disposition } from "../shared/suggestion.ts";
import type { Bridge } from "./bridge.ts";
import { type BridgeActions, createBridgeActions } from "./bridge-actions.ts";
import { createDesktopActions, type DesktopActions } from "./desktop-actions.ts";
import type { CardItem } from "./panel/card-order.ts";
import { createSimulationActions, type SimulationActions } from "./simulation-actions.ts";
import { texts } from "./texts.ts";

/** Something that the agent asked for and that did not work, in words. */
interface Problem {
  readonly what: string;
  readonly remedy: string;
}

/** What a person can do, as the components call it. Failures land in `problem`, except those of settings, simulations, the bridge and the desktop. */
export interface Actions {
  readonly problem: StoreApi<{ readonly problem: Problem | null }>;
  /** Puts the card's text on the clipboard and records it; false when the clipboard refused. */
  readonly copy: (item: CardItem) => Promise<boolean>;
  readonly record: (item: CardItem, disposition: Disposition, undone?: boolean) => void;
  /** Records that a card has really been on screen: once, however often it comes into view. */
  readonly displayed: (item: CardItem) => void;
  readonly pin: (item: CardItem, pinned: boolean) => void;
  readonly reveal: (interactionId: string) => void;
  /** Asks for a new connection at once; the answer says whether one was begun. */
  readonly retry: (name: ConnectionName) => Promise<Result<null, Fault>>;
  readonly closeInteraction: (interactionId: string) => void;
  readonly dismissNotice: (id: string) => void;
  /** Says something that did not work, in words; a lost host has its own. */
  readonly report: (fault: Fault) => void;
  readonly clearProblem: () => void;
  /** Switches quiet mode from outside of the settings. */
  readonly setQuiet: (quiet: boolean) => void;
  /** Changes settings; the caller shows a refusal at the field. */
  readonly changeSettings: (patch: SettingsPatch) => Promise<Result<null, Fault>>;
  readonly simulations: SimulationActions;
  readonly bridge: BridgeActions;
  readonly desktop: DesktopActions;
  /** Gives any command; for views that bring actions of their own when they are opened. */
  readonly give: Bridge["call"];
  /** Puts any text on the clipboard; false when the clipboard refused. */
  readonly copyText: (text: string) => Promise<boolean>;
}

/** More than a day's worth of cards; the oldest are forgotten first. */
const MAX_DISPLAYED = 5_000;

/** Binds the actions to main and to the clipboard (`writeText` rejects when it may not write). */
export function createActions(bridge: Bridge, writeText: (text: string) => Promise<void>): Actions {
  const problem: Actions["problem"] = createStore(() => ({ problem: null }));
  const report = (fault: Fault): void => {
    const { what, remedy } = describeFault(fault);
    problem.setState({ problem: { what, remedy } });
  };
  const run = async <T>(call: Promise<Result<T, Fault>>): Promise<Result<T, Fault>> => {
    const answer = await call;
    // A lost host has its own banner, and a card that main has let go of needs no words.
    if (!answer.ok && answer.error.code !== "network" && answer.error.code !== "not-found-here") report(answer.error);
    return answer;
  };
  const record: Actions["record"] = (item, disposition, undone = false) => {
    const card = { interactionId: item.set.interactionId, suggestionId: item.suggestion.id };
    void run(bridge.call("suggestion.record", { ...card, disposition, undone }));
  };
  const copyText: Actions["copyText"] = async (text) => {
    try {
      await writeText(text);
      return true;
    } catch {
      return false;
    }
  };
  const told = new Set<string>();
  return {
    problem,
    record,
    displayed(item) {
      const { id } = item.suggestion;
      if (item.card.displayed || told.has(id)) return;
      told.add(id);
      const [oldest] = told;
      if (told.size > MAX_DISPLAYED && oldest !== undefined) told.delete(oldest);
      record(item, "displayed");
    },
    async copy(item) {
      if (await copyText(item.suggestion.text)) {
        record(item, "copied");
        return true;
      }
      problem.setState({ problem: { what: texts.card.copyFailed, remedy: "" } });
      return false;
    },
    copyText,
    simulations: createSimulationActions(bridge),
    bridge: createBridgeActions(bridge),
    desktop: createDesktopActions((name, input) => bridge.call(name, input)),
    give: (name, input) => bridge.call(name, input),
    pin(item, pinned) {
      const card = { interactionId: item.set.interactionId, suggestionId: item.suggestion.id };
      void run(bridge.call("suggestion.pin", { ...card, pinned }));
    },
    reveal(interactionId) {
      void run(bridge.call("suggestions.reveal", { interactionId }));
    },
    retry(name) {
      return run(bridge.call("connection.retry", { name }));
    },
    closeInteraction(interactionId) {
      void run(bridge.call("interaction.close", { interactionId }));
    },
    dismissNotice(id) {
      void run(bridge.call("notice.dismiss", { id }));
    },
    report(fault) {
      if (fault.code !== "network") report(fault);
    },
    clearProblem() {
      problem.setState({ problem: null });
    },
    setQuiet(quiet) {
      void run(bridge.call("settings.change", { display: { quiet } }));
    },
    changeSettings(patch) {
      return bridge.call("settings.change", patch);
    },
  };
}
