import { CircleCheck, Inbox, SearchX } from "lucide-react";
import type { BridgeView } from "../../shared/bridge-view.ts";
import { bridgeViewTexts } from "../texts/bridge-view-texts.ts";
import { Blank } from "../ui/blank.tsx";
import type { MatterKind } from "./matters.ts";

const { none: words } = bridgeViewTexts;

interface MatterNothingProps {
  readonly view: BridgeView;
  readonly kind: MatterKind;
  /** There are some, but not such. */
  readonly filtered: boolean;
  readonly onReset: () => void;
  readonly onUncertain: () => void;
}

/** What it means that the table is empty. */
export function MatterNothing({ view, kind, filtered, onReset, onUncertain }: MatterNothingProps) {
  if (filtered) {
    return (
      <Blank icon={SearchX} title={words.found.title}>
        <p>{words.found.hint}</p>
        <button type="button" className="button" onClick={onReset}>
          {words.reset}
        </button>
      </Blank>
    );
  }
  if (kind === "uncertain") {
    return (
      <Blank icon={CircleCheck} title={words.uncertain.title}>
        <p>{words.uncertain.hint}</p>
      </Blank>
    );
  }
  if (view.uncertain.count > 0) {
    return (
      <Blank icon={Inbox} title={words.deadButUncertain.title}>
        <p>{words.deadButUncertain.hint}</p>
        <button type="button" className="button" onClick={onUncertain}>
          {words.showUncertain}
        </button>
      </Blank>
    );
  }
  const { title, hint } = view.received === 0 ? words.deadQuiet : words.dead;
  return (
    <Blank icon={view.received === 0 ? Inbox : CircleCheck} title={title}>
      <p>{hint}</p>
    </Blank>
  );
}
