import { type KeyboardEvent, useRef } from "react";

interface TabListProps<Name extends string> {
  readonly label: string;
  /** Tab and panel are tied by it. */
  readonly id: string;
  readonly tabs: readonly (readonly [name: Name, label: string])[];
  readonly shown: Name;
  readonly onShow: (name: Name) => void;
}

/** Tabs that arrow keys walk. The panel of a tab has the id `ID-panel` and is labelled by `ID-NAME`. */
export function TabList<Name extends string>({ label, id, tabs, shown, onShow }: TabListProps<Name>) {
  const list = useRef<HTMLDivElement>(null);
  const walk = (event: KeyboardEvent): void => {
    const at = tabs.findIndex(([name]) => name === shown);
    const next = event.key === "ArrowRight" ? at + 1 : event.key === "ArrowLeft" ? at - 1 : event.key === "Home" ? 0 : event.key === "End" ? tabs.length - 1 : null;
    if (next === null) return;
    event.preventDefault();
    const place = (next + tabs.length) % tabs.length;
    const target = tabs[place];
    if (target === undefined) return;
    onShow(target[0]);
    list.current?.querySelectorAll("button")[place]?.focus();
  };
  return (
    <div ref={list} className="steps" role="tablist" aria-label={label} tabIndex={-1} onKeyDown={walk}>
      {tabs.map(([name, words]) => (
        <button
          key={name}
          type="button"
          role="tab"
          id={`${id}-${name}`}
          aria-controls={`${id}-panel`}
          aria-selected={name === shown}
          tabIndex={name === shown ? 0 : -1}
          className="step"
          onClick={() => onShow(name)}
        >
          {words}
        </button>
      ))}
    </div>
  );
}
