import { afterEach, describe, expect, test } from "vitest";
import type { RawData, WebSocket } from "ws";
import type { Authorization } from "../../electron/net/bearer.ts";
import { createDial } from "../../electron/net/dial.ts";
import { createSocket, type Handshake, type SocketOptions } from "../../electron/net/socket.ts";
import type { ConnectionState } from "../../shared/connection.ts";
import { err, ok } from "../../shared/result.ts";
import { serveWs } from "../support/loopback-ws.ts";
import { until } from "../support/until.ts";
import { createWatchedClock } from "../support/watched-clock.ts";

const TOKEN = "secret-token";

/** A socket to `url` with all that it tells written down, and all that it dials kept for inspection. */
function watch(url: string, more: Partial<SocketOptions> = {}) {
  const clock = createWatchedClock();
  const states: ConnectionState[] = [];
  const frames: string[] = [];
  const dialled: WebSocket[] = [];
  let token = 1;
  const authorization: Authorization = {
    authorize: async () => ok({ authorization: `Bearer ${TOKEN}-${token}` }),
    renewAuthorization: () => {
      token += 1;
    },
  };
  const direct = createDial({ socketOptions: () => ({}) });
  const socket = createSocket({
    ...authorization,
    url: () => url,
    dial: (address, options) => {
      const connection = direct(address, options);
      dialled.push(connection);
      return connection;
    },
    clock,
    random: () => 0.5,
    onState: (state) => {
      states.push(state);
    },
    onFrame: (data) => {
      frames.push(data.toString("utf8"));
    },
    ...more,
  });
  return {
    socket,
    clock,
    states,
    frames,
    dialled,
    kinds: () => states.map((state) => state.kind),
    last: () => states.at(-1),
    is: (kind: ConnectionState["kind"]) => until(() => states.at(-1)?.kind === kind, `state ${kind}`),
    listeners: () => dialled.reduce((sum, one) => sum + one.eventNames().reduce((count, name) => count + one.listenerCount(name), 0), 0),
  };
}

function textOf(data: RawData): string {
  return Buffer.isBuffer(data) ? data.toString("utf8") : "";
}

const disposals: AsyncDisposable[] = [];
afterEach(async () => {
  for (const one of disposals.splice(0).toReversed()) await one[Symbol.asyncDispose]();
});

async function platform(...args: Parameters<typeof serveWs>) {
  const server = await serveWs(...args);
  disposals.push(server);
  return server;
}

