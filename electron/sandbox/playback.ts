import type { Call, CallLine } from "./call.ts";
import { stepsOf } from "./call-steps.ts";
import type { SandboxClock } from "./sandbox-clock.ts";

/** What the stream says of an interaction (contract 2.1). */
export interface UpdatePayload {
  readonly interactionId: string;
  readonly agentId: string;
  readonly timestamp: string;
  readonly customerName?: string;
  readonly channel?: string;
  readonly queue?: string;
  readonly utteranceId?: string;
  readonly sequence?: number;
  readonly speaker?: CallLine["speaker"];
  readonly transcript?: string;
  readonly sentimentScore?: number;
  readonly final?: boolean;
  readonly status?: "ended";
  readonly context?: Readonly<Record<string, string>>;
}

/** A line that is put in from outside while calls are played. */
export interface InjectedLine {
  readonly interactionId?: string | undefined;
  readonly text: string;
  readonly speaker?: CallLine["speaker"] | undefined;
  readonly sentimentScore?: number | undefined;
}

/** How one call is played that was asked for. */
export interface Playing {
  /** 2 plays twice as fast as life; that of the playback unless given. */
  readonly speed?: number;
  /** The call is over, whoever hung up; what was said last may still be on its way. Called once. */
  readonly onEnd?: () => void;
}

/** The calls of the sandbox as they go on. */
export interface Playback extends Disposable {
  /** Begins; calls after the first do nothing. */
  start(): void;
  /** Plays `call` at once beside the others (or first, where playback has not begun). Returns its interaction id. */
  play(call: Call, playing?: Playing): string;
  /** Ends a call that is under way or waits; false where there is none of this id. */
  hangUp(interactionId: string): boolean;
  /** Ends every call, and lets none begin by itself until `resume`. */
  hold(): void;
  /** Lets the calls follow one another again where they were held. */
  resume(): void;
  /** Says something in a call that is under way (the latest, if none is named) or in a new one. */
  say(line: InjectedLine): { readonly interactionId: string; readonly utteranceId: string };
}

export interface PlaybackOptions {
  readonly calls: readonly Call[];
  /** How many calls go on side by side. */
  readonly lines: number;
  /** 2 plays twice as fast as life. */
  readonly speed: number;
  /** Begins the list again at its end, with fresh interaction ids. */
  readonly loop: boolean;
  readonly agentId: string;
  readonly clock: SandboxClock;
  readonly emit: (payload: UpdatePayload) => void;
}

/** After the last line, and before the next call on the same line, in call time. */
const HANG_UP_MS = 1_500;
const NEXT_CALL_MS = 2_500;
/** Timers that are longer than 2^31 ms fire at once; a very slow playback waits in pieces. */
const MAX_TIMER_MS = 1_000_000_000;
interface LiveCall {
  readonly id: string;
  readonly call: Call;
  sequence: number;
  /** Takes back what is still to be said. */
  cancel: () => void;
  readonly onEnd: () => void;
}

/** A call that was chosen and has not begun. */
interface Chosen {
  readonly id: string;
  readonly call: Call;
  readonly playing: Playing;
}

