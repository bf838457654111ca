import { generateKeyPairSync, sign } from "node:crypto";
import { afterEach, describe, expect, it } from "vitest";
import { systemClock } from "../../electron/net/system-clock.ts";
import { feedName } from "../../electron/updates/feed.ts";
import { isSigned } from "../../electron/updates/feed-signature.ts";
import { lookForUpdate, type LookOptions } from "../../electron/updates/look.ts";
import { describeProblem } from "../../electron/updates/update-problem.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { closedPort, silentServer } from "../support/health-servers.ts";
import { feedMaker, feedText, packageBytes, sha512, updateServer } from "../support/signed-feed.ts";
import { until } from "../support/until.ts";

const maker = feedMaker();
const closing = new AbortController();
afterEach(() => {
  expect(closing.signal.aborted).toBe(false);
});

const NAME = "latest-linux.yml";

/** Serves a feed with its signature, and looks. */
async function lookAt(text: string, more: Partial<LookOptions> & { readonly signature?: string | null; readonly name?: string } = {}) {
  const { signature = maker.sign(text), name = NAME, ...options } = more;
  const server = await updateServer(new Map<string, string>([[name, text], ...(signature === null ? [] : ([[`${name}.sig`, signature]] as const))]));
  const outcome = await lookForUpdate({
    url: server.url,
    channel: "latest",
    platform: "linux",
    arch: "x64",
    publicKey: maker.publicKey,
    running: "1.0.0",
    place: 50,
    fetch: globalThis.fetch,
    clock: systemClock,
    signal: closing.signal,
    ...options,
  });
  return { outcome, server, problem: outcome.ok ? null : outcome.error.kind, words: outcome.ok ? null : describeProblem(outcome.error) };
}

describe("a signed feed", () => {
  it("offers its version with packages by whole addresses, and nothing but feed and signature is fetched", async () => {
    const { outcome, server } = await lookAt(feedText({ releaseNotes: "<p>Keeps  its place.</p>\n<ul><li>Quieter" }));
    expect(outcome).toEqual({
      ok: true,
      value: {
        kind: "release",
        release: {
          version: "1.1.0",
          files: [{ url: `${server.url}/Callside-1.1.0-linux-x86_64.AppImage`, sha512: sha512(packageBytes(1_000)), size: 1_000 }],
          notes: "Keeps its place. Quieter",
          date: "2026-01-05T09:00:00.000Z",
          stagingPercentage: 100,
          minimumSystemVersion: null,
        },
      },
    });
    expect(server.requests.map(({ path }) => path)).toEqual([`/${NAME}`, `/${NAME}.sig`]);
  });

  it("offers nothing where it is what runs, build metadata aside", async () => {
    for (const running of ["1.1.0", "1.1.0+build.7"]) expect((await lookAt(feedText(), { running })).outcome).toEqual({ ok: true, value: { kind: "nothing" } });
  });

  it("reaches machines by their number: none at 0, all at 100, and whoever is in stays in", async () => {
    const kindAt = async (stagingPercentage: number, place: number) => {
      const { outcome } = await lookAt(feedText({ stagingPercentage }), { place });
      return outcome.ok ? outcome.value.kind : outcome.error.kind;
    };
    expect(await kindAt(0, 0)).toBe("held");
    expect(await kindAt(100, 99.999_999)).toBe("release");
    for (const place of [0, 9.99, 10, 42]) {
      let wasIn = false;
      for (const percentage of [0, 5, 10, 43, 100]) {
        const isIn = (await kindAt(percentage, place)) === "release";
        expect(isIn).toBe(place < percentage);
        expect(isIn || !wasIn).toBe(true);
        wasIn = isIn;
      }
    }
  });

  it.each([
    ["win32", "x64", "latest.yml"],
    ["win32", "arm64", "latest.yml"],
    ["darwin", "arm64", "latest-mac.yml"],
    ["linux", "x64", "latest-linux.yml"],
    ["linux", "arm64", "latest-linux-arm64.yml"],
  ] as const)("is looked for on %s %s as %s, as electron-builder names it", (platform, arch, name) => {
    expect(feedName({ channel: "latest", platform, arch })).toBe(name);
  });
});

