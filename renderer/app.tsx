import { useEffect } from "react";
import { usePanel, StateProvider } from "./panel-context.tsx";
import { HostSplash } from "./panel/host-splash.tsx";
import { Panel } from "./panel/panel.tsx";

/** The whole page: the panel once main's state is known, until then who we are waiting for. */
export function App() {
  const state = usePanel((view) => view.mirror.state);
  const theme = state?.settings.display.theme ?? "system";
  useEffect(() => {
    const root = document.documentElement;
    if (theme === "system") delete root.dataset.theme;
    else root.dataset.theme = theme;
  }, [theme]);
  if (state === null) return <HostSplash />;
  return (
    <StateProvider value={state}>
      <Panel />
    </StateProvider>
  );
}
