import { fileURLToPath } from "node:url";
import type { AfterPackContext, Configuration } from "electron-builder";
import { appFacts } from "./stage-app.ts";

/** How a build is signed; `null` in its place: not at all. */
export interface Signing {
  /** Microsoft's signing service instead of a certificate in a file. */
  readonly azure: null | {
    readonly publisherName: string;
    readonly endpoint: string;
    readonly certificateProfileName: string;
    readonly codeSigningAccountName: string;
  };
}

export interface BuilderOptions {
  /** The folder that becomes the archive. */
  readonly app: string;
  readonly output: string;
  readonly electronVersion: string;
  /** Electron's own files, or a stub's; null: fetched. */
  readonly electronDist: string | null;
  readonly signing: Signing | null;
  /** Where installed programs look for newer ones; null: nowhere. */
  readonly updateUrl: string | null;
  /** Looks at each unpacked program before it is signed. */
  readonly onPacked: (context: AfterPackContext) => Promise<void>;
}

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The addresses that the system hands to us. */
const PROTOCOL = { name: "Callside", schemes: ["callside"] };

/** Says which program it is to the system for good: a changed one would be installed beside the old. */
const APP_ID = "com.callside.desktop";

/** Derived from nothing, so that it stays when anything else changes: by it Windows finds what an MSI replaces. */
const MSI_UPGRADE_CODE = "7B0C5A86-2C4A-4B7E-9B62-5D1F3E8A9C04";

/** electron-builder's configuration. Fuses are set in `onPacked`: its own option for them does not know every one. */
export function builderConfig(options: BuilderOptions): Configuration {
  const { app, output, electronVersion, electronDist, signing, updateUrl, onPacked } = options;
  return {
    appId: APP_ID,
    productName: appFacts.productName,
    copyright: `Copyright © ${appFacts.author.name}`,
    artifactName: "Callside-${version}-${os}-${arch}.${ext}",
    directories: { app, output, buildResources: at("icons") },
    electronVersion,
    ...(electronDist === null ? {} : { electronDist }),
    asar: true,
    // Everything is bundled: nothing is to be installed, rebuilt or looked for in node_modules. (`npmRebuild: false` would
    // do the first two alone, and this answer would not be asked for.)
    beforeBuild: async () => false,
    files: ["**/*"],
    // An unsigned program where a signed one was meant is a failure, not a warning.
    forceCodeSigning: signing !== null,
    publish: updateUrl === null ? null : [{ provider: "generic", url: updateUrl }],
    protocols: [PROTOCOL],
    afterPack: onPacked,
    win: {
      target: ["nsis", "msi"],
      icon: at("icons/callside.ico"),
      legalTrademarks: appFacts.productName,
      // Without a certificate it would look for one in vain, and still set the name and the icon.
      ...(signing === null ? {} : { verifyUpdateCodeSignature: true }),
      ...(signing === null || signing.azure === null ? {} : { azureSignOptions: signing.azure }),
    },
    nsis: {
      // The person chooses; `/S` does not ask: for this user alone, with `/allusers` for the machine.
      oneClick: false,
      perMachine: false,
      allowElevation: true,
      allowToChangeInstallationDirectory: true,
      deleteAppDataOnUninstall: false,
      include: at("installer.nsh"),
      installerIcon: at("icons/callside.ico"),
      uninstallerIcon: at("icons/callside.ico"),
      uninstallDisplayName: appFacts.productName,
    },
    msi: { oneClick: true, perMachine: true, runAfterFinish: false, upgradeCode: MSI_UPGRADE_CODE },
    msiProjectCreated: addProtocolToMsi,
    mac: {
      // Updates on macOS are taken from the zip.
      target: [{ target: "dmg", arch: ["universal"] }, { target: "zip", arch: ["universal"] }],
      category: "public.app-category.business",
      icon: at("icons/callside.icns"),
      hardenedRuntime: true,
      gatekeeperAssess: false,
      entitlements: at("entitlements.mac.plist"),
      entitlementsInherit: at("entitlements.mac.plist"),
      notarize: signing !== null,
      ...(signing === null ? { identity: null } : {}),
    },
    dmg: { sign: false, title: appFacts.productName },
    linux: {
      target: ["AppImage", "deb", "rpm"],
      executableName: appFacts.name,
      icon: at("icons/linux"),
      category: "Office",
      synopsis: appFacts.description,
      maintainer: `${appFacts.author.name} <${appFacts.author.email}>`,
      vendor: appFacts.author.name,
      syncDesktopName: true,
      desktop: { entry: { Keywords: "agent;call;chat;contact centre;", SingleMainWindow: "true" } },
    },
  };
}

/**
 * Windows Installer knows no option for addresses of a program, so the registry's entries go into its project: for the
 * machine, as the package is, and gone when it is removed.
 */
async function addProtocolToMsi(project: string): Promise<void> {
  const { readFile, writeFile } = await import("node:fs/promises");
  await writeFile(project, withProtocol(await readFile(project, "utf8")));
}

/** The project with a component for `callside:`. Throws where the project is not as expected. */
export function withProtocol(xml: string): string {
  const scheme = PROTOCOL.schemes[0] ?? "";
  const key = `Software\\Classes\\${scheme}`;
  const component = `<Component Id="CallsideProtocol" Guid="5E0B7A0E-6F0B-4E58-A2F5-0C6C6C2B8D11" Directory="APPLICATIONFOLDER">
      <RegistryKey Root="HKLM" Key="${key}" ForceDeleteOnUninstall="yes">
        <RegistryValue Type="string" Value="URL:${PROTOCOL.name}" KeyPath="yes"/>
        <RegistryValue Type="string" Name="URL Protocol" Value=""/>
        <RegistryKey Key="shell\\open\\command"><RegistryValue Type="string" Value="&quot;[APPLICATIONFOLDER]Callside.exe&quot; &quot;%1&quot;"/></RegistryKey>
      </RegistryKey>
    </Component>`;
  const changed = xml.replace(/(<ComponentGroup Id="ProductComponents"[^>]*>)/, `$1\n    ${component}`);
  if (changed === xml) throw new Error("the project of Windows Installer has no component group ProductComponents: the protocol cannot be added");
  return changed;
}
