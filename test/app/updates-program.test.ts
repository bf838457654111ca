import { chmod, mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type * as Electron from "electron";
import { expect, it, onTestFinished } from "vitest";
import { updatesProgram, type UpdatesSurroundings } from "../../electron/app/updates-program.ts";
import type { App as CallsideApp } from "../../electron/app.ts";
import type { PanelDesk } from "../../electron/app/panel-desk.ts";
import { createUpdateHandover } from "../../electron/desktop/update-handover.ts";
import { openConfig, type ConfigSource } from "../../electron/config/config-source.ts";
import { systemClock } from "../../electron/net/system-clock.ts";
import { createFakeList } from "../support/only-members.ts";
import { feedMaker } from "../support/signed-feed.ts";
import { tempDirectory } from "../support/temp-directory.ts";

const { publicKey } = feedMaker();
const section = { url: "https://updates.example.com/callside", publicKey };

async function opened(content: object, more: Partial<UpdatesSurroundings> = {}) {
  const folder = await tempDirectory();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  const path = join(folder.path, "callside.config.json");
  await writeFile(path, JSON.stringify(content));
  const given = await openConfig({ file: { path, required: true }, env: {}, flags: [], dataFolder: folder.path, cwd: folder.path, clock: systemClock });
  if (!given.ok) throw new Error(JSON.stringify(given.error));
  const config: ConfigSource = given.value;
  onTestFinished(() => config[Symbol.asyncDispose]());
  const list = createFakeList();
  const bound: unknown[] = [];
  const app = list.fake<CallsideApp, "config" | "surroundings">("App", { config, surroundings: { env: {}, random: () => 0, readFile: async () => "" } });
  const program = updatesProgram(
    {
      app: () => app,
      onSwitched: () => () => {},
      desk: list.fake<PanelDesk, "bindUpdates">("PanelDesk", { bindUpdates: (commands) => void bound.push(commands) }),
    },
    {
      electron: list.fake<typeof Electron, "app">("electron", { app: list.fake<Electron.App, "isPackaged">("App", { isPackaged: true }) }),
      platform: "linux",
      env: {},
      random: () => 0,
      newName: () => "name",
      handover: createUpdateHandover(() => {}),
      restart: () => {},
      process: { execPath: join(folder.path, "mount/callside"), arch: "x64", resourcesPath: join(folder.path, "mount/resources") },
      ...more,
    },
  );
  return { folder: folder.path, path, config, program, bound };
}

it("gives the section as it stands, on the channel latest where it names none, and null without it", async () => {
  expect((await opened({ updates: section })).program.settings()).toEqual({ ...section, checkHours: 4, channel: "latest" });
  expect((await opened({})).program.settings()).toBeNull();
});

it.each([
  ["an address without TLS", { ...section, url: "http://updates.example.com" }],
  ["a key of another length", { ...section, publicKey: "AAAA" }],
  ["a key as a whole PEM", { ...section, publicKey: "-----BEGIN PUBLIC KEY-----" }],
  ["no key", { url: section.url }],
  ["looks without a pause", { ...section, checkHours: 0 }],
  ["a look less than once a week", { ...section, checkHours: 169 }],
  ["a channel that leads elsewhere", { ...section, channel: "../latest" }],
])("refuses %s", async (_what, updates) => {
  await expect(opened({ updates })).rejects.toThrow(/updates/);
});

it("hears a change of the section or of the way to the network, and of nothing else", async () => {
  const { program, config, path } = await opened({ updates: section });
  let heard = 0;
  const stop = program.onChange(() => {
    heard += 1;
  });
  await config.change({ desktop: { dock: "left" } });
  expect(heard).toBe(0);
  await writeFile(path, JSON.stringify({ updates: { ...section, checkHours: 8 } }));
  await expect.poll(() => heard).toBe(1);
  expect(program.settings()?.checkHours).toBe(8);
  await writeFile(path, JSON.stringify({ updates: { ...section, checkHours: 8 }, network: { proxy: "http://proxy.example.com:8080" } }));
  await expect.poll(() => heard).toBe(2);
  stop();
});

it("looks at the real machine for how the program was installed", async () => {
  const { program, folder } = await opened({ updates: section });
  expect(await program.installation()).toMatchObject({ kind: "other" });
  const image = join(folder, "bin", "Callside.AppImage");
  await mkdir(join(folder, "bin"));
  await mkdir(join(folder, "mount/resources"), { recursive: true });
  await writeFile(image, "");
  await writeFile(join(folder, "mount/resources/app-update.yml"), "");
  const mounted = updatesProgramWith(folder, image);
  expect(await (await mounted).installation()).toEqual({ kind: "own", configPath: join(folder, "mount/resources/app-update.yml") });
  // Root may write everywhere, whatever the folder says.
  if (process.getuid?.() !== 0 && process.platform !== "win32") {
    await chmod(join(folder, "bin"), 0o500);
    expect(await (await updatesProgramWith(folder, image)).installation()).toMatchObject({ kind: "other" });
    await chmod(join(folder, "bin"), 0o700);
  }
  expect(await readdir(join(folder, "bin"))).toEqual(["Callside.AppImage"]);
});

async function updatesProgramWith(folder: string, image: string) {
  const { program } = await opened(
    { updates: section },
    { env: { APPIMAGE: image, APPDIR: join(folder, "mount") }, process: { execPath: join(folder, "mount/callside"), arch: "x64", resourcesPath: join(folder, "mount/resources") } },
  );
  return program;
}
