import type { AssistEvent } from "../../shared/assist-event.ts";
import type { Clock } from "../../shared/clock.ts";
import type { PanelUpdate } from "../../shared/panel-update.ts";
import type { PracticeScore, PracticeStart, PracticeView } from "../../shared/practice.ts";
import { err, ok } from "../../shared/result.ts";
import type { TriggerSettings } from "../../shared/settings.ts";
import type { FilePort } from "../files/file-port.ts";
import type { DispositionEvent } from "../host/commands.ts";
import type { PracticeCommands } from "../host/practice-commands.ts";
import type { TitledCall } from "../sandbox/practice-list.ts";
import type { Sandbox } from "../sandbox/sandbox.ts";
import { choiceOf } from "./practice-calls.ts";
import { clearFaults, easeFaults, setFault } from "./practice-faults.ts";
import { hear, momentsOf, newRound, roundEventOf, tallyOf, type PracticeRound, type RoundEvent } from "./practice-round.ts";
import type { Notices } from "./notices.ts";
import { englishSpeech, type Speech } from "../words/speech.ts";
import { openPracticeScores, type KeptRound } from "./practice-scores.ts";
import { scoresNotice, SCORES_NOTICE } from "./practice-notice.ts";

/** After the call is over, until what was said last must have arrived; ms. */
const LAST_WORDS_MS = 2_000;
/** As long as the panel may be before nobody: a page is loaded again, a window is out of the way for a moment; ms. */
const UNATTENDED_MS = 60_000;

/** Where calls are played, and where scores are kept. */
export interface PracticeGround {
  readonly calls: readonly TitledCall[];
  readonly sandbox: Pick<Sandbox, "play" | "hangUp" | "hold" | "resume" | "setFault">;
  /** Outlives the program. */
  readonly scoresFolder: string;
}

export interface PracticeDeskOptions {
  readonly ground: PracticeGround;
  readonly clock: Clock;
  readonly files: FilePort;
  readonly newId: () => string;
  /** The rules that hold now; null while agent assist is off. */
  readonly triggers: () => TriggerSettings | null;
  /** The interactions that are on the panel. */
  readonly onPanel: () => readonly string[];
  /** In which language the calls are presented; English unless given. */
  readonly speech?: Pick<Speech, "words" | "onChange">;
  readonly publish: (update: PanelUpdate) => void;
  readonly notices: Pick<Notices, "raise" | "clear">;
}

/** Practice for one person: she chooses a call, it plays alone, and what she made of it is scored. Disposing keeps what was done. */
export interface PracticeDesk extends AsyncDisposable {
  readonly commands: PracticeCommands;
  /** Hears agent assist, after the panel. */
  assist(event: AssistEvent): void;
  /** Hears what the agent does with suggestions. */
  disposition(event: DispositionEvent): void;
  /** The rules have changed. */
  rulesChanged(): void;
  /** Whether the panel is before anybody. A call that plays to nobody is interrupted: after a minute, or where it ends before. */
  attend(isAttended: boolean): void;
}

interface Running {
  readonly id: string;
  readonly start: PracticeStart;
  readonly interactionId: string;
  readonly startedAt: number;
  round: PracticeRound;
  cancelEnd: () => void;
}

type Mode = { readonly kind: "free" } | { readonly kind: "ready"; readonly scoreId: string | null; readonly interactionId: string } | { readonly kind: "running"; readonly running: Running };

/**
 * Lets calls be chosen on a practice platform. A round is kept from its first moment on, as interrupted until it ends, so
 * that a program that is killed leaves what was done.
 */