describe("a connection", () => {
  test("carries the bearer token, sends its first frame on every connection, and hands on what it hears", async () => {
    const heard: string[] = [];
    const server = await platform(undefined, (connection) => {
      connection.on("message", (data) => {
        heard.push(textOf(data));
        connection.send("one");
        connection.send(Buffer.from("two"), { binary: true });
      });
    });
    const binary: boolean[] = [];
    const frames: string[] = [];
    const one = watch(server.url, {
      onOpen: (send) => send("subscribe"),
      onFrame: (data, isBinary) => {
        frames.push(data.toString());
        binary.push(isBinary);
      },
    });
    disposals.push(one.socket);
    expect(one.socket.state()).toEqual({ kind: "idle" });
    expect(one.socket.send("too early")).toBe(false);
    expect(one.socket.lastHeardAt()).toBeNull();
    one.socket.start();
    await until(() => frames.length === 2);
    expect(server.upgrades[0]?.headers.authorization).toBe("Bearer secret-token-1");
    expect([frames, binary]).toEqual([["one", "two"], [false, true]]);
    expect(one.kinds()).toEqual(["connecting", "connected"]);
    expect(one.socket.lastHeardAt()).toBe(one.clock.now());
    expect(one.socket.send("more")).toBe(true);
    await until(() => heard.length === 2);
    expect(heard).toEqual(["subscribe", "more"]);
    server.connections[0]?.terminate();
    await one.is("reconnecting");
    expect(one.socket.send("nobody there")).toBe(false);
    await one.clock.pass(1_000);
    await until(() => heard.length === 3);
    expect(heard[2]).toBe("subscribe");
  });

  test("is closed with 1000 and nothing of it is left", async () => {
    const codes: number[] = [];
    const server = await platform(undefined, (connection) => connection.on("close", (code) => codes.push(code)));
    const one = watch(server.url);
    one.socket.start();
    await one.is("connected");
    await one.socket[Symbol.asyncDispose]();
    await until(() => server.openSockets() === 0 && codes.length === 1);
    expect(codes).toEqual([1000]);
    expect(one.kinds()).toEqual(["connecting", "connected", "closed"]);
    expect(one.clock.pending()).toBe(0);
    expect(one.listeners()).toBe(0);
    one.socket.start();
    one.socket.retryNow();
    expect(one.last()?.kind).toBe("closed");
    await one.socket[Symbol.asyncDispose]();
  });

  test("says farewell before it closes, but not on a connection in doubt", async () => {
    const heard: string[] = [];
    const server = await platform(undefined, (connection) => connection.on("message", (data) => heard.push(textOf(data))));
    const one = watch(server.url, { farewell: () => "bye" });
    one.socket.start();
    await one.is("connected");
    await one.socket[Symbol.asyncDispose]();
    await until(() => server.openSockets() === 0);
    expect(heard).toEqual(["bye"]);
  });

  test("tells how long it took from dialling until it counted", async () => {
    const server = await platform(undefined, (connection) => {
      void one.clock.advance(70).then(() => connection.send("welcome"));
    });
    const took: number[] = [];
    const one = watch(server.url, {
      onOpen: (_send, ms) => took.push(ms),
      handshake: { hello: () => "hello", answer: () => ({ kind: "accepted" }) },
    });
    one.socket.start();
    await one.is("connected");
    expect(took).toEqual([70]);
    await one.socket[Symbol.asyncDispose]();
  });

  test("is cut after a second where the other side does not answer the close", async () => {
    const server = await platform(undefined, (connection) => connection.pause());
    const one = watch(server.url);
    one.socket.start();
    await one.is("connected");
    const closed = one.socket[Symbol.asyncDispose]();
    await one.clock.pass(1_000);
    await closed;
    expect(one.clock.pending()).toBe(0);
    expect(one.listeners()).toBe(0);
  });

  test.each(["hang", "cut"] as const)("can be stopped while the upgrade is under way (%s)", async (upgrade) => {
    const server = await platform(() => upgrade);
    const one = watch(server.url);
    one.socket.start();
    await until(() => server.upgrades.length === 1);
    await one.socket[Symbol.asyncDispose]();
    await until(() => server.openSockets() === 0);
    expect(one.last()?.kind).toBe("closed");
    expect(one.clock.pending()).toBe(0);
    expect(one.listeners()).toBe(0);
  });

  test("can be stopped while it waits for a token, whose late arrival changes nothing", async () => {
    const late = Promise.withResolvers<Awaited<ReturnType<Authorization["authorize"]>>>();
    let signal: AbortSignal | undefined;
    const one = watch("ws://127.0.0.1:1", {
      authorize: (given) => {
        signal = given;
        return late.promise;
      },
    });
    one.socket.start();
    await one.socket[Symbol.asyncDispose]();
    expect(signal?.aborted).toBe(true);
    late.resolve(ok({}));
    await late.promise;
    expect(one.dialled).toHaveLength(0);
    expect(one.clock.pending()).toBe(0);
  });

  test("a token that arrives after its attempt was given up is not dialled with", async () => {
    const server = await platform();
    const answers: ((token: string) => void)[] = [];
    const one = watch(server.url, {
      authorize: () =>
        new Promise((resolve) => {
          answers.push((token) => resolve(ok({ authorization: token })));
        }),
    });
    disposals.push(one.socket);
    one.socket.start();
    await one.clock.advance(60_000);
    expect(one.last()).toMatchObject({ kind: "reconnecting", fault: { code: "timeout" } });
    await one.clock.pass(1_000);
    expect(answers).toHaveLength(2);
    answers[0]?.("first");
    await one.clock.advance(0);
    expect(one.dialled).toHaveLength(0);
    answers[1]?.("second");
    await one.is("connected");
    expect(server.upgrades.map((request) => request.headers.authorization)).toEqual(["second"]);
  });

  test("tells every state in order, also where a handler changes it half-way", async () => {
    const server = await platform();
    let opened = 0;
    const one: ReturnType<typeof watch> = watch(server.url, {
      onOpen: () => {
        opened += 1;
        if (opened === 1) one.socket.retryNow();
      },
    });
    disposals.push(one.socket);
    one.socket.start();
    await until(() => opened === 2);
    expect(one.kinds()).toEqual(["connecting", "connected", "connecting", "connected"]);
  });

  test("can be stopped and retried from within its own handlers", async () => {
    const server = await platform();
    let retried = false;
    const one = watch(server.url, {
      onState: (state) => {
        if (state.kind !== "connected") return;
        if (!retried) one.socket.retryNow();
        else void one.socket[Symbol.asyncDispose]();
        retried = true;
      },
    });
    one.socket.start();
    await until(() => one.socket.state().kind === "closed" && server.openSockets() === 0);
    expect(server.connections).toHaveLength(2);
    await until(() => one.clock.pending() === 0 && one.listeners() === 0);
  });

  test("frames that come after it was given up are not handed on", async () => {
    const server = await platform(undefined, (connection) => {
      for (let number = 0; number < 100; number += 1) connection.send(String(number));
    });
    const one: ReturnType<typeof watch> = watch(server.url, {
      onFrame: (data) => {
        one.frames.push(data.toString());
        if (one.frames.length === 10) void one.socket[Symbol.asyncDispose]();
      },
    });
    one.socket.start();
    await until(() => one.listeners() === 0 && one.dialled.length === 1);
    expect(one.frames).toHaveLength(10);
  });
});

