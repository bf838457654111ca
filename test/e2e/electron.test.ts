import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { _electron } from "playwright-core";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Electron's binary where its package has put one; asking the package itself would start a download. */
function findElectron(): string | null {
  const pathFile = `${root}/node_modules/electron/path.txt`;
  const folder = process.env["ELECTRON_OVERRIDE_DIST_PATH"] ?? `${root}/node_modules/electron/dist`;
  if (!existsSync(pathFile)) return null;
  const binary = `${folder}/${readFileSync(pathFile, "utf8").trim()}`;
  return existsSync(binary) ? binary : null;
}

const binary = findElectron();

if (binary === null) {
  it("is told that Electron's binary is absent, so that nobody takes this for a pass of the real thing", () => {
    console.warn("\nELECTRON BINARY ABSENT: the panel was not tried in real Electron here. `npx install-electron` fetches it.\n");
    expect(findElectron()).toBeNull();
  });
} else {
  it("shows the panel in real Electron, sandboxed and talking to main", async () => {
    const app = await _electron.launch({ executablePath: binary, args: [`${root}/build/out/main/main.js`], cwd: root });
    try {
      const page = await app.firstWindow();
      await page.waitForLoadState("load");
      expect(page.url()).toBe("app://callside/");
      const reply = await page.evaluate(async () => {
        const api: unknown = Reflect.get(globalThis, "callside");
        const snapshot: unknown = typeof api === "object" && api !== null ? Reflect.get(api, "panel.snapshot") : undefined;
        return { hasNode: "process" in globalThis, reply: typeof snapshot === "function" ? ((await snapshot({})) as unknown) : null };
      });
      expect(reply).toMatchObject({ hasNode: false, reply: { ok: true } });
    } finally {
      await app.close();
    }
  });
}
