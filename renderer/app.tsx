import { useEffect } from "react";
import { Frame } from "./frame/frame.tsx";
import { usePanel } from "./panel-context.tsx";
import { HostSplash } from "./panel/host-splash.tsx";

/** The whole page: the panel once main's state is known, until then who we are waiting for. */
export function App() {
  const known = usePanel((view) => view.mirror.state !== null);
  const theme = usePanel((view) => view.mirror.state?.settings.display.theme ?? "system");
  useEffect(() => {
    const root = document.documentElement;
    if (theme === "system") delete root.dataset.theme;
    else root.dataset.theme = theme;
  }, [theme]);
  return known ? <Frame /> : <HostSplash />;
}
