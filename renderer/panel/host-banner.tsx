import { useWallNow } from "../panel-context.tsx";
import { texts } from "../texts.ts";
import { formatAge } from "../ui/format.ts";

/** The program behind the panel is gone: what is shown is old, and says so. */
export function HostBanner({ since }: { readonly since: number }) {
  const age = useWallNow((now) => formatAge(now - since));
  return (
    <div className="banner" data-tone="bad">
      <p>
        <b>{texts.connection.hostLostTitle}.</b> {texts.connection.hostLostKept(age)}
        <br />
        {texts.connection.hostLostRemedy}
      </p>
    </div>
  );
}
