import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { builderConfig, withProtocol, type BuilderOptions } from "../../build/builder-config.ts";

const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const options: BuilderOptions = {
  app: "/app",
  output: "/output",
  electronVersion: "45.4.1",
  electronDist: null,
  signing: { azure: null },
  updateUrl: "https://updates.example.com/callside",
  onPacked: async () => {},
};
const signed = builderConfig(options);
const unsigned = builderConfig({ ...options, signing: null, updateUrl: null });

describe("the packager's configuration", () => {
  it("makes every kind of installer that is promised", () => {
    expect(signed.win?.target).toEqual(["nsis", "msi"]);
    expect(signed.linux?.target).toEqual(["AppImage", "deb", "rpm"]);
    expect(signed.mac?.target).toEqual([{ target: "dmg", arch: ["universal"] }, { target: "zip", arch: ["universal"] }]);
    expect(signed.artifactName).toBe("Callside-${version}-${os}-${arch}.${ext}");
  });

  it("lets no program out unsigned where it is to be signed", () => {
    expect(signed).toMatchObject({ forceCodeSigning: true, mac: { notarize: true, hardenedRuntime: true }, win: { verifyUpdateCodeSignature: true } });
    expect(signed.mac).not.toHaveProperty("identity");
  });

  it("gives an unsigned program no feed for updates and no identity", () => {
    expect(unsigned).toMatchObject({ forceCodeSigning: false, publish: null, mac: { identity: null, notarize: false } });
    expect(signed.publish).toEqual([{ provider: "generic", url: "https://updates.example.com/callside" }]);
  });

  it("packs into an archive and looks for no modules, and fetches Electron unless it is told where it is", async () => {
    expect(signed.asar).toBe(true);
    expect(signed).not.toHaveProperty("electronDist");
    expect(typeof signed.beforeBuild === "function" ? await signed.beforeBuild({} as never) : true).toBe(false);
    expect(signed).not.toHaveProperty("asarUnpack");
    expect(signed).not.toHaveProperty("extraResources");
    expect(signed).not.toHaveProperty("extraFiles");
  });

  it("names only files that are there", () => {
    const paths = [signed.win?.icon, signed.nsis?.include, signed.nsis?.installerIcon, signed.mac?.icon, signed.mac?.entitlements, signed.mac?.entitlementsInherit, signed.linux?.icon];
    for (const path of paths) expect([path, existsSync(String(path))]).toEqual([path, true]);
  });

  it("asks macOS for what V8 needs, and for nothing else", async () => {
    const text = await readFile(at("build/entitlements.mac.plist"), "utf8");
    expect(text.match(/<key>([^<]*)<\/key>/g)).toEqual(["<key>com.apple.security.cs.allow-jit</key>"]);
  });
});

describe("links to callside:", () => {
  it("are told to macOS and Linux by the packager", () => {
    expect(signed.protocols).toEqual([{ name: "Callside", schemes: ["callside"] }]);
  });

  it("are written and taken away by the installer for Windows", async () => {
    const script = await readFile(at("build/installer.nsh"), "utf8");
    expect(script).toMatch(/!macro customInstall[^]*"Software\\Classes\\callside" "URL Protocol" ""[^]*shell\\open\\command" "" '"\$INSTDIR\\\$\{APP_EXECUTABLE_FILENAME\}" "%1"'[^]*!macroend/);
    expect(script).toMatch(/!macro customUnInstall[^]*DeleteRegKey SHELL_CONTEXT "Software\\Classes\\callside"[^]*!macroend/);
  });

  it("are in the project of the MSI, once, in the packager's own template", async () => {
    const template = await readFile(at("node_modules/app-builder-lib/templates/msi/template.xml"), "utf8");
    const changed = withProtocol(template);
    expect(changed.match(/<Component Id="CallsideProtocol"/g)).toHaveLength(1);
    expect(changed).toMatch(/<ComponentGroup Id="ProductComponents"[^>]*>\s*<Component Id="CallsideProtocol"[^]*&quot;%1&quot;[^]*<\/Component>[^]*<\/ComponentGroup>/);
    expect(() => withProtocol("<Wix/>")).toThrow("ProductComponents");
  });
});
