/** What the page may load and reach. Everything comes from its own origin; nothing is inline, nothing is framed. */
function contentSecurityPolicy(connectSource: "'self'" | "'none'"): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src ${connectSource}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    // No text becomes HTML, a script's address or code, not even by a mistake of ours or of a library.
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; ");
}

/**
 * The headers of everything that a host serves.
 * `connectSource`: `'self'` where the panel talks to main by WebSocket, `'none'` where it does so by IPC.
 */
export function securityHeaders(connectSource: "'self'" | "'none'"): Readonly<Record<string, string>> {
  return {
    "content-security-policy": contentSecurityPolicy(connectSource),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=(), payment=()",
    // Nothing of the panel stays in a browser's cache on a shared machine.
    "cache-control": "no-store",
  };
}
