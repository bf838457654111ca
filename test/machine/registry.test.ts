import { describe, expect, test } from "vitest";
import { readRegistry } from "../../electron/machine/registry.ts";
import { readRegistryOutput } from "../../electron/machine/registry-output.ts";
import { systemMachine } from "../../electron/machine/system-machine.ts";
import type { ProgramOutcome } from "../../electron/machine/run-program.ts";

const HIVE = "HKEY_LOCAL_MACHINE";
const ABOVE = `${HIVE}\\Software\\Policies`;
const KEY = `${ABOVE}\\Callside`;
const ended = (output: string | Uint8Array, code = 0): ProgramOutcome => ({ kind: "ended", code, output: typeof output === "string" ? new TextEncoder().encode(output) : output });
const LISTED = ended(["", `${HIVE}\\SOFTWARE\\Policies\\Adobe`, `${HIVE}\\SOFTWARE\\Policies\\Callside`, ""].join("\r\n"));

const OUTPUT = [
  "",
  `${HIVE}\\SOFTWARE\\Policies\\Callside`,
  "    (Standard)    REG_SZ    (Wert nicht festgelegt)",
  '    Policy    REG_SZ    {"version":1,"settings":{"panel":{"quiet":true}}}',
  "    assist.minConfidence    REG_SZ    0.9",
  "    reason    REG_SZ    Frag die IT    mit    Abstand",
  "",
  `${HIVE}\\SOFTWARE\\Policies\\Callside\\assist`,
  "    maxSuggestions    REG_DWORD    0x2",
  "    prohibitedPhrases    REG_MULTI_SZ    größere Zusage\\0sue the company",
  "    agentId    REG_SZ",
  "",
  `${HIVE}\\SOFTWARE\\Policies\\Callside\\assist\\keywords`,
  "    1    REG_SZ    refund",
  "",
].join("\r\n");

function answering(...outcomes: readonly ProgramOutcome[]) {
  const asked: string[] = [];
  const left = [...outcomes];
  const run = (file: string, args: readonly string[]): Promise<ProgramOutcome> => {
    asked.push([file, ...args].join(" "));
    return Promise.resolve(left.shift() ?? ended("", 1));
  };
  return { asked, read: () => readRegistry(HIVE, { systemRoot: "C:\\Windows", run, signal: new AbortController().signal }) };
}

describe("what the registry's program prints", () => {
  test("becomes the values of the key and all below it", () => {
    expect(readRegistryOutput(OUTPUT, KEY)).toStrictEqual({
      text: '{"version":1,"settings":{"panel":{"quiet":true}}}',
      values: [
        { path: ["assist", "minConfidence"], value: "0.9" },
        { path: ["reason"], value: "Frag die IT    mit    Abstand" },
        { path: ["assist", "maxSuggestions"], value: 2 },
        { path: ["assist", "prohibitedPhrases"], value: ["größere Zusage", "sue the company"] },
        { path: ["assist", "agentId"], value: "" },
        { path: ["assist", "keywords", "1"], value: "refund" },
      ],
    });
  });

  test("a value of a type that means no setting is named", () => {
    expect(readRegistryOutput(`${KEY}\r\n    blob    REG_BINARY    00FF`, KEY)).toStrictEqual({ unusable: "blob of type REG_BINARY" });
  });
});

describe("reading the registry", () => {
  test("asks for the 64-bit view in UTF-8, by the system's own programs", async () => {
    const { read, asked } = answering(LISTED, ended(OUTPUT));
    expect(await read()).toMatchObject({ kind: "values", origin: KEY, values: { length: 6 } });
    expect(asked).toStrictEqual([
      `C:\\Windows\\System32\\cmd.exe /d /s /c chcp 65001>nul & C:\\Windows\\System32\\reg.exe query ${ABOVE} /reg:64`,
      `C:\\Windows\\System32\\cmd.exe /d /s /c chcp 65001>nul & C:\\Windows\\System32\\reg.exe query ${KEY} /s /reg:64`,
    ]);
  });

  test("a key that is not listed is no policy, and neither is one below a key that is not there", async () => {
    expect(await answering(ended(`${ABOVE}\\CallsideOther`)).read()).toStrictEqual({ kind: "absent", origin: KEY });
    expect(await answering(ended("", 1)).read()).toStrictEqual({ kind: "absent", origin: KEY });
  });

  test.each([
    ["that is listed and cannot be read", [LISTED, ended("", 1)], "exit 1"],
    ["whose program does not answer", [{ kind: "failed" as const, reason: "no answer within 5 s" }], "no answer within 5 s"],
    ["whose program says too much", [LISTED, { kind: "failed" as const, reason: "ERR_CHILD_PROCESS_STDIO_MAXBUFFER" }], "MAXBUFFER"],
    ["in letters that are no UTF-8", [LISTED, ended(new Uint8Array([0x84]))], "letters"],
    ["with a binary value", [LISTED, ended(`${KEY}\r\n    blob    REG_BINARY    00FF`)], "REG_BINARY"],
  ])("a key %s is a policy that cannot be read, not one that is gone", async (_case, outcomes, words) => {
    expect(await answering(...outcomes).read()).toMatchObject({ kind: "unreadable", origin: KEY, found: expect.stringContaining(words) });
  });

  test("the machine's hive comes before the person's", async () => {
    const machine = systemMachine({ platform: "win32", env: { SystemRoot: "C:\\Windows" }, dataFolder: "/nowhere", run: () => Promise.resolve(ended("", 1)) });
    const places = await machine.read(new AbortController().signal);
    expect(places.map(({ origin }) => origin)).toStrictEqual([KEY, KEY.replace("LOCAL_MACHINE", "CURRENT_USER")]);
  });
});