describe("refused upgrades", () => {
  test("401: a new token at once; when that is refused too, a wait, and the credentials are named", async () => {
    const server = await platform((number) => (number < 3 ? { status: 401 } : "accept"));
    const one = watch(server.url);
    disposals.push(one.socket);
    one.socket.start();
    await one.is("reconnecting");
    expect(server.upgrades.map((request) => request.headers.authorization)).toEqual(["Bearer secret-token-1", "Bearer secret-token-2"]);
    expect(one.last()).toMatchObject({ fault: { kind: "refused", code: "credentials", status: 401 } });
    await one.clock.pass(1_000);
    await until(() => one.states.filter((state) => state.kind === "reconnecting").length === 2);
    await one.clock.pass(2_000);
    await one.is("connected");
    expect(server.upgrades[3]?.headers.authorization).toBe("Bearer secret-token-4");
  });

  test("403: stops and says why, until somebody retries", async () => {
    const server = await platform((number) => (number === 0 ? { status: 403 } : "accept"));
    const one = watch(server.url);
    disposals.push(one.socket);
    one.socket.start();
    await one.is("rejected");
    expect(one.last()).toMatchObject({ fault: { kind: "refused", code: "forbidden", status: 403 } });
    expect(one.clock.pending()).toBe(0);
    expect(server.upgrades).toHaveLength(1);
    one.socket.retryNow();
    await one.is("connected");
  });

  test("503 with Retry-After: comes back no sooner", async () => {
    const server = await platform((number) => (number === 0 ? { status: 503, headers: { "retry-after": "7" } } : "accept"));
    const one = watch(server.url);
    disposals.push(one.socket);
    one.socket.start();
    await one.clock.pass(7_000);
    await one.is("connected");
  });

  test.each(["cut", "nonsense", { status: 200 }, { status: 302, headers: { location: "ws://127.0.0.1:1/" } }] as const)(
    "%j: tries again",
    async (upgrade) => {
      const server = await platform((number) => (number === 0 ? upgrade : "accept"));
      const one = watch(server.url);
      disposals.push(one.socket);
      one.socket.start();
      await one.clock.pass(1_000);
      await one.is("connected");
      expect(one.states.find((state) => state.kind === "reconnecting")).toMatchObject({ attempt: 1 });
    },
  );

  test("an upgrade without an answer is given up after ten seconds", async () => {
    const server = await platform((number) => (number === 0 ? "hang" : "accept"));
    const one = watch(server.url);
    disposals.push(one.socket);
    one.socket.start();
    await until(() => server.upgrades.length === 1);
    await one.clock.pass(10_000);
    await one.is("reconnecting");
    expect(one.last()).toMatchObject({ fault: { code: "timeout" } });
    await until(() => server.openSockets() === 0);
    await one.clock.pass(1_000);
    await one.is("connected");
  });

  test("no token: a refusal stops, anything else is tried again", async () => {
    const server = await platform();
    let asked = 0;
    const one = watch(server.url, {
      authorize: async () => {
        asked += 1;
        if (asked === 1) return err({ kind: "transport", code: "network", detail: "login is down" });
        return err({ kind: "refused", code: "missing-scope", detail: "no streaming:subscribe" });
      },
    });
    disposals.push(one.socket);
    one.socket.start();
    await one.clock.pass(1_000);
    await one.is("rejected");
    expect(one.last()).toMatchObject({ fault: { code: "missing-scope" } });
    expect(server.upgrades).toHaveLength(0);
  });

  test("headers that cannot be sent are a rejection that does not quote them", async () => {
    const server = await platform();
    const one = watch(server.url, { authorize: async () => ok({ authorization: `Bearer ${TOKEN}\nx: y` }) });
    disposals.push(one.socket);
    one.socket.start();
    await one.is("rejected");
    expect(JSON.stringify(one.states)).not.toContain(TOKEN);
  });
});

