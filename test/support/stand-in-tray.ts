import { EventEmitter } from "node:events";
import type * as Electron from "electron";
import type { Menu, MenuItemConstructorOptions, NativeImage, NativeTheme, Tray } from "electron";
import type { FakeList } from "./only-members.ts";

/** A tray icon as the person sees it. */
export interface StandInTrayIcon {
  readonly events: EventEmitter;
  /** The data URL of what it shows, and whether the system may colour it. */
  readonly image: { readonly url: string; readonly dense: Readonly<Record<number, string>>; readonly template: boolean };
  readonly tooltip: string;
  readonly destroyed: boolean;
  /** How often each was set. */
  readonly drawn: { readonly images: number; readonly tooltips: number; readonly menus: number };
  /** The menu, a line each: `[x] Quiet mode`, `(o) Left`, `- greyed`, with the lines of a submenu indented. */
  menu(): readonly string[];
  /** Presses a line, by its label or its part of the label, as a person does: a checkbox is ticked by the system at once. */
  press(label: string): void;
}

/** The tray and what it is drawn with. */
export interface StandInTray {
  readonly members: Pick<typeof Electron, "Tray" | "Menu" | "nativeImage" | "nativeTheme">;
  readonly icons: readonly StandInTrayIcon[];
  readonly theme: EventEmitter;
  /** Sets the theme of programs and of the bar, and says so. */
  setTheme(dark: { readonly programs: boolean; readonly bar: boolean }): void;
}

interface Image {
  readonly url: string;
  dense: Record<number, string>;
  template: boolean;
}

/** `refused`: a desktop that has no place for icons. */
export function createStandInTray(list: FakeList, { refused = false } = {}): StandInTray {
  const icons: StandInTrayIcon[] = [];
  const images = new Map<NativeImage, Image>();
  const menus = new Map<Menu, readonly MenuItemConstructorOptions[]>();
  const theme = new EventEmitter();
  let dark = { programs: false, bar: false };

  const nativeImage = list.fake<typeof Electron.nativeImage, "createFromDataURL">("nativeImage", {
    createFromDataURL(url) {
      const image: Image = { url, dense: {}, template: false };
      const made = list.fake<NativeImage, "addRepresentation" | "setTemplateImage">("NativeImage", {
        addRepresentation({ scaleFactor = 1, dataURL = "" }) {
          image.dense[scaleFactor] = dataURL;
        },
        setTemplateImage(is) {
          image.template = is;
        },
      });
      images.set(made, image);
      return made;
    },
  });
  const imageOf = (given: NativeImage | string): Image => {
    const known = typeof given === "string" ? undefined : images.get(given);
    if (known === undefined) throw new Error("the stand-in knows images from data URLs only");
    return known;
  };

  const openTray = (first: NativeImage | string): Tray => {
    if (refused) throw new Error("no tray");
    const events = new EventEmitter();
    let image = imageOf(first);
    let tooltip = "";
    let template: readonly MenuItemConstructorOptions[] = [];
    let destroyed = false;
    const drawn = { images: 0, tooltips: 0, menus: 0 };
    const alive = (): void => {
      if (destroyed) throw new Error("the tray icon was destroyed");
    };
    icons.push({
      events,
      drawn,
      get image() {
        return image;
      },
      get tooltip() {
        return tooltip;
      },
      get destroyed() {
        return destroyed;
      },
      menu: () => template.flatMap((item) => linesOf(item)),
      press(label) {
        const found = itemsOf(template).find((item) => item.label?.includes(label) === true);
        if (found === undefined) throw new Error(`no line ${label} in ${JSON.stringify(template)}`);
        if (found.enabled === false) throw new Error(`the line ${label} is greyed`);
        if (found.type === "checkbox") found.checked = found.checked !== true;
        // Ours take no argument.
        (found.click as (() => void) | undefined)?.();
      },
    });
    return list.fake<Tray, "on" | "setImage" | "setToolTip" | "setContextMenu" | "destroy">("Tray", {
      on: ((event: string, fire: () => void) => events.on(event, fire)) as unknown as Tray["on"],
      setImage(next) {
        alive();
        image = imageOf(next);
        drawn.images += 1;
      },
      setToolTip(text) {
        alive();
        tooltip = text;
        drawn.tooltips += 1;
      },
      setContextMenu(menu) {
        alive();
        template = (menu === null ? undefined : menus.get(menu)) ?? [];
        drawn.menus += 1;
      },
      destroy() {
        destroyed = true;
      },
    });
  };

  const menu = list.fake<typeof Menu, "buildFromTemplate">("Menu", {
    buildFromTemplate(template) {
      const made = list.fake<Menu, never>("Menu", {});
      menus.set(made, template as readonly MenuItemConstructorOptions[]);
      return made;
    },
  });
  const nativeTheme = list.fake<NativeTheme, "on" | "off" | "shouldUseDarkColors" | "shouldUseDarkColorsForSystemIntegratedUI">("NativeTheme", {
    on: ((event: string, fire: () => void) => theme.on(event, fire)) as unknown as NativeTheme["on"],
    off: ((event: string, fire: () => void) => theme.off(event, fire)) as unknown as NativeTheme["off"],
    get shouldUseDarkColors() {
      return dark.programs;
    },
    get shouldUseDarkColorsForSystemIntegratedUI() {
      return dark.bar;
    },
  });
  return {
    // Functions that are called with `new` and give objects of their own.
    members: { Tray: function Tray(image: NativeImage | string) { return openTray(image); } as unknown as typeof Tray, Menu: menu, nativeImage, nativeTheme },
    icons,
    theme,
    setTheme(next) {
      dark = next;
      theme.emit("updated");
    },
  };
}

function itemsOf(template: readonly MenuItemConstructorOptions[]): readonly MenuItemConstructorOptions[] {
  return template.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? itemsOf(item.submenu) : [])]);
}

function linesOf({ type, label = "", checked, enabled, submenu }: MenuItemConstructorOptions): readonly string[] {
  if (type === "separator") return ["---"];
  const box = type === "checkbox" ? `[${checked === true ? "x" : " "}] ` : type === "radio" ? `(${checked === true ? "o" : " "}) ` : enabled === false ? "- " : "";
  return [`${box}${label}`, ...(Array.isArray(submenu) ? submenu.flatMap((item) => linesOf(item)).map((line) => `  ${line}`) : [])];
}
