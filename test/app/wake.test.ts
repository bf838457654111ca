import { describe, expect, test } from "vitest";
import { createWake } from "../../electron/app/wake.ts";
import { watchNetwork } from "../../electron/net/network-watch.ts";
import type { ConnectionName, ConnectionState } from "../../shared/connection.ts";
import { createFakeClock } from "../support/fake-clock.ts";

const all: readonly ConnectionName[] = ["stream", "bridge", "tunnel"];

function waking() {
  const clock = createFakeClock();
  const renewed: ConnectionName[] = [];
  const states: Record<ConnectionName, ConnectionState> = { stream: { kind: "connected", since: 0 }, tunnel: { kind: "connected", since: 0 }, bridge: { kind: "connected", since: 0 } };
  const wake = createWake({ clock, state: (name) => states[name], renew: (name) => void renewed.push(name) });
  return { clock, renewed, states, wake };
}

const lost: ConnectionState = { kind: "reconnecting", since: 0, attempt: 1, retryAt: 0, fault: { kind: "transport", code: "network", detail: "" } };

describe("waking", () => {
  test("makes every connection anew, whatever it claims", () => {
    const { renewed, wake } = waking();
    wake.woken();
    expect(renewed).toEqual(all);
  });

  test("and being unlocked within two seconds are one", async () => {
    const { clock, renewed, wake } = waking();
    wake.woken();
    await clock.advance(1_999);
    wake.woken();
    expect(renewed).toEqual(all);
    await clock.advance(1);
    wake.woken();
    expect(renewed).toEqual([...all, ...all]);
  });

  test("tries again within two seconds what has failed meanwhile and waits, and nothing else", async () => {
    const { clock, renewed, states, wake } = waking();
    wake.woken();
    states.tunnel = lost;
    states.stream = { kind: "connecting", since: 0, attempt: 1 };
    await clock.advance(500);
    wake.woken();
    expect(renewed).toEqual([...all, "tunnel"]);
  });

  test("after a night is no second one, though the monotonic clock slept and hardly moved", async () => {
    const { clock, renewed, wake } = waking();
    wake.woken();
    await clock.advance(100);
    clock.setWall(clock.now() + 8 * 3_600_000);
    wake.woken();
    expect(renewed).toEqual([...all, ...all]);
  });

  test("is counted on the monotonic clock where the other was set back", async () => {
    const { clock, renewed, wake } = waking();
    wake.woken();
    await clock.advance(5_000);
    clock.setWall(clock.now() - 5_000);
    wake.woken();
    expect(renewed).toEqual([...all, ...all]);
  });
});

describe("another network", () => {
  test("makes every connection anew, also right after a waking: nothing that was begun before can go on", async () => {
    const { clock, renewed, wake } = waking();
    wake.woken();
    await clock.advance(1_000);
    wake.network();
    expect(renewed).toEqual([...all, ...all]);
    // What follows is of the same cause.
    wake.woken();
    expect(renewed).toEqual([...all, ...all]);
  });

  test("since the machine fell asleep, the waking and the unlocking are one", async () => {
    const { clock, renewed, wake } = waking();
    let addresses: readonly string[] = ["10.0.0.7"];
    using network = watchNetwork({ addresses: () => addresses, clock, onReturn: () => { wake.network(); } });
    const woken = (): void => {
      network.look();
      wake.woken();
    };
    await clock.advance(60_000);
    addresses = ["192.168.1.20"];
    woken();
    await clock.advance(700);
    woken();
    await clock.advance(30_000);
    expect(renewed).toEqual(all);
    // The watch goes on.
    addresses = ["172.16.0.4"];
    await clock.advance(5_000);
    expect(renewed).toEqual([...all, ...all]);
  });

  test("that comes only after the waking is a reason of its own", async () => {
    const { clock, renewed, wake } = waking();
    let addresses: readonly string[] = ["10.0.0.7"];
    using network = watchNetwork({ addresses: () => addresses, clock, onReturn: () => { wake.network(); } });
    addresses = [];
    network.look();
    wake.woken();
    addresses = ["10.0.0.7"];
    await clock.advance(5_000);
    expect(renewed).toEqual([...all, ...all]);
  });
});
