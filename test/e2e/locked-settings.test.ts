import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { afterEach, describe, expect, it } from "vitest";
import { memoryConfigFile } from "../../electron/config/config-file.ts";
import { openConfig } from "../../electron/config/config-source.ts";
import { panelSettings } from "../../electron/config/panel-settings.ts";
import { createCommands } from "../../electron/host/commands.ts";
import { createPublisher } from "../../electron/host/publisher.ts";
import { systemClock } from "../../electron/net/system-clock.ts";
import { accessibilityProblems } from "../support/accessibility.ts";
import { loopbackHost } from "../support/panel-hosts.ts";
import { docked, usePanelStage } from "../support/panel-stage.ts";
import { quietPorts } from "../support/quiet-ports.ts";

const FILE = { assist: { orgDomain: "x.example" }, panel: { role: "supervisor", theme: "light" } };

const stage = usePanelStage();
let open: AsyncDisposableStack;
afterEach(async () => {
  await open.disposeAsync();
});

/** The panel with a real configuration, on a machine whose policy the test holds. */
async function showPanel(settings: unknown, reason = "Compliance rule 7") {
  open = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), "callside-test-"));
  open.defer(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, "callside.config.json");
  await writeFile(path, JSON.stringify(FILE));
  const held = { settings, reason };
  const opened = await openConfig({
    file: { path, required: true },
    env: {},
    flags: [],
    dataFolder: folder,
    cwd: folder,
    clock: systemClock,
    machine: { kept: memoryConfigFile(), read: async () => [{ kind: "text", origin: "policy.json", text: JSON.stringify({ version: 1, ...held }) }] },
  });
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  const source = open.use(opened.value);
  const publisher = open.use(createPublisher({ settings: panelSettings(source.current(), "live", source.locks()), clock: systemClock }));
  const tell = (): void => {
    publisher.publish({ kind: "settings", settings: panelSettings(source.current(), "live", source.locks()) });
  };
  source.onChange(tell);
  source.onMachine(tell);
  const commands = createCommands(quietPorts(publisher, { changeSettings: (patch) => source.change(patch) }));
  const { page } = open.use(await loopbackHost.show({ browser: stage.browser, files: stage.files, commands, publisher, viewport: docked }));
  await page.locator(".panel").waitFor();
  return { page, source, held, commands };
}

async function openSettings(page: Page): Promise<Locator> {
  await page.getByRole("button", { name: "Settings" }).click();
  const sheet = page.getByRole("dialog", { name: "Settings" });
  await sheet.getByRole("combobox", { name: "Appearance" }).waitFor();
  return sheet;
}

describe("settings that IT has set", () => {
  it("are shown with their reason and cannot be changed; the others can", async () => {
    const { page, source } = await showPanel({ panel: { theme: "dark" }, assist: { minConfidence: 0.9, prohibitedPhrases: ["sue the company"] } });
    const sheet = await openSettings(page);
    expect(await sheet.getByText("Set by IT for this computer: Compliance rule 7").count()).toBe(3);
    const theme = sheet.getByRole("combobox", { name: "Appearance" });
    expect(await theme.isDisabled()).toBe(true);
    expect(await theme.inputValue()).toBe("dark");
    expect(await sheet.getByRole("slider", { name: "Minimum confidence" }).isDisabled()).toBe(true);
    expect(await sheet.getByRole("button", { name: "Remove sue the company" }).count()).toBe(0);
    expect(await sheet.getByRole("button", { name: "Remove refund" }).count()).toBe(1);
    await sheet.getByRole("switch", { name: "Quiet mode" }).click();
    await sheet.getByText("Changed: Quiet mode").waitFor();
    expect(source.current().panel).toMatchObject({ quiet: true, theme: "dark" });
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it("are refused by main whoever asks, and free again as soon as IT takes its rules back", async () => {
    const { page, source, held, commands } = await showPanel({ panel: { theme: "dark" } }, "");
    const sheet = await openSettings(page);
    const theme = sheet.getByRole("combobox", { name: "Appearance" });
    await sheet.getByText("Set by IT for this computer.").waitFor();
    expect(await commands("settings.change", { display: { theme: "light" } })).toMatchObject({ ok: false, error: { code: "not-allowed" } });
    held.settings = {};
    await source.rereadMachine();
    await expect.poll(() => theme.isEnabled()).toBe(true);
    expect(await sheet.getByText("Set by IT").count()).toBe(0);
    await theme.selectOption("system");
    await sheet.getByText("Changed: Appearance").waitFor();
    expect(source.current().panel.theme).toBe("system");
  });
});
