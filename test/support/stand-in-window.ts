import { EventEmitter } from "node:events";
import { readFileSync } from "node:fs";
import type { BrowserWindow, BrowserWindowConstructorOptions, IpcMainInvokeEvent, WebContents, WebFrameMain } from "electron";
import type { Browser, BrowserContext, Frame, Page, Route } from "playwright-core";
import type { FakeList } from "./only-members.ts";
import { createStandInBounds, type BoundsMember, type StandInBounds } from "./stand-in-bounds.ts";
import { preloadScript } from "./stand-in-preload.ts";
import type { StandInSession } from "./stand-in-session.ts";

/** Chromium knows no `app:`; behind the stand-in the panel's origin is this one, where secure-context rules hold too. */
const WEB_ORIGIN = "https://callside.stand-in.invalid";
const APP_ORIGIN = "app://callside";

type WindowOpenHandler = Parameters<WebContents["setWindowOpenHandler"]>[0];
type Invoke = (event: IpcMainInvokeEvent, channel: string, args: readonly unknown[]) => Promise<unknown>;

/** Electron's permissions that Chromium can be told about, by both names. */
const PERMISSIONS = [
  ["clipboard-sanitized-write", "clipboard-write"],
  ["clipboard-read", "clipboard-read"],
  ["geolocation", "geolocation"],
  ["notifications", "notifications"],
  ["midi", "midi"],
] as const;

/** A window of the stand-in, as main sees it and as the person in front of it does. */
export interface StandInWindow {
  readonly window: BrowserWindow;
  readonly options: BrowserWindowConstructorOptions;
  readonly windowEvents: EventEmitter;
  readonly contentsEvents: EventEmitter;
  readonly session: StandInSession;
  /** What is on screen; available once the window has loaded something. */
  page(): Promise<Page>;
  frameOf(frame: Frame): WebFrameMain;
  isVisible(): boolean;
  /** Where it stands, and what the person does to that. */
  readonly place: StandInBounds;
  /** Addresses that the page tried to go to or open, and whether main let it. */
  readonly attempts: readonly { readonly what: "navigate" | "open" | "download"; readonly url: string; readonly allowed: boolean }[];
  /** The person closes the window. */
  close(): void;
  /** Settles when its browser context is gone. */
  readonly gone: Promise<void>;
}

export function toApp(url: string): string {
  return url.startsWith(`${WEB_ORIGIN}/`) || url === WEB_ORIGIN ? APP_ORIGIN + url.slice(WEB_ORIGIN.length) : url;
}

function toWeb(url: string): string {
  return url.startsWith(`${APP_ORIGIN}/`) ? WEB_ORIGIN + url.slice(APP_ORIGIN.length) : url;
}

