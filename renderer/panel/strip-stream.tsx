import type { ConnectionState } from "../../shared/connection.ts";
import { useNow } from "../panel-context.tsx";
import { texts } from "../texts.ts";
import { formatAge, formatTime } from "../ui/format.ts";
import { connectionSince, connectionWords } from "./connection-words.ts";

/** The live stream in words and since when it holds, where there is no tunnel to speak of beside it. */
export function StripStream({ state }: { readonly state: ConnectionState }) {
  const words = useNow((now) => connectionWords(state, now));
  const since = connectionSince(state);
  const lasting = useNow((now) => (since === null ? null : formatAge(now - since)));
  return (
    <span className="ellipsis" data-connection={state.kind}>
      {words}
      {since === null || lasting === null || state.kind === "checking" ? null : (
        <span className="strip-since" title={texts.since(formatTime(since))}>
          {" "}
          {state.kind === "connected" ? texts.since(formatTime(since)) : texts.connection.lasting(lasting)}
        </span>
      )}
    </span>
  );
}