describe("refused, with words", () => {
  it("a feed without a signature", async () => {
    expect((await lookAt(feedText(), { signature: null })).words).toEqual({ what: "The update is not signed.", remedy: expect.stringContaining("Nothing was loaded") });
  });

  it("a feed of which one byte is another, or whose signature is of another feed, another key, or no signature", async () => {
    const text = feedText();
    const signature = maker.sign(text);
    const broken = `${signature.startsWith("A") ? "B" : "A"}${signature.slice(1)}`;
    const refusals = [
      await lookAt(text.replace("1.1.0", "1.1.1"), { signature }),
      await lookAt(`${text}\n`, { signature }),
      await lookAt(text, { signature: feedMaker().sign(text) }),
      await lookAt(text, { signature: maker.sign("") }),
      await lookAt(text, { signature: broken }),
      await lookAt(text, { signature: "" }),
      await lookAt(text, { signature: "A".repeat(900) }),
      await lookAt(text, { publicKey: feedMaker().publicKey }),
    ];
    for (const { problem, words } of refusals) expect([problem, words?.what]).toEqual(["wrong-signature", "The update is not signed by its maker."]);
  });

  it("a feed without its signature before anything in it is believed, whatever it says", async () => {
    expect((await lookAt("not: [yaml", { signature: maker.sign("something else") })).problem).toBe("wrong-signature");
  });

  it("a signed feed of another platform or channel in the place of ours", async () => {
    expect((await lookAt(feedText({ platform: "win32" }))).words?.what).toBe("The update is for another system: found win32, allowed linux.");
    expect((await lookAt(feedText({ channel: "beta" }))).words?.what).toBe("The update is for another channel: found beta, allowed latest.");
    expect((await lookAt(feedText({ files: [{ url: "Callside-1.1.0.exe", sha512: sha512(packageBytes(5)), size: 5 }] }))).problem).toBe("wrong-platform");
  });

  it("an older version, the same one before it was finished, and no version at all", async () => {
    expect((await lookAt(feedText(), { running: "1.1.1" })).words?.what).toBe("Version 1.1.0 is older than 1.1.1, which runs here.");
    expect((await lookAt(feedText({ version: "1.1.0-beta.2" }), { running: "1.1.0" })).problem).toBe("older");
    for (const version of ["1.1", "v1.1.0", "latest", "1.1.0 ", "../../1.1.0"]) expect((await lookAt(feedText({ version }))).words?.what).toContain(`no proper version: found ${JSON.stringify(version)}`);
    expect((await lookAt(feedText({ version: 1.1 }))).problem).toBe("malformed");
  });

  it.each([
    ["no YAML", "a: [", "it is no YAML"],
    ["a list", "- 1\n", "the feed"],
    ["no packages", feedText({ files: [] }), "files"],
    ["a package without a hash", feedText({ files: [{ url: "a.AppImage", size: 5 }] }), "files.0.sha512"],
    ["a hash of another kind", feedText({ files: [{ url: "a.AppImage", size: 5, sha512: "abc" }] }), "files.0.sha512"],
    ["a package that would fill the disk", feedText({ files: [{ url: "a.AppImage", size: 1e12, sha512: sha512(packageBytes(5)) }] }), "files.0.size"],
    ["a share of machines that is none", feedText({ stagingPercentage: 101 }), "stagingPercentage"],
    ["packages by plain http elsewhere", feedText({ files: [{ url: "http://updates.example.com/a.AppImage", size: 5, sha512: sha512(packageBytes(5)) }] }), "an address that is not https"],
    ["packages on the disk", feedText({ files: [{ url: "file:///tmp/a.AppImage", size: 5, sha512: sha512(packageBytes(5)) }] }), "an address that is not https"],
    ["a bomb of aliases", `a: &a [1]\nb: [*a, *a]\n${feedText()}`, "it is no YAML"],
  ])("a signed feed with %s", async (_what, text, where) => {
    const { problem, words } = await lookAt(text);
    expect(problem).toBe("malformed");
    expect(words?.what).toContain(where);
  });

  it("nothing published, named by its file", async () => {
    expect((await lookAt(feedText(), { channel: "beta" })).words?.what).toBe("There is no beta-linux.yml at the address for updates.");
  });

  it("a server that fails, redirects, sends too much, is gone or says nothing", async () => {
    const server = await updateServer(
      new Map<string, string | number>([
        ["down/latest-linux.yml", 503],
        ["moved/latest-linux.yml", 302],
        ["long/latest-linux.yml", "x".repeat(70_000)],
      ]),
    );
    const clock = createFakeClock();
    const look = async (url: string) => {
      const outcome = await lookForUpdate({ url, channel: "latest", platform: "linux", arch: "x64", publicKey: maker.publicKey, running: "1.0.0", place: 0, fetch: globalThis.fetch, clock, signal: closing.signal });
      return outcome.ok || outcome.error.kind !== "fault" ? null : outcome.error.fault.code;
    };
    expect(await look(`${server.url}/down`)).toBe("server-error");
    expect(await look(`${server.url}/moved`)).toBe("unexpected-status");
    expect(await look(`${server.url}/long`)).toBe("reply-too-large");
    expect(await look(`http://127.0.0.1:${await closedPort()}`)).toBe("network");
    const silent = await silentServer();
    const waiting = look(`http://127.0.0.1:${silent.port}`);
    await until(() => silent.asked() === 1);
    await clock.advance(15_000);
    expect(await waiting).toBe("timeout");
    expect(clock.pending()).toBe(0);
  });
});

describe("the signature itself", () => {
  it("holds for exactly its bytes and its key, of Ed25519 alone", () => {
    const bytes = Buffer.from("feed");
    expect(isSigned(bytes, maker.sign("feed"), maker.publicKey)).toBe(true);
    expect(isSigned(Buffer.from("feet"), maker.sign("feed"), maker.publicKey)).toBe(false);
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    expect(isSigned(bytes, sign("sha256", bytes, privateKey).toString("base64"), maker.publicKey)).toBe(false);
    for (const key of ["", "AAAA", `${"A".repeat(43)}=`, maker.publicKey.slice(1), `${maker.publicKey}\n`]) expect(isSigned(bytes, maker.sign("feed"), key)).toBe(false);
  });
});
