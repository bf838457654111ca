import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { emptyMirror, loseHost, type Mirror, receivePush, receiveSnapshot } from "../../renderer/mirror.ts";
import type { UpdatesPush } from "../../shared/panel.ts";
import { applyUpdates, emptyPanelState } from "../../shared/panel-state.ts";
import type { PanelUpdate } from "../../shared/panel-update.ts";
import { fixtureSettings } from "../support/panel-parts.ts";

const start = emptyPanelState(fixtureSettings);

function notice(id: number): PanelUpdate {
  return {
    kind: "notice",
    notice: { id: String(id), level: "warning", what: `notice ${id}`, effect: "", remedy: "", since: id },
  };
}

function push(from: number, count = 1): UpdatesPush {
  return { kind: "updates", from, updates: Array.from({ length: count }, (_, index) => notice(from + index)) };
}

/** Main's state after update `number`. */
function truth(number: number) {
  return applyUpdates(start, push(1, number).updates);
}

const live = (number: number): Mirror => ({ kind: "live", state: truth(number), number });

describe("the panel's copy of main's state", () => {
  it("keeps pushes that come before the snapshot and applies those that it lacks", () => {
    const waiting = [push(3), push(4, 2)].reduce(receivePush, emptyMirror);
    expect(receiveSnapshot(waiting, { number: 3, state: truth(3) })).toEqual(live(5));
  });

  it("applies a push that follows on", () => {
    expect(receivePush(live(4), push(5, 3))).toEqual(live(7));
  });

  it("ignores a push that it holds already and takes only the new part of one that overlaps", () => {
    const mirror = live(5);
    expect(receivePush(mirror, push(3, 3))).toBe(mirror);
    expect(receivePush(mirror, push(4, 4))).toEqual(live(7));
  });

  it("falls behind on a gap, keeps what it knew to look at, and catches up with the next snapshot", () => {
    const behind = receivePush(live(2), push(5));
    expect(behind).toMatchObject({ kind: "behind", state: truth(2) });
    expect(receiveSnapshot(behind, { number: 4, state: truth(4) })).toEqual(live(5));
  });

  it("stays behind when even the queue has a gap after the snapshot", () => {
    const behind = [push(5), push(9)].reduce(receivePush, live(2));
    const after = receiveSnapshot(behind, { number: 4, state: truth(4) });
    expect(after).toMatchObject({ kind: "behind", state: truth(5) });
    expect(receiveSnapshot(after, { number: 8, state: truth(8) })).toEqual(live(9));
  });

  it("does not let a late snapshot take back what was applied since", () => {
    const mirror = live(6);
    expect(receiveSnapshot(mirror, { number: 4, state: truth(4) })).toBe(mirror);
  });

  it("believes a host that starts again from a lower number", () => {
    const lost = loseHost(live(500));
    expect(lost).toEqual({ kind: "behind", state: truth(500), queued: [] });
    expect(receiveSnapshot(lost, { number: 2, state: truth(2) })).toEqual(live(2));
  });

  it("converges whatever is lost, repeated or out of order, once a snapshot is asked for while behind", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 5 })), { maxLength: 40 }), (sent) => {
        let main = 0;
        let mirror: Mirror = receiveSnapshot(emptyMirror, { number: 0, state: start });
        for (const [from, count] of sent) {
          main = Math.max(main, from + count - 1);
          mirror = receivePush(mirror, push(from, count));
          if (mirror.kind === "live") expect(mirror.state).toEqual(truth(mirror.number));
        }
        if (mirror.kind === "behind") mirror = receiveSnapshot(mirror, { number: main, state: truth(main) });
        expect(mirror).toEqual(live(main));
      }),
    );
  });
});
