import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { readCallDirectory, type CallFiles } from "../../electron/sandbox/call-directory.ts";
import { practice, subscribe } from "./sandbox-client.ts";

function files(content: Record<string, string>): CallFiles {
  return {
    list: async () => Object.keys(content),
    read: async (file) => content[file.split(/[\\/]/).at(-1) ?? ""] ?? "",
  };
}

function line(index: number, change: Record<string, unknown> = {}): string {
  return JSON.stringify({ interactionId: "c1", index, offsetMs: index * 500, durationMs: 300, speaker: "caller", text: `line ${String(index)}`, sentimentScore: 0.1, ...change });
}

async function problemsOf(content: Record<string, string>): Promise<readonly string[]> {
  return readCallDirectory("calls", files(content)).then(
    () => [],
    (error: unknown) => (error instanceof Error ? error.message.split("\n") : []),
  );
}

test("reads one call per file, in order of names, without what nobody said", async () => {
  const calls = await readCallDirectory(
    "calls",
    files({
      "b.jsonl": line(1, { interactionId: "second" }),
      "a.jsonl": `\uFEFF${line(1)}\r\n${line(2, { text: "[noise]" })}\r\n\r\n${line(3, { text: "[noise] hi  [laughter] there" })}\r\n`,
      "README.md": "not a call",
    }),
  );
  expect(calls.map((call) => call.id)).toEqual(["c1", "second"]);
  expect(calls[0]?.lines).toEqual([
    { index: 1, offsetMs: 500, speaker: "caller", text: "line 1", sentimentScore: 0.1 },
    { index: 3, offsetMs: 1500, speaker: "caller", text: "hi there", sentimentScore: 0.1 },
  ]);
});

test("every error is told with file and line, all at once", async () => {
  const problems = await problemsOf({
    "a.jsonl": [line(1), "{oops", line(1, { offsetMs: 600 }), line(4, { speaker: "robot", sentimentScore: 5 }), line(5, { interactionId: "other" }), line(6, { offsetMs: 0 })].join("\n"),
    "b.jsonl": "\n",
    "c.jsonl": line(1),
  });
  expect(problems).toEqual(
    expect.arrayContaining([
      "a.jsonl:2: is not valid JSON",
      "a.jsonl:3: index: found 1, allowed: more than 1",
      expect.stringMatching(/^a\.jsonl:4: speaker: /),
      expect.stringMatching(/^a\.jsonl:4: sentimentScore: /),
      'a.jsonl:5: interactionId: found "other", allowed: "c1" as above',
      "a.jsonl:6: offsetMs: found 0, allowed: 2500 or more",
      "b.jsonl: is empty, allowed: one JSON object per line",
      'c.jsonl:1: interactionId "c1" is taken by a.jsonl',
    ]),
  );
});

test("a directory without calls, or without itself, is told", async () => {
  expect(await problemsOf({ "notes.txt": "x" })).toEqual(["calls: found no file, allowed: one .jsonl file per call"]);
  await expect(practice({ calls: { kind: "directory", path: "/nowhere/at/all" } })).rejects.toThrow(/^\/nowhere\/at\/all: cannot be read/);
});

test("a file that cannot be read is told beside the others' errors", async () => {
  const broken: CallFiles = { list: async () => ["a.jsonl", "b.jsonl"], read: async (file) => (file.endsWith("a.jsonl") ? Promise.reject(new Error("is a folder")) : "{") };
  await expect(readCallDirectory("calls", broken)).rejects.toThrow("a.jsonl: cannot be read (is a folder)\nb.jsonl:1: is not valid JSON");
});

const recorded = fileURLToPath(new URL("../../../shared/calls", import.meta.url));

test("recorded calls play under their own ids, where they are at hand", async () => {
  if (!existsSync(recorded)) return;
  const { sandbox, clock } = await practice({ calls: { kind: "directory", path: recorded }, lines: 11, speed: 20 });
  await using _ = sandbox;
  await using one = await subscribe(sandbox);
  await clock.advance(20_000);
  await one.until(() => one.payloads().filter((payload) => payload["status"] === "ended").length === 11);
  const calls = await readCallDirectory(recorded);
  const finals = one.payloads().filter((payload) => payload["final"] === true);
  expect(finals.length).toBe(calls.reduce((sum, call) => sum + call.lines.length, 0));
  expect(finals.every((payload) => !/[[\]]/.test(String(payload["transcript"])))).toBe(true);
});
