import { Unplug } from "lucide-react";
import { usePanel } from "../panel-context.tsx";
import { texts } from "../texts.ts";
import { Blank } from "../ui/blank.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { BridgeSection } from "./bridge-section.tsx";
import { StreamSection } from "./stream-section.tsx";
import { TunnelSection } from "./tunnel-section.tsx";

/** The details of every connection. Without Callside behind the page nothing is known of any. */
export function ConnectionSheet({ onClose }: { readonly onClose: () => void }) {
  const lost = usePanel((view) => view.host.kind === "lost");
  const showSheet = usePanel((view) => view.showSheet);
  const footer = lost ? null : (
    <footer className="sheet-foot">
      <span>{texts.health.askHint}</span>
      <button type="button" className="button" aria-haspopup="dialog" onClick={() => showSheet("health")}>
        {texts.health.ask}
        <kbd aria-hidden="true">w</kbd>
      </button>
    </footer>
  );
  return (
    <Sheet title={texts.connectionSheet.title} className="sheet-connection" onClose={onClose} footer={footer}>
      {lost ? (
        <Blank icon={Unplug} title={texts.connection.hostLostTitle}>
          {texts.connection.hostLostRemedy}
        </Blank>
      ) : (
        <>
          <StreamSection />
          <TunnelSection />
          <BridgeSection />
        </>
      )}
    </Sheet>
  );
}