describe("closes", () => {
  test.each([
    [1000, "reconnecting", "closed-by-peer"],
    [1001, "reconnecting", "closed-by-peer"],
    [1011, "reconnecting", "closed-by-peer"],
    [1012, "reconnecting", "closed-by-peer"],
    [4403, "rejected", "forbidden"],
  ] as const)("%d: %s", async (code, kind, faultCode) => {
    const server = await platform();
    const one = watch(server.url);
    disposals.push(one.socket);
    one.socket.start();
    await one.is("connected");
    server.connections[0]?.close(code, `because ${TOKEN}-1`);
    await one.is(kind);
    expect(one.last()).toMatchObject({ fault: { code: faultCode, closeCode: code, detail: "because [token]" } });
  });

  test("a caller's own rules come before the table", async () => {
    const server = await platform();
    const one = watch(server.url, {
      judge: (judged, failure) => (failure.kind === "close" && failure.code === 1000 ? { ...judged, verdict: "reject" } : judged),
    });
    disposals.push(one.socket);
    one.socket.start();
    await one.is("connected");
    server.connections[0]?.close(1000);
    await one.is("rejected");
  });

  test("a drop without a goodbye is 1006", async () => {
    const server = await platform();
    const one = watch(server.url);
    disposals.push(one.socket);
    one.socket.start();
    await one.is("connected");
    server.connections[0]?.terminate();
    await one.is("reconnecting");
    expect(one.last()).toMatchObject({ fault: { code: "socket-abnormal", closeCode: 1006 } });
  });

  test("1008 gets one new token and is then final", async () => {
    const server = await platform(undefined, (connection) => connection.close(1008, "token expired"));
    const one = watch(server.url);
    disposals.push(one.socket);
    one.socket.start();
    await one.is("rejected");
    expect(server.upgrades.map((request) => request.headers.authorization)).toEqual(["Bearer secret-token-1", "Bearer secret-token-2"]);
    expect(one.last()).toMatchObject({ fault: { closeCode: 1008, detail: "token expired" } });
  });

  test("a frame that is too large is counted and costs one connection, not the connecting", async () => {
    const server = await platform(undefined, (connection, number) => {
      connection.send(number < 2 ? "x".repeat(2_000) : "fits");
    });
    const broken: string[] = [];
    const one = watch(server.url, { maxPayloadBytes: 1_000, onBrokenFrame: (kind) => broken.push(kind) });
    disposals.push(one.socket);
    one.socket.start();
    await one.clock.pass(1_000);
    await one.clock.pass(2_000);
    await until(() => one.frames.length === 1);
    expect(one.frames).toEqual(["fits"]);
    expect(broken).toEqual(["oversized", "oversized"]);
    expect(one.states.find((state) => state.kind === "reconnecting")).toMatchObject({ fault: { code: "reply-too-large", closeCode: 1009 } });
  });

  test("bytes that are no WebSocket frame are counted likewise", async () => {
    const server = await platform(undefined, (connection, number) => {
      // Reserved bits that nobody agreed on.
      if (number === 0) Reflect.get(connection, "_socket").write(Buffer.from([0xf1, 0x01, 0x41]));
    });
    const broken: string[] = [];
    const one = watch(server.url, { onBrokenFrame: (kind) => broken.push(kind) });
    disposals.push(one.socket);
    one.socket.start();
    await one.clock.pass(1_000);
    await one.is("connected");
    expect(broken).toEqual(["protocol"]);
  });

  test("a text frame with broken UTF-8 is handed on to be counted, and the connection stays", async () => {
    const server = await platform(undefined, (connection) => {
      connection.send(Buffer.from([0xc3, 0x28]), { binary: false });
      connection.send("after");
    });
    const one = watch(server.url);
    disposals.push(one.socket);
    one.socket.start();
    await until(() => one.frames.length === 2);
    expect(one.frames[1]).toBe("after");
    expect(one.kinds()).toEqual(["connecting", "connected"]);
  });
});

