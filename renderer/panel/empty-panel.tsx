import { GraduationCap, Headphones, PlugZap, Unplug } from "lucide-react";
import { assertNever } from "../../shared/assert-never.ts";
import { describeFault } from "../texts/fault-words.ts";
import { usePanel, usePanelState } from "../panel-context.tsx";
import { practiceMarkTexts } from "../texts/practice-mark-texts.ts";
import { texts } from "../texts.ts";
import { Blank } from "../ui/blank.tsx";

/** No interaction is open: what will appear here, and what to do until then. */
export function EmptyPanel() {
  const mode = usePanelState(({ settings }) => settings.mode);
  const stream = usePanelState(({ connections }) => connections.stream);
  const idle = usePanelState(({ practice }) => practice?.state.kind === "ready");
  const goTo = usePanel((view) => view.goTo);
  const showSheet = usePanel((view) => view.showSheet);
  const state = stream?.state ?? { kind: "idle" };
  const keys = (
    <button type="button" className="button" onClick={() => showSheet("help")}>
      {texts.empty.keys}
      <kbd aria-hidden="true">?</kbd>
    </button>
  );
  const blank = () => {
    switch (state.kind) {
      case "connected":
      case "checking":
      case "degraded":
        if (idle) {
          return (
            <Blank level={1} icon={GraduationCap} title={practiceMarkTexts.emptyTitle}>
              <p>{practiceMarkTexts.emptyHint}</p>
              <button type="button" className="button" onClick={() => goTo("practice")}>
                {practiceMarkTexts.choose}
              </button>
            </Blank>
          );
        }
        return (
          <Blank level={1} icon={Headphones} title={mode === "practice" ? texts.empty.practiceTitle : texts.empty.waitingTitle}>
            <p>{mode === "practice" ? texts.empty.practiceHint : texts.empty.waitingHint}</p>
            {keys}
          </Blank>
        );
      case "validating":
      case "connecting":
        return (
          <Blank level={1} icon={PlugZap} title={texts.empty.connectingTitle}>
            <p>{texts.empty.connectingHint}</p>
          </Blank>
        );
      case "reconnecting":
      case "closed":
        return (
          <Blank level={1} icon={Unplug} title={texts.empty.lostTitle}>
            <p>{texts.empty.lostHint}</p>
          </Blank>
        );
      case "rejected":
        return (
          <Blank level={1} icon={Unplug} title={texts.empty.rejectedTitle}>
            <p>{describeFault(state.fault).cause}</p>
          </Blank>
        );
      case "idle":
        return (
          <Blank level={1} icon={Unplug} title={texts.empty.offTitle}>
            <p>{texts.empty.offHint}</p>
          </Blank>
        );
      default:
        return assertNever(state);
    }
  };
  return <div className="empty">{blank()}</div>;
}
