import { connect, createServer, type Socket } from "node:net";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** A way to a server on this machine that can be made to die as networks do: connections stay open and carry nothing. */
export interface FreezingRelay {
  readonly port: number;
  /** How many connections were made so far. */
  made(): number;
  /** From now on, what has been connected carries nothing in either direction; what connects later is well. */
  freeze(): void;
}

/** Starts the relay to `port`, until the test is over. */
export async function startFreezingRelay(port: number): Promise<FreezingRelay> {
  const pairs = new Set<readonly [Socket, Socket]>();
  let made = 0;
  const server = createServer({ allowHalfOpen: true }, (near) => {
    made += 1;
    const far = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
    const pair = [near, far] as const;
    pairs.add(pair);
    for (const socket of pair) socket.on("error", () => {});
    near.pipe(far);
    far.pipe(near);
    near.on("close", () => {
      far.destroy();
      pairs.delete(pair);
    });
    far.on("close", () => near.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        for (const pair of pairs) for (const socket of pair) socket.destroy();
        server.close(() => {
          resolve();
        });
      }),
  );
  return {
    port: (server.address() as AddressInfo).port,
    made: () => made,
    freeze() {
      for (const [near, far] of pairs) {
        near.unpipe(far).pause();
        far.unpipe(near).pause();
      }
    },
  };
}
