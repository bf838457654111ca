import { useState } from "react";
import type { ConnectionName, ConnectionState } from "../../shared/connection.ts";
import { describeFault } from "../texts/fault-words.ts";
import type { HealthSubject } from "../../shared/health.ts";
import { useActions, usePanel, usePanelState, useServices } from "../panel-context.tsx";
import { texts } from "../texts.ts";
import { healthTexts } from "../texts/health-texts.ts";
import { formatTimeWithSeconds } from "../ui/format.ts";

const connectionOf: Readonly<Partial<Record<HealthSubject, ConnectionName>>> = { assist: "stream", tunnel: "tunnel", bridge: "bridge" };

/** What the program can do about trouble in these subjects; nothing where it can do nothing. */
export function HealthRemedies({ subjects }: { readonly subjects: readonly HealthSubject[] }) {
  const connections = usePanelState((state) => state.connections);
  const showSheet = usePanel((view) => view.showSheet);
  const { reconnect, words } = useReconnectAll();
  const names = subjects.flatMap((subject) => connectionOf[subject] ?? []).filter((name) => isDown(connections[name]?.state));
  const inSettings = subjects.includes("configuration");
  return (
    <>
      {names.length > 0 || inSettings ? (
        <div className="health-actions">
          {names.length > 0 ? (
            <button type="button" className="button" onClick={() => reconnect(names)}>
              {healthTexts.reconnect}
            </button>
          ) : null}
          {inSettings ? (
            <button type="button" className="button" onClick={() => showSheet("settings")}>
              {healthTexts.openSettings}
            </button>
          ) : null}
        </div>
      ) : null}
      <output className="health-asked">{words}</output>
    </>
  );
}

/** Whether asking for a new connection makes sense: there is to be one, none stands, and none is being made. */
function isDown(state: ConnectionState | undefined): boolean {
  return state?.kind === "reconnecting" || state?.kind === "rejected" || state?.kind === "closed";
}

function useReconnectAll(): { readonly reconnect: (names: readonly ConnectionName[]) => void; readonly words: string } {
  const actions = useActions();
  const { clock } = useServices();
  const [words, setWords] = useState("");
  const reconnect = async (names: readonly ConnectionName[]): Promise<void> => {
    setWords(`${texts.connectionSheet.asked(formatTimeWithSeconds(clock.now()))} ${healthTexts.reconnectHint}`);
    const answers = await Promise.all(names.map((name) => actions.retry(name)));
    const refused = answers.find((answer) => !answer.ok);
    if (refused === undefined || refused.ok) return;
    const { what, remedy } = describeFault(refused.error);
    setWords(`${what} ${remedy}`);
  };
  return { reconnect: (names) => void reconnect(names), words };
}
