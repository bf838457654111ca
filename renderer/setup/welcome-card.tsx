import { GraduationCap, PlugZap, X } from "lucide-react";
import { useEffect, useId, useMemo, useRef } from "react";
import { useKeys } from "../panel/use-keys.ts";
import { useActions } from "../panel-context.tsx";
import { texts } from "../texts.ts";
import { setupTexts } from "../texts/setup-texts.ts";
import { IconButton } from "../ui/icon-button.tsx";
import "./setup.css";
import { createSetupActions } from "./setup-actions.ts";

const { welcome: words } = setupTexts;

/** The two ways to begin. Not modal: the practice call behind it goes on and can be used. */
export function WelcomeCard() {
  const panel = useActions();
  const actions = useMemo(() => createSetupActions(panel.give), [panel]);
  const card = useRef<HTMLElement>(null);
  const titleId = useId();
  const practise = async (): Promise<void> => {
    const left = await actions.leave("practice");
    if (!left.ok) panel.report(left.error);
  };
  const connect = async (): Promise<void> => {
    const shown = await actions.show("connect");
    if (!shown.ok) panel.report(shown.error);
  };
  useKeys((key) => {
    if (key !== "Escape") return false;
    void practise();
    return true;
  });
  // A screen reader begins with what has come up.
  useEffect(() => card.current?.focus(), []);
  return (
    <section ref={card} className="welcome" role="dialog" aria-labelledby={titleId} tabIndex={-1}>
      {/* Not a header: beside the panel's own it would be a second banner of the page. */}
      <div className="welcome-head">
        <h2 id={titleId}>{words.title}</h2>
        <IconButton icon={X} label={texts.close} onClick={() => void practise()} />
      </div>
      <p>{words.intro}</p>
      <div className="welcome-ways">
        <Way icon={GraduationCap} title={words.practise} hint={words.practiseHint} onClick={() => void practise()} />
        <Way icon={PlugZap} title={words.connect} hint={words.connectHint} onClick={() => void connect()} />
      </div>
      <p className="hint">{words.again}</p>
    </section>
  );
}

interface WayProps {
  readonly icon: typeof PlugZap;
  readonly title: string;
  readonly hint: string;
  readonly onClick: () => void;
}

function Way({ icon: Icon, title, hint, onClick }: WayProps) {
  return (
    <button type="button" className="welcome-way" onClick={onClick}>
      <Icon size={20} aria-hidden="true" />
      <b>{title}</b>
      <span>{hint}</span>
    </button>
  );
}
