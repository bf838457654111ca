import type { Protocol } from "electron";
import type { Language } from "../../shared/language.ts";
import { findInLanguage } from "../host/page-language.ts";
import { securityHeaders } from "../host/page-security.ts";
import type { StaticFiles } from "../host/static-files.ts";

const APP_SCHEME = "app";
/** The origin of the panel's page on the desktop. */
export const APP_ORIGIN = `${APP_SCHEME}://callside`;
/** The address of the panel's page on the desktop. */
export const APP_PAGE = `${APP_ORIGIN}/`;

/**
 * Makes `app:` a scheme with origins, like https. Before the app is ready, once.
 * It carries no service workers and is under the page's content security policy like any other.
 */
export function registerAppScheme(protocol: Protocol): void {
  protocol.registerSchemesAsPrivileged([{ scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
}

/** Whether an address lies within the panel's own origin. */
export function isAppAddress(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && url.protocol === `${APP_SCHEME}:` && url.host === "callside" && url.username === "";
}

/** Serves the built panel, its page in the language that holds, at `app://callside/`; returns what ends it. */
export function serveAppProtocol(protocol: Protocol, files: StaticFiles, language: () => Language): () => void {
  const headers = securityHeaders("'none'");
  protocol.handle(APP_SCHEME, (request) => {
    if (request.method !== "GET") return new Response(null, { status: 405, headers });
    const file = isAppAddress(request.url) ? findInLanguage(files, new URL(request.url).pathname, language) : undefined;
    if (file === undefined) return new Response(null, { status: 404, headers });
    return new Response(file.body, { headers: { ...headers, "content-type": file.contentType } });
  });
  return () => {
    protocol.unhandle(APP_SCHEME);
  };
}
