import type { FaultBoard } from "./faults.ts";
import type { UpdatePayload } from "./playback.ts";

/** What goes over the socket: text frames, or bytes for a binary one. */
export type WireFrame = string | Uint8Array;

const OVERSIZED_BYTES = 5_000_000;
const DEEP_LEVELS = 20_000;
const FOREIGN_LINES = ["I want a refund and I want it now", "then cancel it", "I have a complaint", "please escalate this"];
const BAD_SCORES: readonly unknown[] = [7, -1.5, "low", null, [0.5], true];

/** Turns each update into the frames that really go out, with the faults that are set. */
export interface StreamFaults {
  framesOf(payload: UpdatePayload): readonly WireFrame[];
  /** What was held back to change places and has had no successor. */
  flush(): readonly WireFrame[];
}

/** Faults add frames or change places; the call's own frames all arrive, so what a client makes of them can be compared. */
export function createStreamFaults(faults: FaultBoard): StreamFaults {
  let held: string | null = null;
  let turn = 0;

  const foreignFrames = (payload: UpdatePayload): readonly string[] =>
    Array.from({ length: faults.values.foreign ?? 0 }, (_, at) =>
      updateFrame({
        ...payload,
        agentId: `agent-elsewhere-${String(at + 1)}`,
        interactionId: `elsewhere-${String(at + 1)}`,
        utteranceId: `elsewhere-${String(at + 1)}-${String(turn)}`,
        speaker: "customer",
        transcript: FOREIGN_LINES[(turn + at) % FOREIGN_LINES.length] ?? "",
        sentimentScore: -0.8,
        final: true,
      }),
    );

  const intruders = (payload: UpdatePayload): readonly WireFrame[] => {
    const { values } = faults;
    const frames: WireFrame[] = [...foreignFrames(payload)];
    if (faults.strikes(values.malformed)) frames.push(malformedFrame(turn, payload));
    if (faults.strikes(values.binary)) frames.push(Uint8Array.from({ length: 64 }, (_, at) => (at * 37) % 256));
    if (faults.strikes(values.deep)) frames.push(deepFrame(payload));
    if (faults.strikes(values.oversized)) frames.push(updateFrame({ ...payload, transcript: "x".repeat(OVERSIZED_BYTES) }));
    return frames;
  };

  const ownFrame = (payload: UpdatePayload): string => {
    const text =
      faults.values.html === "on" && payload.transcript !== undefined
        ? { transcript: `${payload.transcript} <img src=x onerror="document.title='broken'"><b>bold</b>` }
        : {};
    const score =
      payload.transcript !== undefined && faults.strikes(faults.values["bad-score"])
        ? { sentimentScore: BAD_SCORES[turn % BAD_SCORES.length] }
        : {};
    return updateFrame({ ...payload, ...text, ...score });
  };

  return {
    framesOf(payload) {
      turn += 1;
      const frames: WireFrame[] = [...intruders(payload)];
      const own = ownFrame(payload);
      if (held === null && payload.status === undefined && faults.strikes(faults.values["out-of-order"])) {
        held = own;
        return frames;
      }
      frames.push(own);
      if (held !== null) frames.push(held);
      held = null;
      if (faults.strikes(faults.values.duplicates)) frames.push(own);
      return frames;
    },
    flush() {
      const frames = held === null ? [] : [held];
      held = null;
      return frames;
    },
  };
}

function updateFrame(payload: object): string {
  return JSON.stringify({ type: "INTERACTION_UPDATE", payload });
}

/** One way after the other in which a frame can break the contract. */
function malformedFrame(turn: number, payload: UpdatePayload): string {
  const { interactionId: _, ...nameless } = payload;
  const ways = [
    updateFrame(payload).slice(0, 40),
    "not json at all",
    "[]",
    "42",
    "null",
    '{"type":"INTERACTION_UPDATE"}',
    '{"type":"INTERACTION_UPDATE","payload":[]}',
    updateFrame(nameless),
    updateFrame({ ...payload, interactionId: { id: 1 } }),
    updateFrame({ ...payload, interactionId: "" }),
    updateFrame({ ...payload, transcript: { text: "refund" } }),
    "",
  ];
  return ways[turn % ways.length] ?? "";
}

function deepFrame(payload: UpdatePayload): string {
  const deep = `${'{"a":'.repeat(DEEP_LEVELS)}1${"}".repeat(DEEP_LEVELS)}`;
  return `{"type":"INTERACTION_UPDATE","payload":{"interactionId":${JSON.stringify(payload.interactionId)},"agentId":${JSON.stringify(payload.agentId)},"context":${deep}}}`;
}