export function createPracticeDesk({ ground, clock, files, newId, triggers, onPanel, publish, notices, speech = englishSpeech }: PracticeDeskOptions): PracticeDesk {
  const { calls, sandbox } = ground;
  let choice = choiceOf(calls, triggers(), speech.words().practiceCalls);
  let mode: Mode = { kind: "free" };
  let isAttended = true;
  let stopWaiting = (): void => {};
  const scores = openPracticeScores({
    files,
    folder: ground.scoresFolder,
    now: () => clock.now(),
    onRead: () => {
      tell();
    },
    onTrouble(trouble) {
      if (trouble === null) notices.clear(SCORES_NOTICE);
      else notices.raise(scoresNotice(trouble));
    },
  });

  const stateOf = (): PracticeView["state"] => {
    if (mode.kind === "free") return { kind: "free" };
    if (mode.kind === "ready") return { kind: "ready", scoreId: mode.scoreId };
    const { start, interactionId, startedAt, round } = mode.running;
    const { secondsToUse: _, ...tally } = tallyOf(momentsOf(round));
    return { kind: "running", ...start, interactionId, since: startedAt, tally };
  };
  const tell = (): void => {
    const running = mode.kind === "running" ? mode.running.id : null;
    const kept = scores.all().flatMap(({ score }) => (score.id === running ? [] : [score]));
    publish({ kind: "practice", view: { calls: choice, state: stateOf(), scores: kept } });
  };

  /** Closes what is none of this round's: it would be another call beside the one that was chosen. */
  const clearPanel = (except: string): void => {
    for (const interactionId of onPanel()) if (interactionId !== except) publish({ kind: "interaction-closed", interactionId });
  };

  const keep = ({ id, start, startedAt, round }: Running, end: PracticeScore["end"]): KeptRound => {
    const moments = momentsOf(round);
    const kept = { score: { id, ...start, startedAt, endedAt: Math.max(startedAt, clock.now()), end, ...tallyOf(moments) }, moments };
    scores.put(kept);
    return kept;
  };

  /** Ends the round that goes on, where one does. */
  const end = (how: PracticeScore["end"]): void => {
    if (mode.kind !== "running") return;
    const { running } = mode;
    // First: to hang up is to end it, too.
    mode = { kind: "ready", scoreId: running.id, interactionId: running.interactionId };
    running.cancelEnd();
    sandbox.hangUp(running.interactionId);
    easeFaults(sandbox);
    // Stopped before anything came of it, it is no round.
    const kept = how === "finished" && !isAttended ? "interrupted" : how;
    if (kept === "finished" || running.round.moments.size > 0) keep(running, kept);
    else mode = { ...mode, scoreId: null };
    tell();
  };

  const learn = (event: RoundEvent | null): void => {
    if (mode.kind !== "running" || event === null) return;
    const { running } = mode;
    const before = running.round;
    running.round = hear(before, event);
    if (event.kind === "said" || running.round === before) return;
    if (running.round.moments.size > 0) keep(running, "interrupted");
    tell();
  };

  const presentAnew = (): void => {
    choice = choiceOf(calls, triggers(), speech.words().practiceCalls);
    tell();
  };

  tell();
  const stopSpeech = speech.onChange(presentAnew);

  return {
    commands: {
      async start(start) {
        const call = calls.find(({ id }) => id === start.callId);
        if (call === undefined) return err({ kind: "policy", code: "not-found-here", detail: `callId: there is no practice call ${JSON.stringify(start.callId.slice(0, 80))}` });
        end("stopped");
        sandbox.hold();
        setFault(sandbox, start.fault);
        let over = (): void => undefined;
        const interactionId = sandbox.play(call, {
          speed: start.speed,
          onEnd: () => {
            over();
          },
        });
        const running: Running = { id: newId(), start, interactionId, startedAt: clock.now(), round: newRound, cancelEnd: () => undefined };
        over = (): void => {
          // The platform may have lost the last word to a fault; then this is the end.
          running.cancelEnd = clock.after(LAST_WORDS_MS, () => {
            if (mode.kind === "running" && mode.running === running) end("finished");
          });
        };
        mode = { kind: "running", running };
        clearPanel(interactionId);
        // A round begins as a shift does: what the last one showed does not hold back its cards.
        publish({ kind: "attention", releasedAt: [] });
        tell();
        return ok(null);
      },
      async stop() {
        end("stopped");
        return ok(null);
      },
      async free() {
        end("stopped");
        mode = { kind: "free" };
        clearFaults(sandbox);
        sandbox.resume();
        tell();
        return ok(null);
      },
      async moments(scoreId) {
        const kept = scores.all().find(({ score }) => score.id === scoreId);
        return kept === undefined ? err({ kind: "policy", code: "not-found-here", detail: "this score is not kept any more" }) : ok(kept.moments);
      },
    },
    assist(event) {
      if (mode.kind === "free") return;
      const interactionId = mode.kind === "running" ? mode.running.interactionId : mode.interactionId;
      if (event.kind === "interaction" && event.interaction.id !== interactionId) {
        clearPanel(interactionId);
        return;
      }
      learn(roundEventOf(event, interactionId, clock.monotonic()));
      if (event.kind === "interaction" && event.interaction.status === "ended") end("finished");
    },
    disposition({ suggestionId, disposition, undone }) {
      learn({ kind: "did", suggestionId, disposition, undone, at: clock.monotonic() });
    },
    rulesChanged: presentAnew,
    attend(now) {
      isAttended = now;
      stopWaiting();
      if (!now) {
        stopWaiting = clock.after(UNATTENDED_MS, () => {
          end("interrupted");
        });
      }
    },
    async [Symbol.asyncDispose]() {
      stopWaiting();
      stopSpeech();
      end("interrupted");
      await scores[Symbol.asyncDispose]();
    },
  };
}
