/** True where `url` points at this very machine: 127.0.0.0/8, ::1, localhost. Text that is no address is not. */
export function isLoopback(url: string | URL): boolean {
  const parsed = URL.parse(String(url));
  if (parsed === null) return false;
  const host = parsed.hostname.toLowerCase();
  return host === "localhost" || host.endsWith(".localhost") || host === "[::1]" || /^127(\.\d{1,3}){3}$/.test(host);
}
