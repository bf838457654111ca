import { assertNever } from "../shared/assert-never.ts";
import type { Signing } from "./builder-config.ts";
import type { PackagePlatform } from "./package-platform.ts";

type Env = Readonly<Record<string, string | undefined>>;

/** What a signed build of a platform needs that is not there, a line for each, with where it goes; or how it is signed. */
export type SigningPlan =
  | { readonly kind: "missing"; readonly lines: readonly string[] }
  | { readonly kind: "ready"; readonly signing: Signing; readonly updateUrl: string; readonly gpgKey: string | null };

const WHERE = "in the environment of this command (on a build machine: its store of secrets)";

const AZURE = {
  endpoint: "CALLSIDE_AZURE_ENDPOINT",
  certificateProfileName: "CALLSIDE_AZURE_PROFILE",
  codeSigningAccountName: "CALLSIDE_AZURE_ACCOUNT",
  publisherName: "CALLSIDE_AZURE_PUBLISHER",
} as const;

const AZURE_LOGIN = ["AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET"] as const;

/**
 * Decides whether the installers of a platform can be signed and notarised, before anything is built. Names variables, never
 * what is in them. Nothing that is half given is taken: a build that meant to sign must not come out unsigned.
 */
export function planSigning(platform: PackagePlatform, env: Env): SigningPlan {
  const has = (name: string): boolean => (env[name] ?? "").trim() !== "";
  const missing = (names: readonly string[]): readonly string[] => names.filter((name) => !has(name));
  const lines = [...updateUrlProblem(env["CALLSIDE_UPDATE_URL"])];
  const plan = (signing: Signing, gpgKey: string | null): SigningPlan =>
    lines.length > 0 ? { kind: "missing", lines } : { kind: "ready", signing, updateUrl: env["CALLSIDE_UPDATE_URL"] ?? "", gpgKey };

  switch (platform) {
    case "win32": {
      const azure = [...Object.values(AZURE), ...AZURE_LOGIN];
      if (azure.some(has)) {
        for (const name of missing(azure)) lines.push(`${name}: missing; Azure Trusted Signing needs it, ${WHERE}`);
        return plan({ azure: { endpoint: env[AZURE.endpoint] ?? "", certificateProfileName: env[AZURE.certificateProfileName] ?? "", codeSigningAccountName: env[AZURE.codeSigningAccountName] ?? "", publisherName: env[AZURE.publisherName] ?? "" } }, null);
      }
      if (!has("WIN_CSC_LINK") && !has("CSC_LINK")) lines.push(`WIN_CSC_LINK (or CSC_LINK): missing; the certificate, a .pfx file's path or its base64, ${WHERE}. Or Azure Trusted Signing: ${azure.join(", ")}`);
      if (!has("WIN_CSC_KEY_PASSWORD") && !has("CSC_KEY_PASSWORD")) lines.push(`WIN_CSC_KEY_PASSWORD (or CSC_KEY_PASSWORD): missing; the certificate's password, ${WHERE}`);
      return plan({ azure: null }, null);
    }
    case "darwin":
      if (!has("CSC_LINK") && !has("CSC_NAME")) lines.push(`CSC_LINK (or CSC_NAME): missing; the Developer ID certificate, a .p12 file's path or its base64, ${WHERE}; CSC_NAME: its name in the key chain`);
      if (has("CSC_LINK") && !has("CSC_KEY_PASSWORD")) lines.push(`CSC_KEY_PASSWORD: missing; the certificate's password, ${WHERE}`);
      for (const name of missing(["APPLE_API_KEY", "APPLE_API_KEY_ID", "APPLE_API_ISSUER"])) lines.push(`${name}: missing; notarisation needs it (App Store Connect, Keys), ${WHERE}`);
      return plan({ azure: null }, null);
    case "linux":
      if (!has("CALLSIDE_GPG_KEY")) lines.push(`CALLSIDE_GPG_KEY: missing; the id of the OpenPGP key that signs the packages, ${WHERE}; the key itself in gpg's key ring`);
      return plan({ azure: null }, env["CALLSIDE_GPG_KEY"] ?? null);
    default:
      return assertNever(platform);
  }
}

function updateUrlProblem(text: string | undefined): readonly string[] {
  if (text === undefined || text.trim() === "") return [`CALLSIDE_UPDATE_URL: missing; where installed programs look for updates, ${WHERE}`];
  const url = URL.parse(text);
  if (url === null) return ["CALLSIDE_UPDATE_URL: found something that is no address, allowed: https://…"];
  if (url.protocol !== "https:") return [`CALLSIDE_UPDATE_URL: found ${url.protocol}, allowed https:`];
  return url.username !== "" || url.password !== "" ? ["CALLSIDE_UPDATE_URL: found a name or password in it; it goes into every installed program"] : [];
}

/** `--staging`: to how many of a hundred machines an update goes at first. null: to all. A string says what is wrong. */
export function parseStaging(text: string | undefined): number | null | string {
  if (text === undefined) return null;
  const share = /^\d{1,3}$/.test(text) ? Number(text) : Number.NaN;
  return share >= 1 && share <= 100 ? share : `--staging: found ${text}, allowed 1 to 100 (percent of machines)`;
}
