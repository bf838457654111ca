import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "../../build/browser.ts";
import { buildMain } from "../../build/build-main.ts";
import { electronHindrance } from "../../build/electron-binary.ts";
import { desktopScenarios } from "../support/desktop-scenarios.ts";
import { startInElectron } from "../support/electron-driver.ts";
import { startOnStandIn } from "../support/stand-in-driver.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Electron's program where its package has put one, or where the environment says; asking the package itself would start a download. */
function findElectron(): string | null {
  const pathFile = `${root}/node_modules/electron/path.txt`;
  const folder = process.env["ELECTRON_OVERRIDE_DIST_PATH"] ?? `${root}/node_modules/electron/dist`;
  if (!existsSync(pathFile)) return null;
  const binary = join(folder, readFileSync(pathFile, "utf8").trim());
  return existsSync(binary) ? binary : null;
}

/** The unpacked program of `npm run package`, where it was made with real Electron. */
function findPackaged(): string | null {
  const folder = `${root}/build/dist/linux-unpacked`;
  const binary = `${folder}/callside`;
  // The stub that stands in for Electron is a text of a few bytes; the real one is far above 50 MB.
  return process.platform === "linux" && existsSync(binary) && readFileSync(binary).byteLength > 50_000_000 ? binary : null;
}

const binary = findElectron();
const hindrance = electronHindrance({ platform: process.platform, env: process.env, uid: process.getuid?.() });
const packaged = hindrance === null ? findPackaged() : null;
const packagedNames = ["starts packed, and a second start ends", "ends packed within three seconds when the system says so"] as const;

describe("on the stand-in for Electron", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
  });
  it.each(desktopScenarios)("$name", async ({ run }) => {
    await run((args) => startOnStandIn(browser, args));
  });
});

if (binary === null || hindrance !== null) {
  it("is told that real Electron was not tried here, so that nobody takes this for a pass of the real thing", () => {
    const why = hindrance ?? "its binary is absent: `npx install-electron` fetches it";
    const hint = why.includes("display") ? " Without a display: `xvfb-run -a npm test`." : "";
    const names = desktopScenarios.map(({ name }) => `  - ${name}`).join("\n");
    console.warn(`\nREAL ELECTRON NOT TRIED (${why}).${hint}\n${desktopScenarios.length} scenarios ran on the stand-in only:\n${names}\n`);
    expect(why).not.toBe("");
  });
} else {
  describe("in real Electron", () => {
    let main = "";
    beforeAll(async () => {
      main = await buildMain();
    });
    it.each(desktopScenarios)("$name", async ({ run }) => {
      await run((args) => startInElectron({ binary, main, preload: join(main, "../../preload/preload.cjs") }, args));
    });
  });
}

if (packaged === null) {
  it("is told that no program was tried that is packed with real Electron", () => {
    console.warn(`\nNO PROGRAM PACKED WITH REAL ELECTRON TRIED (\`npm run package\` makes one where Electron is): ${packagedNames.length} tests did not run:\n${packagedNames.map((name) => `  - ${name}`).join("\n")}\n`);
    expect(findPackaged() === null || hindrance !== null).toBe(true);
  });
} else {
  describe("packed with real Electron", () => {
    // Its fuses let nobody look into its main process: it is met from outside only.
    const begin = async () => {
      const home = await mkdtemp(join(tmpdir(), "callside-packed-"));
      const env = { ...process.env, HOME: home, XDG_CONFIG_HOME: home, XDG_DATA_HOME: home, XDG_CACHE_HOME: home };
      const start = (args: readonly string[]) => spawn(packaged, [...args], { cwd: home, env, stdio: ["ignore", "pipe", "ignore"] });
      const program = start(["--json"]);
      let told = "";
      program.stdout.setEncoding("utf8").on("data", (text: string) => {
        told += text;
      });
      await expect.poll(() => told, { timeout: 60_000 }).toContain('"event":"ready"');
      return {
        program,
        start,
        async [Symbol.asyncDispose]() {
          if (program.exitCode === null && program.signalCode === null) {
            const gone = once(program, "exit");
            program.kill("SIGKILL");
            await gone;
          }
          await rm(home, { recursive: true, force: true });
        },
      };
    };
    it(packagedNames[0], async () => {
      await using packed = await begin();
      const [code] = await once(packed.start([]), "exit");
      expect([code, packed.program.exitCode]).toEqual([0, null]);
    });
    it(packagedNames[1], async () => {
      await using packed = await begin();
      const gone = once(packed.program, "exit");
      packed.program.kill("SIGTERM");
      const [code] = await gone;
      expect(code).toBe(0);
    });
  });
}
