import type { Overview } from "../../shared/overview.ts";
import { overviewTexts } from "../texts/overview-texts.ts";
import { Note } from "../ui/note.tsx";

const { unread: words } = overviewTexts;
const NAMED = 3;

/** Files of the team's folder that are missing in the figures. */
export function UnreadNote({ unread }: { readonly unread: Overview["unread"] }) {
  if (unread.length === 0) return null;
  const rest = unread.length - NAMED;
  return (
    <Note tone="warn">
      <b>{words.title(unread.length)}</b>{" "}
      {unread.slice(0, NAMED).map(({ file, why }) => (
        <span key={file}>{words.one(file, why)} </span>
      ))}
      {rest > 0 ? words.more(rest) : null}
    </Note>
  );
}
