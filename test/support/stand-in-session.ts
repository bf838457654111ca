import { EventEmitter } from "node:events";
import type { Protocol, Session, WebContents, WebRequest } from "electron";
import type { FakeList } from "./only-members.ts";

type ProtocolHandler = Parameters<Protocol["handle"]>[1];
type PermissionCheck = NonNullable<Parameters<Session["setPermissionCheckHandler"]>[0]>;
type PermissionRequest = NonNullable<Parameters<Session["setPermissionRequestHandler"]>[0]>;
type DeviceCheck = NonNullable<Parameters<Session["setDevicePermissionHandler"]>[0]>;
type BeforeRequest = (details: { url: string }, callback: (answer: { cancel?: boolean }) => void) => void;
type Permission = Parameters<PermissionCheck>[1];

/** A session of the stand-in: what main set on it, and ways to ask what Electron would ask. */
export interface StandInSession {
  readonly session: Session;
  readonly events: EventEmitter;
  readonly schemes: ReadonlyMap<string, ProtocolHandler>;
  readonly partition: string;
  /** Whether the session's own filter stops a request. */
  cancels(url: string): boolean;
  checksPermission(contents: WebContents | null, permission: Permission, origin: string): boolean;
  grantsPermission(contents: WebContents, permission: Permission, details: Parameters<PermissionRequest>[3]): boolean;
  allowsDevice(details: Parameters<DeviceCheck>[0]): boolean;
}

/** A session that allows what Electron allows by default, until main sets its handlers. */
export function createStandInSession(list: FakeList, partition: string, isRegistered: (scheme: string) => boolean): StandInSession {
  const events = new EventEmitter();
  const schemes = new Map<string, ProtocolHandler>();
  let check: PermissionCheck | null = null;
  let request: PermissionRequest | null = null;
  let device: DeviceCheck | null = null;
  let beforeRequest: BeforeRequest | null = null;

  const protocol = list.fake<Protocol, "handle" | "unhandle">("Protocol", {
    handle(scheme, handler) {
      if (!isRegistered(scheme)) throw new Error(`${scheme}: not registered before the app was ready`);
      if (schemes.has(scheme)) throw new Error(`${scheme}: handled already`);
      schemes.set(scheme, handler);
    },
    unhandle(scheme) {
      schemes.delete(scheme);
    },
  });
  const webRequest = list.fake<WebRequest, "onBeforeRequest">("WebRequest", {
    onBeforeRequest: ((listener: BeforeRequest | null) => {
      beforeRequest = listener;
    }) as WebRequest["onBeforeRequest"],
  });
  const session = list.fake<
    Session,
    "protocol" | "webRequest" | "on" | "setPermissionCheckHandler" | "setPermissionRequestHandler" | "setDevicePermissionHandler"
  >("Session", {
    protocol,
    webRequest,
    on: ((event: string, listener: (...args: unknown[]) => void) => events.on(event, listener)) as unknown as Session["on"],
    setPermissionCheckHandler(handler) {
      check = handler;
    },
    setPermissionRequestHandler(handler) {
      request = handler;
    },
    setDevicePermissionHandler(handler) {
      device = handler;
    },
  });

  return {
    session,
    events,
    schemes,
    partition,
    cancels(url) {
      let cancelled = false;
      beforeRequest?.({ url }, ({ cancel }) => {
        cancelled = cancel ?? false;
      });
      return cancelled;
    },
    checksPermission: (contents, permission, origin) =>
      check?.(contents, permission, origin, { isMainFrame: true, requestingUrl: `${origin}/` }) ?? true,
    grantsPermission(contents, permission, details) {
      let granted = request === null;
      request?.(contents, permission, (answer) => {
        granted = answer;
      }, details);
      return granted;
    },
    allowsDevice: (details) => device?.(details) ?? true,
  };
}
