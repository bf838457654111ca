import { RefreshCw } from "lucide-react";
import type { ReactNode } from "react";
import { usePanelState } from "../panel-context.tsx";
import { overviewTexts } from "../texts/overview-texts.ts";
import { formatTime } from "../ui/format.ts";
import { IconButton } from "../ui/icon-button.tsx";
import type { Figures } from "./overview-reader.ts";

const { title, mine, mineHint, head: words } = overviewTexts;

interface OverviewHeadProps {
  readonly figures: Figures;
  readonly asking: boolean;
  readonly onAgain: () => void;
  readonly children: ReactNode;
}

/** Whose figures, of how much, as of when. */
export function OverviewHead({ figures, asking, onAgain, children }: OverviewHeadProps) {
  const agent = usePanelState(({ settings }) => settings.role === "agent");
  return (
    <header className="over-head">
      <div className="over-title">
        <h1>{agent ? mine : title}</h1>
        {agent ? <p className="meta">{mineHint}</p> : null}
        <p className="meta" aria-live="polite">
          {figures.kind === "read" ? (
            <>
              <span>{words.size(figures.overview.interactions, figures.overview.utterances)}</span> <span>{asking ? words.reading : words.asOf(formatTime(figures.at))}</span>
            </>
          ) : asking ? (
            words.reading
          ) : null}
        </p>
      </div>
      <IconButton icon={RefreshCw} label={words.again} shortcut="r" onClick={onAgain} />
      {children}
    </header>
  );
}
