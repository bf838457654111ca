import type { ConnectionName } from "../../shared/connection.ts";
import { useActions } from "../panel-context.tsx";

/** The one thing to press in a connection's banner: a new attempt at once. */
export function BannerRetry({ name, label }: { readonly name: ConnectionName; readonly label: string }) {
  const actions = useActions();
  return (
    <button type="button" className="banner-button" onClick={() => void actions.retry(name)}>
      {label}
    </button>
  );
}