export function createStandInWindow(
  list: FakeList,
  browser: Browser,
  options: BrowserWindowConstructorOptions,
  session: StandInSession,
  invoke: Invoke,
): StandInWindow {
  const preferences = options.webPreferences ?? {};
  // What is shown in a page of Chromium's has no Node and a sandbox; a window that asks for less cannot be shown here.
  if (preferences.contextIsolation !== true || preferences.sandbox !== true || preferences.nodeIntegration !== false) {
    throw new Error("the stand-in shows only windows with contextIsolation, sandbox and no nodeIntegration");
  }
  const windowEvents = new EventEmitter();
  const place = createStandInBounds(windowEvents, options);
  const contentsEvents = new EventEmitter();
  const attempts: { what: "navigate" | "open" | "download"; url: string; allowed: boolean }[] = [];
  const frames = new WeakMap<Frame, WebFrameMain>();
  const secret = Math.random().toString(36).slice(2);
  const { promise: gone, resolve: goneNow } = Promise.withResolvers<void>();
  let openHandler: WindowOpenHandler | null = null;
  let context: BrowserContext | null = null;
  let current: Page | null = null;
  let loading: string | null = null;
  let visible = options.show !== false;
  let minimized = false;
  let focused = false;
  let destroyed = false;

  const frameOf = (frame: Frame): WebFrameMain => {
    const known = frames.get(frame);
    if (known !== undefined) return known;
    const made = list.fake<WebFrameMain, "url" | "origin">("WebFrameMain", {
      get url() {
        return toApp(frame.url());
      },
      get origin() {
        return /^[a-z]+:\/\/[^/]+/.exec(toApp(frame.url()))?.[0] ?? "null";
      },
    });
    frames.set(frame, made);
    return made;
  };

  const contents = list.fake<WebContents, "on" | "send" | "getURL" | "mainFrame" | "isDestroyed" | "setWindowOpenHandler">("WebContents", {
    on: ((event: string, listener: (...args: unknown[]) => void) => contentsEvents.on(event, listener)) as unknown as WebContents["on"],
    send(channel, ...args) {
      // A page that is being replaced does not hear it, in Electron neither.
      current?.evaluate(deliver, { hook: `hook${secret}`, channel, args }).catch(() => {});
    },
    getURL: () => toApp(current?.url() ?? ""),
    get mainFrame() {
      if (current === null) throw new Error("nothing has been loaded yet");
      return frameOf(current.mainFrame());
    },
    isDestroyed: () => destroyed,
    setWindowOpenHandler(handler) {
      openHandler = handler;
    },
  });

  const mayOpen = (url: string): boolean => {
    const answer = openHandler?.({
      url,
      frameName: "",
      features: "",
      disposition: "new-window",
      referrer: { url: "", policy: "default" },
    });
    if (answer?.action !== "deny") throw new Error("the stand-in opens no further windows");
    attempts.push({ what: "open", url, allowed: false });
    return false;
  };

  const mayNavigate = (url: string, frame: Frame, page: Page): boolean => {
    const isMainFrame = frame === page.mainFrame();
    if (isMainFrame && url === loading) return true;
    let prevented = false;
    const event = {
      url,
      isSameDocument: false,
      isMainFrame,
      frame: frameOf(frame),
      preventDefault: () => {
        prevented = true;
      },
    };
    contentsEvents.emit("will-frame-navigate", event);
    if (isMainFrame) contentsEvents.emit("will-navigate", event, url, false, true);
    attempts.push({ what: "navigate", url, allowed: !prevented });
    return !prevented;
  };

  const serve = async (route: Route, page: Page): Promise<void> => {
    const request = route.request();
    const url = toApp(request.url());
    const frame = frameOfRequest(route, page);
    if (frame === null) {
      // A popup's request: it goes nowhere, and the popup is dealt with when it is told of.
      await route.abort("blockedbyclient");
      return;
    }
    if ((request.isNavigationRequest() && !mayNavigate(url, frame, page)) || session.cancels(url)) {
      // An aborted navigation leaves the page as it is, as a prevented one does.
      await route.abort("aborted");
      return;
    }
    const handler = session.schemes.get(new URL(url).protocol.slice(0, -1));
    if (handler === undefined) {
      await route.continue();
      return;
    }
    const response = await handler(new Request(url, { method: request.method() }));
    await route.fulfill({
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    });
  };

  const setUp = async (): Promise<Page> => {
    context = await browser.newContext({ viewport: { width: options.width ?? 800, height: options.height ?? 600 } });
    const page = await context.newPage();
    await allowPermissions(context, session, contents);
    await context.route("**/*", (route) => serve(route, page));
    await page.exposeBinding(`main${secret}`, ({ frame }, channel: string, args: unknown[]) => {
      const event = list.fake<IpcMainInvokeEvent, "sender" | "senderFrame">("IpcMainInvokeEvent", { sender: contents, senderFrame: frameOf(frame) });
      return invoke(event, channel, args);
    });
    if (preferences.preload !== undefined) {
      await page.addInitScript(preloadScript(readFileSync(preferences.preload, "utf8"), `main${secret}`, `hook${secret}`));
    }
    page.on("popup", (popup) => {
      if (!mayOpen(toApp(popup.url()))) void popup.close();
    });
    page.on("download", (download) => {
      let prevented = false;
      session.events.emit("will-download", { preventDefault: () => (prevented = true) });
      attempts.push({ what: "download", url: toApp(download.url()), allowed: !prevented });
      if (prevented) void download.cancel();
    });
    current = page;
    return page;
  };
  let ready: Promise<Page> | null = null;
  const page = (): Promise<Page> => (ready ??= setUp());

  const end = async (): Promise<void> => {
    // A window that could not be set up has failed its `loadURL` already.
    await ready?.catch(() => {});
    await context?.close();
    goneNow();
  };

  const destroy = (): void => {
    if (destroyed) return;
    destroyed = true;
    windowEvents.emit("closed");
    void end();
  };

  const close = (): void => {
    let prevented = false;
    windowEvents.emit("close", { preventDefault: () => (prevented = true) });
    if (!prevented) destroy();
  };

  const listen = (method: "on" | "once") => ((event: string, listener: (...args: unknown[]) => void) => windowEvents[method](event, listener)) as unknown;
  const window = list.fake<BrowserWindow, BoundsMember | "on" | "once" | "webContents" | "loadURL" | "show" | "focus" | "restore" | "destroy" | "isDestroyed" | "isMinimized" | "isVisible" | "isFocused" | "hide">("BrowserWindow", {
    ...place.members,
    on: listen("on") as BrowserWindow["on"],
    once: listen("once") as BrowserWindow["once"],
    webContents: contents,
    async loadURL(url) {
      const shown = await page();
      loading = url;
      await shown.goto(toWeb(url));
      loading = null;
      windowEvents.emit("ready-to-show");
    },
    show() {
      visible = true;
      windowEvents.emit("show");
    },
    hide() {
      visible = false;
      focused = false;
      windowEvents.emit("hide");
    },
    focus() {
      focused = true;
      windowEvents.emit("focus");
    },
    restore() {
      minimized = false;
      visible = true;
      windowEvents.emit("restore");
    },
    destroy,
    isDestroyed: () => destroyed,
    isMinimized: () => minimized,
    isVisible: () => visible,
    isFocused: () => focused,
  });
  windowEvents.on("minimize", () => {
    minimized = true;
    visible = false;
  });

  return { window, options, windowEvents, contentsEvents, session, page, frameOf, isVisible: () => visible, attempts, place, close, gone };
}

/** The frame of the window's own page that a request comes from; null where it comes from a popup. */
function frameOfRequest(route: Route, page: Page): Frame | null {
  try {
    const frame = route.request().frame();
    return frame.page() === page ? frame : null;
  } catch {
    // A popup's first request, before the popup is known.
    return null;
  }
}

async function allowPermissions(context: BrowserContext, session: StandInSession, contents: WebContents): Promise<void> {
  const allowed = PERMISSIONS.filter(([name]) => session.checksPermission(contents, name, APP_ORIGIN));
  await context.grantPermissions(allowed.map(([, name]) => name), { origin: WEB_ORIGIN });
}

/** Runs in the page. */
function deliver({ hook, channel, args }: { hook: string; channel: string; args: unknown[] }): void {
  const receive: unknown = Reflect.get(window, hook);
  if (typeof receive === "function") Reflect.apply(receive, undefined, [channel, args]);
}
