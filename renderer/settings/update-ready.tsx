import "./desktop.css";
import { ArrowDownToLine, X } from "lucide-react";
import { useActions } from "../panel-context.tsx";
import { texts } from "../texts.ts";
import { desktopTexts } from "../texts/desktop-texts.ts";
import { IconButton } from "../ui/icon-button.tsx";

const words = desktopTexts.updates;

interface UpdateReadyProps {
  readonly version: string;
  readonly onDismiss: () => void;
}

/** One line that an update is ready, for who wants it now. */
export function UpdateReady({ version, onDismiss }: UpdateReadyProps) {
  const actions = useActions();
  const install = async (): Promise<void> => {
    const answer = await actions.desktop.installUpdate();
    if (!answer.ok) actions.report(answer.error);
  };
  return (
    <section className="update-ready" aria-label={words.region}>
      <ArrowDownToLine size={16} strokeWidth={1.5} aria-hidden="true" />
      <p role="status">{words.ready(version)}</p>
      <button type="button" className="button" onClick={() => void install()}>
        {words.install}
      </button>
      <IconButton icon={X} label={texts.dismiss} onClick={onDismiss} />
    </section>
  );
}
