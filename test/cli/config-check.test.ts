import { expect, test } from "vitest";
import { memoryConfigFile } from "../../electron/config/config-file.ts";
import type { MachinePort } from "../../electron/config/machine-reading.ts";
import { runHere } from "./surroundings.ts";

const ORIGIN = "/etc/callside/policy.json";
const machine = (text: string): MachinePort => ({ kept: memoryConfigFile(), read: async () => [{ kind: "text", origin: ORIGIN, text }] });
const POLICY = JSON.stringify({ version: 1, settings: { panel: { theme: "dark" } }, reason: "Corporate look" });

test("config check tells what IT has set, and what else is locked", async () => {
  const run = runHere(["config", "check", "--set", "panel.quiet=true"], { machine: machine(POLICY) });
  expect(await run.code).toBe(0);
  expect(run.stdout.text()).toContain("  locked: panel.quiet, set by --set panel.quiet\n  locked: panel.theme, set by IT: Corporate look");
});

test("config check answers no to a policy with a mistake: where, what was found, what is allowed, and what holds", async () => {
  const words = runHere(["config", "check"], { machine: machine(POLICY.replace("dark", "pink")) });
  expect(await words.code).toBe(1);
  expect(words.stdout.text()).toMatch(/panel\.theme \(\/etc\/callside\/policy\.json:1:\d+\): found "pink"; allowed: "system" or "light" or "dark"\n\s+Nothing was read before/);
  const json = runHere(["config", "check", "--json"], { machine: machine("{") });
  expect(await json.code).toBe(1);
  expect(json.lines()).toMatchObject([{ event: "valid", locks: [], policy: [{ path: "", source: "machine", origin: ORIGIN }] }]);
});