describe("a silent peer", () => {
  test("is checked, given up, and replaced by a new connection", async () => {
    const server = await platform(undefined, (connection, number) => {
      if (number === 0) connection.pause();
    });
    const one = watch(server.url);
    disposals.push(one.socket);
    one.socket.start();
    await one.is("connected");
    await one.clock.advance(22_000);
    expect(one.last()?.kind).toBe("checking");
    await one.clock.advance(7_999);
    expect(one.last()?.kind).toBe("checking");
    await one.clock.advance(1);
    expect(one.last()).toMatchObject({ kind: "reconnecting", fault: { code: "socket-silent" } });
    await one.clock.pass(1_000);
    await one.is("connected");
    expect(server.connections).toHaveLength(2);
    await until(() => one.dialled[0]?.readyState === one.dialled[0]?.CLOSED);
    expect(one.dialled[0]?.eventNames()).toEqual([]);
  });

  test.each(["frame", "ping"] as const)("is alive as soon as a %s comes, pong or not", async (sign) => {
    const server = await platform(undefined, undefined, { autoPong: false });
    const one = watch(server.url);
    disposals.push(one.socket);
    one.socket.start();
    await one.is("connected");
    for (let round = 0; round < 3; round += 1) {
      await one.clock.advance(round === 0 ? 20_000 : 18_000);
      expect(one.last()?.kind).toBe("connected");
      await one.clock.advance(2_000);
      expect(one.last()?.kind).toBe("checking");
      if (sign === "frame") server.connections[0]?.send("here");
      else server.connections[0]?.ping();
      await one.is("connected");
    }
    expect(server.connections).toHaveLength(1);
  });

  test("the time from ping to pong is told, and a pong that nobody asked for is none", async () => {
    const server = await platform(undefined, (connection) => {
      connection.on("ping", () => {
        connection.pong();
        connection.send("after the second pong");
      });
    });
    const pongs: number[] = [];
    const one = watch(server.url, { onPong: (ms) => pongs.push(ms) });
    disposals.push(one.socket);
    one.socket.start();
    await one.is("connected");
    server.connections[0]?.pong();
    server.connections[0]?.send("after the stray pong");
    await until(() => one.frames.length === 1);
    for (const frames of [2, 3]) {
      await one.clock.advance(20_000);
      await until(() => one.frames.length === frames);
    }
    expect(pongs).toEqual([0, 0]);
    expect(one.kinds()).toEqual(["connecting", "connected"]);
  });

  test("a pong to an earlier ping is life, but no measure of the last one", async () => {
    const marks: Buffer[] = [];
    const server = await platform(undefined, (connection) => connection.on("ping", (mark) => marks.push(mark)), { autoPong: false });
    const pongs: number[] = [];
    const one = watch(server.url, { onPong: (ms) => pongs.push(ms) });
    disposals.push(one.socket);
    one.socket.start();
    await one.is("connected");
    const answer = async (ping: number) => {
      await until(() => marks.length > ping);
      server.connections[0]?.pong(marks[ping]);
      server.connections[0]?.send(`after pong ${ping}`);
    };
    await one.clock.advance(20_000);
    await until(() => marks.length === 1);
    server.connections[0]?.send("life");
    await until(() => one.frames.length === 1);
    await one.clock.advance(20_000);
    await until(() => marks.length === 2);
    await answer(0);
    await until(() => one.frames.length === 2);
    expect(pongs).toEqual([]);
    await one.clock.advance(30);
    await answer(1);
    await until(() => one.frames.length === 3);
    expect(pongs).toEqual([30]);
  });
});

