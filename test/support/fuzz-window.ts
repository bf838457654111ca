import type { Browser, BrowserContext, Frame, Page } from "playwright-core";
import { createFakeList } from "./only-members.ts";

/**
 * A browser without pages, for suites that ask main and need nobody to look at what it shows: the stand-in's windows open
 * in no time and are at the address that they were sent to.
 */
export function pagelessBrowser(): Browser {
  const list = createFakeList();
  const openPage = (): Page => {
    let address = "about:blank";
    const frame = list.fake<Frame, "url">("Frame", { url: () => address });
    const members = {
      mainFrame: () => frame,
      url: () => address,
      goto: async (url: string) => {
        address = url;
        return null;
      },
      exposeBinding: async () => {},
      addInitScript: async () => {},
      evaluate: async () => undefined,
      on: () => undefined,
      setViewportSize: async () => {},
    };
    return list.fake<Page, keyof typeof members>("Page", members as unknown as Pick<Page, keyof typeof members>);
  };
  const openContext = (): BrowserContext => {
    const members = { newPage: async () => openPage(), route: async () => {}, grantPermissions: async () => {}, close: async () => {} };
    return list.fake<BrowserContext, keyof typeof members>("BrowserContext", members as unknown as Pick<BrowserContext, keyof typeof members>);
  };
  return list.fake<Browser, "newContext">("Browser", { newContext: async () => openContext() });
}
