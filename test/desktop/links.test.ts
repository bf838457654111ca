import { describe, expect, test } from "vitest";
import { createInstanceWatch } from "../../electron/desktop/instance-watch.ts";
import type { LinkInbox } from "../../electron/desktop/link-inbox.ts";
import { createLinks } from "../../electron/desktop/links.ts";
import { createAlertBench } from "../support/alert-bench.ts";
import { openInteraction } from "../support/sample-panel.ts";

function opened(more: { readonly first?: string; readonly isPackaged?: boolean; readonly registered?: boolean; readonly ids?: readonly string[] } = {}) {
  const bench = createAlertBench({}, { isPackaged: more.isPackaged ?? true });
  if (more.registered === true) bench.links.registered.add("callside");
  for (const id of more.ids ?? ["talk", "ended call", "50%"]) bench.publisher.publish(openInteraction(id));
  let system: ((link: string, when: "start" | "later") => void) | null = null;
  const inbox: LinkInbox = {
    take(follow) {
      system = follow;
      if (more.first !== undefined) follow(more.first, "start");
      return () => {
        system = null;
      };
    },
  };
  const links = createLinks(bench.ports, inbox);
  return {
    ...bench,
    links,
    system: (link: string) => system?.(link, "later"),
    isHeard: () => system !== null,
    asked: () => bench.links.asked(),
    notice: () => bench.publisher.state().notices.find(({ id }) => id === "link"),
  };
}

describe("a link", () => {
  test("to an interaction on the panel brings it to the front, and what was said of an earlier one goes", () => {
    const { links, system, focused, shows, notice } = opened();
    links.follow("callside://interaction/nobody");
    links.follow("callside://interaction/ended%20call");
    system("callside://interaction/50%25");
    expect(focused).toEqual([{ kind: "interaction", interactionId: "ended call" }, { kind: "interaction", interactionId: "50%" }]);
    expect([shows(), notice()]).toEqual([3, undefined]);
  });

  test("to another says so, with what to do", () => {
    const { links, focused, shows, notice, logged } = opened();
    links.follow("callside://interaction/nobody");
    expect(focused).toEqual([]);
    expect(shows()).toBe(1);
    expect(notice()).toMatchObject({ level: "warning", what: "That conversation is not on this panel.", remedy: expect.stringContaining("Look it up") });
    expect(logged).toEqual(['link not followed {"reason":"not on the panel"}']);
  });

  test("that is none of ours is refused to the person's face, with its reason in the log and none of it in either", () => {
    const { links, focused, shows, notice, logged } = opened();
    links.follow("callside://interaction/secret-4711?token=abc");
    expect(focused).toEqual([]);
    expect(shows()).toBe(1);
    expect(notice()?.what).toContain("could not be followed");
    expect(logged).toEqual(['link not followed {"reason":"a query in it"}']);
    expect(JSON.stringify([logged, notice()])).not.toMatch(/4711|abc/);
  });

  test("that started the program waits for its interaction, up to ten seconds", async () => {
    const { clock, publisher, focused, notice } = opened({ first: "callside://interaction/late", ids: [] });
    await clock.advance(9_000);
    expect(notice()).toBeUndefined();
    publisher.publish(openInteraction("other"));
    publisher.publish(openInteraction("late"));
    await clock.advance(100);
    expect(focused).toEqual([{ kind: "interaction", interactionId: "late" }]);
    await clock.advance(20_000);
    expect([focused.length, notice(), clock.pending()]).toEqual([1, undefined, 0]);
  });

  test("that started the program and whose interaction never comes is told in the end", async () => {
    const { clock, publisher, focused, notice } = opened({ first: "callside://interaction/late", ids: [] });
    await clock.advance(10_000);
    expect(notice()?.what).toContain("not on this panel");
    publisher.publish(openInteraction("late"));
    await clock.advance(1_000);
    expect(focused).toEqual([]);
  });

  test("gives way to a newer one", async () => {
    const { clock, publisher, focused, links, notice } = opened({ first: "callside://interaction/late", ids: ["talk"] });
    links.follow("callside://interaction/talk");
    publisher.publish(openInteraction("late"));
    await clock.advance(20_000);
    expect([focused, notice()]).toEqual([[{ kind: "interaction", interactionId: "talk" }], undefined]);
  });

  test("is not heard any more after the end, and nothing is left behind", async () => {
    const { links, isHeard, clock, publisher, focused } = opened({ first: "callside://interaction/late", ids: [] });
    links[Symbol.dispose]();
    expect([isHeard(), clock.pending()]).toEqual([false, 0]);
    publisher.publish(openInteraction("late"));
    await clock.advance(20_000);
    expect(focused).toEqual([]);
  });
});

