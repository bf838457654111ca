import { Unplug } from "lucide-react";
import { usePanel } from "../panel-context.tsx";
import { texts } from "../texts.ts";
import { Blank } from "../ui/blank.tsx";

/** What stands on the page before anything is known: loading, or that there is nobody to ask. */
export function HostSplash() {
  const host = usePanel((view) => view.host.kind);
  return (
    <main className="splash">
      {host === "lost" ? (
        <Blank level={1} icon={Unplug} title={texts.connection.hostLostTitle} role="alert">
          {texts.connection.hostLostRemedy}
        </Blank>
      ) : (
        <output className="splash-loading">
          {host === "starting" ? texts.connection.hostStarting : texts.connection.loading}
        </output>
      )}
    </main>
  );
}