/** Plays calls by their offsets; nothing happens before `start`. */
export function createPlayback(options: PlaybackOptions): Playback {
  const { clock } = options;
  const live = new Map<string, LiveCall>();
  const waiting: Chosen[] = [];
  const cancels = new Set<() => void>();
  let position = 0;
  let started = false;
  let held = false;
  let extra = 0;

  const after = (delayMs: number, fire: () => void): (() => void) => {
    let cancelPiece = (): void => undefined;
    const cancel = (): void => {
      cancels.delete(cancel);
      cancelPiece();
    };
    const wait = (leftMs: number): void => {
      const now = Math.min(leftMs, MAX_TIMER_MS);
      cancelPiece = clock.after(now, () => {
        if (leftMs > now) {
          wait(leftMs - now);
          return;
        }
        cancels.delete(cancel);
        fire();
      });
    };
    cancels.add(cancel);
    wait(delayMs);
    return cancel;
  };

  const send = (entry: LiveCall, rest: Partial<UpdatePayload>): void => {
    const { call } = entry;
    options.emit({
      interactionId: entry.id,
      agentId: options.agentId,
      timestamp: new Date(clock.now()).toISOString(),
      ...(call.customerName === undefined ? {} : { customerName: call.customerName }),
      channel: call.channel,
      queue: call.queue,
      context: { language: call.language, channel: call.channel },
      ...rest,
    });
  };

  const next = (): Chosen | null => {
    const queued = waiting.shift();
    if (queued !== undefined) return queued;
    const count = options.calls.length;
    if (count === 0 || (position >= count && !options.loop)) return null;
    const call = options.calls[position % count];
    const round = Math.floor(position / count);
    position += 1;
    return call === undefined ? null : { id: round === 0 ? call.id : `${call.id}-${String(round + 1)}`, call, playing: {} };
  };

  /** Whoever hangs up: the call is over, and is told to be. */
  const end = (entry: LiveCall): void => {
    entry.cancel();
    live.delete(entry.id);
    send(entry, { status: "ended" });
    entry.onEnd();
  };

  const playCall = ({ id, call, playing: { speed = options.speed, onEnd = () => undefined } }: Chosen, goOn: () => void): void => {
    const entry: LiveCall = { id, call, sequence: 0, cancel: () => undefined, onEnd };
    live.set(id, entry);
    const numbers = new Map<string, number>();
    const begun = clock.monotonic();
    const steps = stepsOf(id, call, (line) => {
      // The number is taken by whatever form of the line goes out first, and kept by its successors.
      const sequence = numbers.get(line.utteranceId) ?? (entry.sequence += 1);
      numbers.set(line.utteranceId, sequence);
      send(entry, { ...line, sequence });
    });
    const lastMs = steps.at(-1)?.atMs ?? 0;
    const runFrom = (at: number): void => {
      const step = steps[at];
      if (step === undefined) return;
      // From the beginning of the call, so that late timers do not add up.
      entry.cancel = after(Math.max(0, begun + step.atMs / speed - clock.monotonic()), () => {
        step.run();
        runFrom(at + 1);
      });
    };
    steps.push({
      atMs: lastMs + HANG_UP_MS,
      run: () => {
        end(entry);
        goOn();
      },
    });
    runFrom(0);
  };

  const occupyLine = (): void => {
    const upcoming = next();
    if (upcoming === null) return;
    playCall(upcoming, () => {
      after(NEXT_CALL_MS / options.speed, occupyLine);
    });
  };

  const occupyLines = (): void => {
    for (let line = 0; line < options.lines; line += 1) occupyLine();
  };

  const freshId = (base: string): string => {
    extra += 1;
    return `${base}-extra-${String(extra)}`;
  };

  return {
    start() {
      if (started) return;
      started = true;
      if (!held) occupyLines();
      else for (const chosen of waiting.splice(0)) playCall(chosen, () => undefined);
    },
    play(call, playing = {}) {
      const taken = options.calls.some((one) => one.id === call.id) || live.has(call.id) || waiting.some((one) => one.id === call.id);
      const chosen: Chosen = { id: taken ? freshId(call.id) : call.id, call, playing };
      if (started) playCall(chosen, () => undefined);
      else waiting.push(chosen);
      return chosen.id;
    },
    hangUp(interactionId) {
      const entry = live.get(interactionId);
      if (entry !== undefined) {
        end(entry);
        return true;
      }
      const at = waiting.findIndex((one) => one.id === interactionId);
      const [chosen] = at < 0 ? [] : waiting.splice(at, 1);
      chosen?.playing.onEnd?.();
      return chosen !== undefined;
    },
    hold() {
      held = true;
      for (const cancel of cancels) cancel();
      for (const entry of live.values()) end(entry);
      for (const { playing } of waiting.splice(0)) playing.onEnd?.();
    },
    resume() {
      if (!held) return;
      held = false;
      if (started) occupyLines();
    },
    say(line) {
      const id = line.interactionId ?? [...live.keys()].at(-1) ?? freshId("said");
      const entry = live.get(id) ?? { id, call: SPOKEN_IN, sequence: 0, cancel: () => undefined, onEnd: () => undefined };
      live.set(id, entry);
      entry.sequence += 1;
      const utteranceId = `${id}-said-${String(entry.sequence)}`;
      send(entry, {
        utteranceId,
        sequence: entry.sequence,
        speaker: line.speaker ?? "customer",
        transcript: line.text,
        sentimentScore: line.sentimentScore ?? 0,
        final: true,
      });
      return { interactionId: id, utteranceId };
    },
    [Symbol.dispose]() {
      for (const cancel of cancels) cancel();
      live.clear();
    },
  };
}

/** The call that lines belong to which are said outside any other. */
const SPOKEN_IN: Call = { id: "said", channel: "voice", queue: "Practice", language: "en", lines: [] };
