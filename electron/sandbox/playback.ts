import type { Call, CallLine } from "./call.ts";
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

/** The calls of the sandbox as they go on. */
export interface Playback extends Disposable {
  /** Begins; calls after the first do nothing. */
  start(): void;
  /** Plays `call` at once beside the others (or first, where playback has not begun). Returns its interaction id. */
  play(call: Call): string;
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
/** A recogniser's first guesses: how long before the final form, and how much of the line they have. */
const INTERIMS = [
  { beforeMs: 1_500, share: 0.4 },
  { beforeMs: 700, share: 0.75 },
] as const;
const INTERIM_MIN_WORDS = 8;
/** Timers that are longer than 2^31 ms fire at once; a very slow playback waits in pieces. */
const MAX_TIMER_MS = 1_000_000_000;
/** Every other customer line that is long enough has interim forms, the first one among them. */
const INTERIM_EVERY = 2;

interface Step {
  readonly atMs: number;
  readonly run: () => void;
}

interface LiveCall {
  readonly id: string;
  readonly call: Call;
  sequence: number;
}

/** Plays calls by their offsets; nothing happens before `start`. */
export function createPlayback(options: PlaybackOptions): Playback {
  const { clock } = options;
  const live = new Map<string, LiveCall>();
  const waiting: { readonly id: string; readonly call: Call }[] = [];
  const cancels = new Set<() => void>();
  let position = 0;
  let started = false;
  let extra = 0;

  const after = (delayMs: number, fire: () => void): void => {
    const now = Math.min(delayMs, MAX_TIMER_MS);
    const cancel = clock.after(now, () => {
      cancels.delete(cancel);
      if (delayMs > now) after(delayMs - now, fire);
      else fire();
    });
    cancels.add(cancel);
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

  const next = (): { readonly id: string; readonly call: Call } | null => {
    const queued = waiting.shift();
    if (queued !== undefined) return queued;
    const count = options.calls.length;
    if (count === 0 || (position >= count && !options.loop)) return null;
    const call = options.calls[position % count];
    const round = Math.floor(position / count);
    position += 1;
    return call === undefined ? null : { id: round === 0 ? call.id : `${call.id}-${String(round + 1)}`, call };
  };

  const playCall = ({ id, call }: { readonly id: string; readonly call: Call }, ended: () => void): void => {
    const entry: LiveCall = { id, call, sequence: 0 };
    live.set(id, entry);
    const begun = clock.monotonic();
    const steps = stepsOf(entry, send);
    const lastMs = steps.at(-1)?.atMs ?? 0;
    const runFrom = (at: number): void => {
      const step = steps[at];
      if (step === undefined) return;
      // From the beginning of the call, so that late timers do not add up.
      after(Math.max(0, begun + step.atMs / options.speed - clock.monotonic()), () => {
        step.run();
        runFrom(at + 1);
      });
    };
    steps.push({
      atMs: lastMs + HANG_UP_MS,
      run: () => {
        live.delete(id);
        send(entry, { status: "ended" });
        ended();
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

  const freshId = (base: string): string => {
    extra += 1;
    return `${base}-extra-${String(extra)}`;
  };

  return {
    start() {
      if (started) return;
      started = true;
      for (let line = 0; line < options.lines; line += 1) occupyLine();
    },
    play(call) {
      const taken = options.calls.some((one) => one.id === call.id) || live.has(call.id) || waiting.some((one) => one.id === call.id);
      const entry = { id: taken ? freshId(call.id) : call.id, call };
      if (started) playCall(entry, () => undefined);
      else waiting.push(entry);
      return entry.id;
    },
    say(line) {
      const id = line.interactionId ?? [...live.keys()].at(-1) ?? freshId("said");
      const entry = live.get(id) ?? { id, call: SPOKEN_IN, sequence: 0 };
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
      cancels.clear();
      live.clear();
    },
  };
}

/** The call that lines belong to which are said outside any other. */
const SPOKEN_IN: Call = { id: "said", channel: "voice", queue: "Practice", language: "en", lines: [] };

function stepsOf(entry: LiveCall, send: (entry: LiveCall, rest: Partial<UpdatePayload>) => void): Step[] {
  const steps: Step[] = [];
  let previousMs = 0;
  let long = 0;
  for (const line of entry.call.lines) {
    const words = line.text.split(" ");
    const utteranceId = `${entry.id}-${String(line.index)}`;
    // The number is taken by whatever form of the line goes out first, and kept by its successors.
    let sequence: number | null = null;
    const say = (text: string, final: boolean) => (): void => {
      sequence ??= entry.sequence += 1;
      send(entry, {
        utteranceId,
        sequence,
        speaker: line.speaker,
        transcript: text,
        sentimentScore: line.sentimentScore,
        final,
      });
    };
    const guessable = entry.call.channel === "voice" && line.speaker !== "agent" && words.length >= INTERIM_MIN_WORDS;
    if (guessable) long += 1;
    for (const { beforeMs, share } of guessable && long % INTERIM_EVERY === 1 ? INTERIMS : []) {
      const atMs = line.offsetMs - beforeMs;
      if (atMs <= previousMs) continue;
      steps.push({ atMs, run: say(words.slice(0, Math.ceil(words.length * share)).join(" "), false) });
    }
    steps.push({ atMs: line.offsetMs, run: say(line.text, true) });
    previousMs = line.offsetMs;
  }
  return steps;
}
