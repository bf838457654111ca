import { isIP } from "node:net";
import { describe, expect, test } from "vitest";
import { hasReturned, systemAddresses, usableAddresses, watchNetwork } from "../../electron/net/network-watch.ts";
import { createFakeClock } from "../support/fake-clock.ts";

const WIFI = "192.168.1.20";
const WIFI_6 = "2001:db8::20";
const DOCK = "10.0.0.7";
const VPN = "10.8.0.3";

describe("a return of the network", () => {
  test.each([
    ["nothing there before, something now", [], [WIFI], true],
    ["every address gone, another in its place", [DOCK], [WIFI, WIFI_6], true],
    ["still nothing", [], [], false],
    ["gone", [WIFI], [], false],
    ["the same", [WIFI, WIFI_6], [WIFI_6, WIFI], false],
    ["one more (VPN)", [WIFI], [WIFI, VPN], false],
    ["one less (VPN)", [WIFI, VPN], [WIFI], false],
    ["one of two replaced (a temporary address)", [WIFI, WIFI_6], [WIFI, "2001:db8::21"], false],
  ])("%s: from %j to %j is %s", (_name, before, now, expected) => {
    expect(hasReturned(before, now)).toBe(expected);
  });
});

describe("the watch", () => {
  function watch(first: readonly string[], more: { readonly onReturn?: () => void } = {}) {
    const clock = createFakeClock();
    let addresses = first;
    let looks = 0;
    let returns = 0;
    const watching = watchNetwork({
      addresses: () => {
        looks += 1;
        return addresses;
      },
      clock,
      onReturn: () => {
        returns += 1;
        more.onReturn?.();
      },
    });
    return {
      clock,
      watching,
      looks: () => looks,
      returns: () => returns,
      become: async (next: readonly string[]): Promise<void> => {
        addresses = next;
        await clock.advance(5_000);
      },
    };
  }

  test("tells every return once, within five seconds", async () => {
    const { become, returns, clock } = watch([WIFI]);
    await become([]);
    await become([]);
    expect(returns()).toBe(0);
    await become([WIFI]);
    expect(returns()).toBe(1);
    await clock.advance(60_000);
    expect(returns()).toBe(1);
    await become([DOCK]);
    expect(returns()).toBe(2);
    await become([]);
    await become([WIFI]);
    expect(returns()).toBe(3);
  });

  test("stays silent at the start, and while a VPN comes and goes", async () => {
    const { become, returns } = watch([WIFI]);
    for (const next of [[WIFI], [WIFI, VPN], [WIFI], [VPN, WIFI]]) await become(next);
    expect(returns()).toBe(0);
  });

  test("tells the first network of a machine that started without one", async () => {
    const { become, returns } = watch([]);
    await become([WIFI]);
    expect(returns()).toBe(1);
  });

  test("looks once per interval, holds one timer, and none after it was disposed", async () => {
    const { clock, looks, watching, become, returns } = watch([]);
    await clock.advance(50_000);
    expect(looks()).toBe(11);
    expect(clock.pending()).toBe(1);
    watching[Symbol.dispose]();
    expect(clock.pending()).toBe(0);
    await become([WIFI]);
    expect(returns()).toBe(0);
  });

  test("can be disposed by whoever hears of a return", async () => {
    const { clock, become, watching } = watch([], { onReturn: () => watching[Symbol.dispose]() });
    await become([WIFI]);
    expect(clock.pending()).toBe(0);
  });

  test("goes on after a listener that throws", async () => {
    let broken = true;
    const { clock, become, returns } = watch([], {
      onReturn: () => {
        if (broken) throw new Error("listener");
      },
    });
    await expect(become([WIFI])).rejects.toThrow("listener");
    broken = false;
    expect(clock.pending()).toBe(1);
    await become([DOCK]);
    expect(returns()).toBe(2);
  });
});

describe("the addresses of a machine", () => {
  const entry = (address: string, internal = false) => ({ address, internal });

  test("are those that reach beyond it and its own link", () => {
    const interfaces = {
      lo: [entry("127.0.0.1", true), entry("::1", true)],
      eth0: [entry(DOCK), entry("fe80::1")],
      wlan0: [entry(WIFI), entry("FEBF::5:1"), entry(WIFI_6)],
      wlan1: [entry("169.254.10.1"), entry("fe90::2")],
      tun0: [entry(VPN), entry("fec0::1"), entry("fd12::1")],
      gone: undefined,
    };
    expect(usableAddresses(interfaces)).toEqual([DOCK, WIFI, WIFI_6, VPN, "fec0::1", "fd12::1"]);
  });

  test("leave out bridges to its own containers and machines, which stay when the network goes", () => {
    const names = ["docker0", "br-0123456789ab", "veth1a2b3c", "virbr0", "vmnet8", "vboxnet0", "vEthernet (WSL (Hyper-V firewall))", "vEthernet (Default Switch)"];
    expect(usableAddresses(Object.fromEntries(names.map((name) => [name, [entry("172.17.0.1")]])))).toEqual([]);
  });

  test("keep a bridge that is the way out", () => {
    for (const name of ["br0", "vEthernet (External)", "bridge100"]) expect(usableAddresses({ [name]: [entry(WIFI)] })).toEqual([WIFI]);
  });

  test("can be read on this machine", () => {
    for (const address of systemAddresses()) {
      expect(isIP(address)).not.toBe(0);
      expect(address).not.toMatch(/^(127\.|::1$|fe80:|169\.254\.)/);
    }
  });
});