test("whatever comes in, only interactions that are on the panel are brought to the front, and the panel gets nothing but one notice", () => {
  const ids = ["talk", "a b", "ä/ö", "50%", "..", "x?y#z", "a:b@c"];
  const { links, system, focused, publisher, notice } = opened({ ids });
  const random = numbers(20_260_105);
  const pick = (from: readonly string[]): string => from[Math.floor(random() * from.length)] ?? "";
  const pieces = ["callside", "CALLSIDE", "https", ":", "//", "/", "interaction", "Interaction", "settings", "@", "?", "#", ":80", "..", "%2e", "%2F", "%25", "%00", "%ff", "%", "\n", " ", "\u202e", "é", "𝕏", '"', "--config", "x".repeat(150), ...ids, ...ids.map(encodeURIComponent)];
  const before = publisher.state();
  let right = 0;
  for (let round = 0; round < 5_000; round += 1) {
    const isRight = random() < 0.3;
    const junk = (): string => Array.from({ length: Math.floor(random() * 6) }, () => pick(pieces)).join("");
    const link = isRight ? `callside://interaction/${random() < 0.5 ? encodeURIComponent(pick(ids)) : junk()}` : junk();
    if (random() < 0.5) links.follow(link);
    else system(link);
    right = focused.length;
  }
  const wanted = new Set(focused.map((target) => (target.kind === "interaction" ? target.interactionId : `kind ${target.kind}`)));
  expect(right).toBeGreaterThan(300);
  // An id of two dots cannot be written in a link.
  expect([...wanted].toSorted()).toEqual(ids.filter((id) => id !== "..").toSorted());
  const after = publisher.state();
  expect(after).toEqual({ ...before, focus: after.focus, notices: notice() === undefined ? [] : [notice()] });
});

describe("the scheme", () => {
  test.each([
    ["is registered where no installer has", { isPackaged: true }, 1],
    ["is left as it is where an installer has", { isPackaged: true, registered: true }, 0],
    ["is not taken by a checkout", { isPackaged: false }, 0],
  ])("%s", (_name, more, asked) => {
    expect(opened(more).asked()).toBe(asked);
  });
});

describe("a second start", () => {
  function watched() {
    const bench = createAlertBench();
    const followed: string[] = [];
    const watch = createInstanceWatch(bench.ports, { follow: (link) => void followed.push(link) });
    return { ...bench, followed, watch, start: (...argv: readonly string[]) => bench.appEvents.emit("second-instance", {}, argv, "/home") };
  }

  test("comes forward", () => {
    const { start, shows, followed } = watched();
    start("callside", "--enable-features=x");
    expect([shows(), followed]).toEqual([1, []]);
  });

  test("has its link followed, which is the last one, whatever Chromium put around it", () => {
    const { start, followed, shows } = watched();
    start("callside.exe", "--hidden", "callside://interaction/old", "--no-sandbox", "callside://interaction/a", "--original-process-start-time=13");
    expect([followed, shows()]).toEqual([["callside://interaction/a"], 0]);
  });

  test("that is hidden changes nothing", () => {
    const { start, followed, shows } = watched();
    start("callside", "--hidden");
    expect([shows(), followed]).toEqual([0, []]);
  });

  test("is not heard after the end", () => {
    const { start, shows, watch, appEvents } = watched();
    watch[Symbol.dispose]();
    start("callside");
    expect([shows(), appEvents.eventNames()]).toEqual([0, []]);
  });
});

/** The same numbers at every run. */
function numbers(seed: number): () => number {
  let turn = seed;
  return () => {
    turn = (turn * 48_271) % 2_147_483_647;
    return turn / 2_147_483_647;
  };
}
