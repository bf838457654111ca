import { describe, expect, test } from "vitest";
import { looksLikeLink, parseLink } from "../../electron/desktop/deep-link.ts";
import { hearLinks, takeLink } from "../../electron/desktop/link-inbox.ts";
import { err, ok } from "../../shared/result.ts";
import { EventEmitter } from "node:events";
import type { App } from "electron";

describe("a link to an interaction", () => {
  test.each([
    ["callside://interaction/abc", "abc"],
    ["callside://interaction/65f0c2a1-e8b3", "65f0c2a1-e8b3"],
    ["callside://interaction/a%20b", "a b"],
    ["callside://interaction/M%C3%BCller", "Müller"],
    ["callside://interaction/a%2Fb", "a/b"],
    // Decoded once, not until nothing is left.
    ["callside://interaction/a%252Fb", "a%2Fb"],
    ["callside://interaction/a:b@c;d=e,f!$&'()*+", "a:b@c;d=e,f!$&'()*+"],
    ["callside://interaction/...", "..."],
    [`callside://interaction/${"x".repeat(200)}`, "x".repeat(200)],
  ])("%s gives the id %s", (link, id) => {
    expect(parseLink(link)).toEqual(ok(id));
  });

  test.each([
    ["", "not of the form callside://"],
    ["callside:", "not of the form callside://"],
    ["callside:interaction/a", "not of the form callside://"],
    ["callside:/interaction/a", "not of the form callside://"],
    ["CALLSIDE://interaction/a", "not of the form callside://"],
    [" callside://interaction/a", "not of the form callside://"],
    ["callsides://interaction/a", "not of the form callside://"],
    ["https://interaction/a", "not of the form callside://"],
    ["javascript:alert(1)", "not of the form callside://"],
    ["callside:///a", "not about an interaction"],
    ["callside://", "not about an interaction"],
    ["callside://settings/a", "not about an interaction"],
    ["callside://Interaction/a", "not about an interaction"],
    ["callside://interaction.example/a", "not about an interaction"],
    ["callside://interaction%2Fa", "not about an interaction"],
    ["callside://agent@interaction/a", "a user name in it"],
    ["callside://agent:secret@interaction/a", "a user name in it"],
    ["callside://interaction:8080/a", "a port in it"],
    ["callside://interaction:/a", "a port in it"],
    ["callside://interaction/a?x=1", "a query in it"],
    ["callside://interaction/a?", "a query in it"],
    ["callside://interaction/a#b", "a fragment in it"],
    ["callside://interaction/a#", "a fragment in it"],
    ["callside://interaction", "no id in it"],
    ["callside://interaction/", "no id in it"],
    ["callside://interaction/.", "no id in it"],
    ["callside://interaction/..", "no id in it"],
    ["callside://interaction/%2e%2E", "no id in it"],
    ["callside://interaction/.%2e", "no id in it"],
    ["callside://interaction/a/b", "more than one path segment"],
    ["callside://interaction/a/", "more than one path segment"],
    ["callside://interaction//a", "more than one path segment"],
    ["callside://interaction/a b", "a character that has to be percent-encoded"],
    ["callside://interaction/a\\b", "a character that has to be percent-encoded"],
    ["callside://interaction/Müller", "a character that has to be percent-encoded"],
    ['callside://interaction/a" --config=x', "a character that has to be percent-encoded"],
    ["callside://interaction/a%", "a character that has to be percent-encoded"],
    ["callside://interaction/a%2", "a character that has to be percent-encoded"],
    ["callside://interaction/%zz", "a character that has to be percent-encoded"],
    ["callside://interaction/%ff", "percent-encoding that is no text"],
    ["callside://interaction/%ed%a0%80", "percent-encoding that is no text"],
    ["callside://interaction/%c0%af", "percent-encoding that is no text"],
    ["callside://interaction/a\nb", "a control character in it"],
    ["callside://interaction/a\u0000", "a control character in it"],
    ["callside://interaction/a\u009b", "a control character in it"],
    ["callside://interaction/a%00", "a control character in the id"],
    ["callside://interaction/a%0D%0AX", "a control character in the id"],
    ["callside://interaction/a%C2%9B", "a control character in the id"],
    [`callside://interaction/${"x".repeat(201)}`, "an id longer than any"],
    [`callside://interaction/${"x".repeat(478)}`, "longer than 500 characters"],
  ])("%j is refused: %s", (link, reason) => {
    expect(parseLink(link)).toEqual(err(reason));
  });

  test("may be 500 characters long and no more", () => {
    const long = `callside://interaction/${"%41".repeat(159)}`;
    expect([long.length, parseLink(long)]).toEqual([500, ok("A".repeat(159))]);
    expect(parseLink(`${long}A`)).toEqual(err("longer than 500 characters"));
  });
});

describe("the arguments of a start", () => {
  test.each([
    [["--hidden"], null, ["--hidden"]],
    [["--config", "c.json", "callside://interaction/a"], "callside://interaction/a", ["--config", "c.json"]],
    // Chromium's switches in between, and Electron's additions at the end.
    [["callside.exe", "--allow-file-access-from-files", "callside://interaction/a", "--original-process-start-time=1"], "callside://interaction/a", ["callside.exe", "--allow-file-access-from-files"]],
    [["callside://interaction/a", "callside://interaction/b"], "callside://interaction/b", []],
    // What broke out of the quotes of a registration.
    [["callside://interaction/a", "--set", "assist.apiUrl=https://evil.example"], "callside://interaction/a", []],
    [["CALLSIDE:wrong"], "CALLSIDE:wrong", []],
    [["--set=x=callside://interaction/a"], null, ["--set=x=callside://interaction/a"]],
    [[], null, []],
  ])("%j has the link %s", (argv, link, rest) => {
    expect(takeLink(argv)).toEqual({ link, rest });
  });

  test("know a link by its beginning, however wrong it is", () => {
    expect(["callside:", "CallSide://x", "callside", "xcallside:", ""].map(looksLikeLink)).toEqual([true, true, false, false, false]);
  });
});

describe("links that come before anybody can follow them", () => {
  function inbox(first: string | null) {
    const events = new EventEmitter();
    const app = { on: (event: string, fire: (...args: unknown[]) => void) => events.on(event, fire) } as unknown as Pick<App, "on">;
    const heard: string[] = [];
    let prevented = 0;
    return {
      links: hearLinks(app, first),
      heard,
      follow: (link: string, when: string): void => void heard.push(`${when} ${link}`),
      open: (link: string): void => void events.emit("open-url", { preventDefault: () => (prevented += 1) }, link),
      prevented: () => prevented,
    };
  }

  test("wait, the newest of them, and later ones are handed on at once", () => {
    const { links, heard, follow, open, prevented } = inbox("callside:first");
    open("callside:second");
    const stop = links.take(follow);
    open("callside:third");
    expect(heard).toEqual(["start callside:second", "later callside:third"]);
    stop();
    open("callside:fourth");
    expect([heard.length, prevented()]).toEqual([2, 3]);
  });

  test("are handed on once", () => {
    const { links, heard, follow } = inbox("callside:first");
    links.take(follow)();
    links.take(follow)();
    expect(heard).toEqual(["start callside:first"]);
  });
});