describe("a handshake of its own", () => {
  const handshake: Handshake = {
    hello: () => "CONNECT",
    answer: (frame) => {
      const text = frame.toString();
      if (text === "CONNECTED") return { kind: "accepted" };
      if (text.startsWith("NO")) return { kind: "refused", fault: { kind: "refused", code: "bad-request", detail: text } };
      return { kind: "other" };
    },
  };

  test("counts as connected when accepted; pushes before and after it in the same breath are handed on in order", async () => {
    const server = await platform(undefined, (connection) => {
      connection.on("message", (data) => {
        if (textOf(data) !== "CONNECT") return;
        for (const frame of ["push 1", "CONNECTED", "push 2", "CONNECTED"]) connection.send(frame);
      });
    });
    const sent: string[] = [];
    const one = watch(server.url, { handshake, onOpen: () => sent.push("open") });
    disposals.push(one.socket);
    one.socket.start();
    await until(() => one.frames.length === 3);
    expect(one.frames).toEqual(["push 1", "push 2", "CONNECTED"]);
    expect(one.kinds()).toEqual(["connecting", "connected"]);
    expect(sent).toEqual(["open"]);
  });

  test("a refusal is final and carries the words", async () => {
    const server = await platform(undefined, (connection) => connection.send("NO, protocol version"));
    const one = watch(server.url, { handshake });
    disposals.push(one.socket);
    one.socket.start();
    await one.is("rejected");
    expect(one.last()).toMatchObject({ fault: { detail: "NO, protocol version" } });
    expect(one.kinds()).toEqual(["connecting", "rejected"]);
  });

  test("no answer within ten seconds is a failed attempt, and nothing can be sent before", async () => {
    const server = await platform();
    const one = watch(server.url, { handshake });
    disposals.push(one.socket);
    one.socket.start();
    await until(() => server.connections.length === 1);
    expect(one.socket.send("early")).toBe(false);
    await one.clock.pass(10_000);
    await one.is("reconnecting");
    expect(one.last()).toMatchObject({ fault: { code: "timeout" } });
  });
});

describe("retry now", () => {
  test("ends the wait and takes its timer along", async () => {
    const server = await platform((number) => (number === 0 ? "cut" : "accept"));
    const one = watch(server.url);
    disposals.push(one.socket);
    one.socket.start();
    await one.is("reconnecting");
    expect(one.clock.waiting()).toEqual([1_000]);
    one.socket.retryNow();
    await one.is("connected");
    expect(one.clock.waiting()).toEqual([20_000]);
  });

  test("replaces a connection that is up: the old one is closed, its last words are not heard", async () => {
    const server = await platform(undefined, (connection, number) => {
      connection.on("close", () => server.connections[number]?.send("too late"));
    });
    const one = watch(server.url);
    disposals.push(one.socket);
    one.socket.start();
    await one.is("connected");
    one.socket.retryNow();
    await until(() => server.connections.length === 2 && server.openSockets() === 1);
    await one.is("connected");
    expect(one.kinds()).toEqual(["connecting", "connected", "connecting", "connected"]);
    expect(one.frames).toEqual([]);
  });
});

describe("in the long run", () => {
  test("a thousand forced drops leave nothing behind", async () => {
    const server = await platform();
    const one = watch(server.url);
    one.socket.start();
    for (let drop = 0; drop < 1_000; drop += 1) {
      await until(() => server.connections.length === drop + 1 && one.last()?.kind === "connected");
      // Long enough to count as working, so that the wait stays short.
      await one.clock.advance(5_000);
      server.connections[drop]?.terminate();
      await one.is("reconnecting");
      expect(one.clock.waiting()).toEqual([1_000]);
      await one.clock.advance(1_000);
    }
    await until(() => one.last()?.kind === "connected" && server.openSockets() === 1);
    expect(one.dialled).toHaveLength(1_001);
    expect(one.dialled.slice(0, -1).every((connection) => connection.eventNames().length === 0)).toBe(true);
    expect(one.clock.waiting()).toEqual([20_000]);
    await one.socket[Symbol.asyncDispose]();
    await until(() => server.openSockets() === 0);
    expect(one.clock.pending()).toBe(0);
    expect(one.listeners()).toBe(0);
  });

  test("a frame arms no timer and changes no state", async () => {
    const server = await platform(undefined, (connection) => {
      for (let number = 0; number < 20_000; number += 1) connection.send("{}");
    });
    let count = 0;
    let armed = 0;
    const clock = createWatchedClock();
    const one = watch(server.url, {
      clock: {
        ...clock,
        after: (delayMs, fire) => {
          armed += 1;
          return clock.after(delayMs, fire);
        },
      },
      onFrame: () => {
        count += 1;
      },
    });
    disposals.push(one.socket);
    one.socket.start();
    await until(() => count === 20_000);
    // The token's time limit, the upgrade's, and the first ping.
    expect(armed).toBe(3);
    expect(one.kinds()).toEqual(["connecting", "connected"]);
  });
});
