import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { assert, constantFrom, property, string } from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { autostartEntry, readAutostartEntry } from "../../electron/desktop/autostart-entry.ts";
import { createLoginItem } from "../../electron/desktop/login-item.ts";
import type { FilePort } from "../../electron/files/file-port.ts";
import { nodeFiles } from "../../electron/files/node-files.ts";
import { createDesktopBench, type DesktopBench } from "../support/desktop-bench.ts";
import { tempDirectory, type TempDirectory } from "../support/temp-directory.ts";

const hindrance = (bench: DesktopBench): string | null | undefined => bench.state().desktop?.loginHindrance;

/** Opens it, does something, and waits until all of it has been carried out. */
async function follow(bench: DesktopBench, change: () => unknown = () => null): Promise<void> {
  await using _item = createLoginItem(bench.ports);
  await change();
}

/** The environment of a program that runs out of an AppImage; its executable is that of the stand-in. */
const fromImage = (file: string) => ({ APPIMAGE: file, APPDIR: "/opt/Callside" });

describe("an autostart entry", () => {
  /** Reads `Exec` as a desktop does: the file's string first, then the words of the command line, then the field codes. */
  function command(text: string): readonly string[] {
    const value = /^Exec=(.*)$/mu.exec(text)?.[1] ?? "";
    const line = value.replaceAll(/\\(.)/gu, (_all, escaped: string) => ({ s: " ", n: "\n", t: "\t", r: "\r" })[escaped] ?? escaped);
    const words = line.match(/"(?:\\.|[^"\\])*"|[^ ]+/gsu) ?? [];
    return words.map((word) => (word.startsWith('"') ? word.slice(1, -1).replaceAll(/\\(["`$\\])/gu, "$1") : word).replaceAll("%%", "%"));
  }

  it("starts the program hidden, whatever its path is", () => {
    const paths = string({ unit: constantFrom(...Array.from("ab/ .\\\"`$%'&;|<>~*?#()é你😀")), minLength: 1 }).map((path) => `/${path}`);
    assert(
      property(paths, (path) => {
        expect(command(autostartEntry(path) ?? "")).toEqual([path, "--hidden"]);
      }),
      { numRuns: 500 },
    );
  });

  it("stands with every escape as the specification wants it", () => {
    expect(autostartEntry('/a "b"/$c\\100%/callside')).toContain(String.raw`Exec="/a \\"b\\"/\\$c\\\\100%%/callside" --hidden`);
  });

  it("cannot hold a path that would end its line, nor one with an equals sign", () => {
    for (const path of ["/a\nHidden=true", "/a\rb", "/a=b", "/a\u0000b", ""]) expect([path, autostartEntry(path)]).toEqual([path, null]);
  });

  it("is known as ours by its mark, and as switched off by what desktops write", () => {
    const ours = autostartEntry("/opt/callside") ?? "";
    expect(readAutostartEntry(null)).toEqual({ kind: "none" });
    expect(readAutostartEntry(ours)).toEqual({ kind: "ours", disabled: false });
    expect(readAutostartEntry(ours.replaceAll("\n", "\r\n"))).toEqual({ kind: "ours", disabled: false });
    expect(readAutostartEntry(`${ours}Hidden=true\n`)).toEqual({ kind: "ours", disabled: true });
    expect(readAutostartEntry(ours.replace("enabled=true", "enabled = false"))).toEqual({ kind: "ours", disabled: true });
    for (const text of ["", "[Desktop Entry]\nExec=callside\n", "#X-Callside-Autostart=true\n", "X-Callside-Autostart=false\n"]) expect(readAutostartEntry(text)).toEqual({ kind: "foreign" });
  });
});

describe("start at login on Linux", () => {
  let folder: TempDirectory;
  let file: string;
  const bench = (startAtLogin: boolean, more: Parameters<typeof createDesktopBench>[0] = {}) => createDesktopBench({ configFolder: folder.path, settings: { startAtLogin }, ...more });

  beforeEach(async () => {
    folder = await tempDirectory();
    file = join(folder.path, "appData", "autostart", "callside.desktop");
  });
  afterEach(async () => {
    await folder[Symbol.asyncDispose]();
  });

  it("writes its entry where the person's configuration is, and removes it when it is off", async () => {
    const one = bench(true);
    await follow(one);
    expect(await readFile(file, "utf8")).toBe(autostartEntry("/opt/Callside/callside"));
    await follow(one, () => one.ports.settings.change({ startAtLogin: false }));
    expect([await readdir(dirname(file)), hindrance(one), one.bugs]).toEqual([[], null, []]);
  });

  it("touches nothing where it is off and there is nothing", async () => {
    const one = bench(false);
    await follow(one, () => one.ports.settings.change({ dock: "left" }));
    expect([await readdir(folder.path), hindrance(one)]).toEqual([[], null]);
  });

  it("ends with the last wish, however fast they come", async () => {
    const one = bench(false);
    await follow(one, async () => {
      for (const startAtLogin of [true, false, true, false, true]) await one.ports.settings.change({ startAtLogin });
    });
    expect(await readFile(file, "utf8")).toContain("Exec=");
  });

  it("ends with the last wish also where the disk takes its time over the first", async () => {
    const { promise: slow, resolve: goOn } = Promise.withResolvers<void>();
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    const files: FilePort = {
      ...nodeFiles,
      async replace(path, text) {
        begin();
        await slow;
        await nodeFiles.replace(path, text);
      },
    };
    const one = bench(true, { files });
    await follow(one, async () => {
      await begun;
      await one.ports.settings.change({ startAtLogin: false });
      // Whoever did not wait would find nothing to remove, and be done.
      await nodeFiles.readText(file);
      goOn();
    });
    expect(await readdir(dirname(file))).toEqual([]);
  });

  it("names the AppImage itself, and follows it to another place", async () => {
    await follow(bench(true, { env: fromImage("/home/a/Callside 1.AppImage") }));
    expect(await readFile(file, "utf8")).toContain('Exec="/home/a/Callside 1.AppImage" --hidden');
    await follow(bench(true, { env: fromImage("/home/a/bin/Callside.AppImage") }));
    expect(await readFile(file, "utf8")).toContain('Exec="/home/a/bin/Callside.AppImage" --hidden');
  });

  it("does not write what is there already", async () => {
    await follow(bench(true));
    const before = await stat(file);
    await follow(bench(true));
    expect((await stat(file)).ino).toBe(before.ino);
  });

  it.each([true, false])("never touches a file of the person's own, and says so (wanted: %s)", async (wanted) => {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, "[Desktop Entry]\nExec=my-own\n");
    const one = bench(wanted);
    await follow(one, () => one.ports.settings.change({ startAtLogin: !wanted }));
    expect(await readFile(file, "utf8")).toBe("[Desktop Entry]\nExec=my-own\n");
    expect(hindrance(one)).toContain("not written by Callside");
  });

  it("leaves it switched off where the desktop's settings did that, until the person asks again here", async () => {
    await follow(bench(true));
    const off = (await readFile(file, "utf8")).replace("enabled=true", "enabled=false");
    await writeFile(file, off);
    const one = bench(true);
    await follow(one);
    expect([await readFile(file, "utf8"), hindrance(one)]).toEqual([off, "It is switched off in this desktop's own startup settings."]);
    await follow(one, async () => {
      await one.ports.settings.change({ startAtLogin: false });
      await one.ports.settings.change({ startAtLogin: true });
    });
    expect([readAutostartEntry(await readFile(file, "utf8")), hindrance(one)]).toEqual([{ kind: "ours", disabled: false }, null]);
  });

  it("names itself where another program's AppImage has started it", async () => {
    await follow(bench(true, { env: { APPIMAGE: "/home/a/Terminal.AppImage", APPDIR: "/tmp/.mount_TerminXyz" } }));
    expect(await readFile(file, "utf8")).toContain('Exec="/opt/Callside/callside" --hidden');
  });

  it("looks again when the panel comes into view", async () => {
    await follow(bench(true));
    const text = await readFile(file, "utf8");
    await writeFile(file, `${text}Hidden=true\n`);
    const one = bench(true);
    one.window.set("hidden");
    await follow(one);
    expect(hindrance(one)).toContain("switched off");
    await follow(one, async () => {
      await writeFile(file, text);
      one.window.set("in front");
    });
    expect(hindrance(one)).toBeNull();
  });

  it("says why the entry cannot be written, without the person's name", async () => {
    await mkdir(join(folder.path, "appData"), { recursive: true });
    await writeFile(join(folder.path, "appData", "autostart"), "a file where the folder should be");
    const one = bench(true);
    await follow(one);
    expect(hindrance(one)).toMatch(/^Starting at login cannot be set\. Found: .+\(ENOTDIR\)\.$/u);
    expect(hindrance(one)).not.toContain(folder.path);
    const odd = bench(true, { env: fromImage("/home/a=b/Callside"), configFolder: join(folder.path, "other") });
    await follow(odd);
    expect(hindrance(odd)).toContain("move it to another folder");
  });

  it("does nothing for a program that is not installed, and says so", async () => {
    const one = bench(true, { packaged: false });
    await follow(one);
    expect([await readdir(folder.path), hindrance(one)]).toEqual([[], expect.stringContaining("is not installed")]);
  });
});

describe("start at login on Windows", () => {
  const bench = (startAtLogin: boolean) => createDesktopBench({ platform: "win32", settings: { startAtLogin } });

  it("adds the program, hidden, and takes it away again", async () => {
    const one = bench(true);
    await follow(one, () => one.ports.settings.change({ startAtLogin: false }));
    expect(one.login.asked).toEqual([
      { openAtLogin: true, args: ["--hidden"] },
      { openAtLogin: false, args: ["--hidden"] },
    ]);
    expect([one.login.listed, hindrance(one)]).toEqual([false, null]);
  });

  it("asks for nothing that is so already", async () => {
    await follow(bench(false));
    const one = bench(true);
    one.login.listed = true;
    await follow(one, () => one.ports.settings.change({ alwaysOnTop: true }));
    expect(one.login.asked).toEqual([]);
  });

  it("leaves it switched off in Windows' settings and says where, until the person asks again here", async () => {
    const one = bench(true);
    one.login.listed = true;
    one.login.switchedOff = true;
    await follow(one);
    expect([one.login.asked, hindrance(one)]).toEqual([[], "It is switched off in Windows: Settings, Apps, Startup."]);
    await follow(one, async () => {
      await one.ports.settings.change({ startAtLogin: false });
      await one.ports.settings.change({ startAtLogin: true });
    });
    expect([one.login.switchedOff, hindrance(one)]).toEqual([false, null]);
  });

  it.each([true, false])("says that the entry did not change where it is locked (wanted: %s)", async (wanted) => {
    const one = bench(wanted);
    one.login.locked = true;
    one.login.listed = !wanted;
    await follow(one);
    expect(hindrance(one)).toContain("your organisation may have locked it");
  });
});

describe("start at login on macOS", () => {
  const bench = (startAtLogin: boolean) => createDesktopBench({ platform: "darwin", settings: { startAtLogin } });

  it("adds the login item, which takes no arguments there", async () => {
    const one = bench(true);
    await follow(one);
    expect([one.login.asked, hindrance(one)]).toEqual([[{ openAtLogin: true, args: [] }], null]);
  });

  it("waits for the person's approval without asking for it at every start", async () => {
    const one = bench(true);
    one.login.listed = true;
    one.login.switchedOff = true;
    await follow(one);
    expect([one.login.asked, hindrance(one)]).toEqual([[], expect.stringContaining("Login Items")]);
    await follow(one, () => one.ports.settings.change({ startAtLogin: false }));
    expect([one.login.asked, one.login.listed, hindrance(one)]).toEqual([[{ openAtLogin: false, args: [] }], false, null]);
  });
});
