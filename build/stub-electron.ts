import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { freshFuseWire } from "./fuse-wire.ts";
import type { PackagePlatform } from "./package-platform.ts";
import { stubWindowsProgram } from "./stub-windows.ts";

/** The file that says of a folder, and of what was packaged from it, that it is no Electron. */
export const STUB_MARK = "STUB-NOT-ELECTRON.txt";

const STUB_WORDS = "This is a stub in the place of Electron: it proves how the package is made, and cannot show anything. Not for distribution.\n";

/** What ends a shell script before the bytes of the fuses, which no shell should read. */
const SCRIPT = `#!/bin/sh\nprintf '%s' '${STUB_WORDS}' >&2\nexit 70\n`;

const HELPERS = ["Helper", "Helper (GPU)", "Helper (Plugin)", "Helper (Renderer)"] as const;

/**
 * Makes a folder that is shaped like Electron's own of this platform, so that the package can be made and read back where
 * Electron cannot be fetched. Its program carries the fuses as Electron's does. It proves our configuration and nothing of
 * Electron; `STUB_MARK` goes along into whatever is made from it.
 */
export async function makeStubElectron(directory: string, platform: PackagePlatform): Promise<void> {
  await rm(directory, { recursive: true, force: true });
  const write = async (path: string, body: string | Uint8Array, mode = 0o644): Promise<void> => {
    const whole = join(directory, path);
    await mkdir(dirname(whole), { recursive: true });
    await writeFile(whole, body, { mode });
  };
  const script = Buffer.concat([Buffer.from(SCRIPT), freshFuseWire()]);
  switch (platform) {
    case "linux":
      await write(STUB_MARK, STUB_WORDS);
      await write("electron", script, 0o755);
      await write("locales/en-US.pak", STUB_WORDS);
      await write("resources/.keep", "");
      return;
    case "win32":
      await write(STUB_MARK, STUB_WORDS);
      await write("electron.exe", stubWindowsProgram(freshFuseWire()));
      await write("locales/en-US.pak", STUB_WORDS);
      await write("resources/.keep", "");
      return;
    case "darwin": {
      const contents = "Electron.app/Contents";
      await write(`${contents}/Resources/${STUB_MARK}`, STUB_WORDS);
      await write(`${contents}/Resources/electron.icns`, "");
      await write(`${contents}/Info.plist`, infoPlist("Electron"));
      await write(`${contents}/MacOS/Electron`, SCRIPT, 0o755);
      await write(`${contents}/Frameworks/Electron Framework.framework/Electron Framework`, script, 0o755);
      for (const helper of HELPERS) {
        const name = `Electron ${helper}`;
        await write(`${contents}/Frameworks/${name}.app/Contents/Info.plist`, infoPlist(name));
        await write(`${contents}/Frameworks/${name}.app/Contents/MacOS/${name}`, SCRIPT, 0o755);
      }
    }
  }
}

function infoPlist(name: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict>
<key>CFBundleExecutable</key><string>${name}</string>
<key>CFBundleIdentifier</key><string>com.example.stub</string>
<key>CFBundleName</key><string>${name}</string>
<key>CFBundlePackageType</key><string>APPL</string>
</dict></plist>
`;
}
