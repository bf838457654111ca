import { expect, test } from "vitest";
import { hostPlace, placeText } from "../../electron/health/host-place.ts";

test.each([
  ["https://api.example.test/api/v1?key=s3cret", { host: "api.example.test", port: 443, secure: true, loopback: false }],
  ["wss://api.example.test:8443/x", { host: "api.example.test", port: 8_443, secure: true, loopback: false }],
  ["http://127.0.0.1:9000", { host: "127.0.0.1", port: 9_000, secure: false, loopback: true }],
  ["ws://[::1]/stream", { host: "::1", port: 80, secure: false, loopback: true }],
  ["https://user:s3cret@api.example.test", { host: "api.example.test", port: 443, secure: true, loopback: false }],
])("%s leads to a host and a port, and nothing else of it is kept", (address, place) => {
  expect(hostPlace(address)).toEqual(place);
});

test.each(["ftp://example.test", "no address", "", "file:///etc/passwd"])("%j leads nowhere", (address) => {
  expect(hostPlace(address)).toBeNull();
});

test("an address of IPv6 is written in brackets", () => {
  expect(placeText({ host: "::1", port: 443 })).toBe("[::1]:443");
  expect(placeText({ host: "api.example.test", port: 443 })).toBe("api.example.test:443");
});
