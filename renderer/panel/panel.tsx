import { Keyboard, Settings as SettingsIcon } from "lucide-react";
import { selectedView } from "../store.ts";
import { usePanel, usePanelState } from "../panel-context.tsx";
import { ConnectionSheet } from "../connection/connection-sheet.tsx";
import { SettingsSheet } from "../settings/settings-sheet.tsx";
import { texts } from "../texts.ts";
import { IconButton } from "../ui/icon-button.tsx";
import { Announcer } from "./announcer.tsx";
import { Banners } from "./banners.tsx";
import { ConnectionStrip } from "./connection-strip.tsx";
import { EmptyPanel } from "./empty-panel.tsx";
import { InteractionHeader } from "./interaction-header.tsx";
import { InteractionMenu } from "./interaction-menu.tsx";
import { InteractionTabs } from "./interaction-tabs.tsx";
import { ShortcutHelp } from "./shortcut-help.tsx";
import { SuggestionList } from "./suggestion-list.tsx";
import { TranscriptList } from "./transcript-list.tsx";
import { usePanelShortcuts } from "./use-panel-shortcuts.ts";

/** The agent's panel: interactions on top, the talk as the ground, suggestions at the hand, the truth in the strip. */
export function Panel() {
  const mode = usePanelState((state) => state.settings.mode);
  const view = usePanel(selectedView);
  const lost = usePanel((panel) => panel.host.kind === "lost");
  const sheet = usePanel((panel) => panel.sheet);
  const showSheet = usePanel((panel) => panel.showSheet);
  usePanelShortcuts();
  return (
    <div className="panel" data-host={lost ? "lost" : "live"} data-empty={view === null}>
      <header className="bar">
        <InteractionTabs />
        <div className="bar-tools">
          <InteractionMenu />
          {mode === "practice" ? (
            <span className="tag" title={texts.practiceHint}>
              {texts.practice}
            </span>
          ) : null}
          <span className="wide-only">
            <IconButton icon={Keyboard} label={texts.help.open} shortcut="?" onClick={() => showSheet("help")} />
          </span>
          <IconButton icon={SettingsIcon} label={texts.settings.open} shortcut="," onClick={() => showSheet("settings")} />
        </div>
      </header>
      <Banners />
      <main className="stage">
        {view === null ? (
          <EmptyPanel />
        ) : (
          <div className="stage" role="tabpanel" id="interaction" aria-label={texts.interactions.label}>
            <InteractionHeader view={view} />
            <TranscriptList key={`talk ${view.interaction.id}`} view={view} />
            <SuggestionList key={`cards ${view.interaction.id}`} view={view} />
          </div>
        )}
      </main>
      <ConnectionStrip />
      <Announcer />
      {sheet === "settings" ? <SettingsSheet onClose={() => showSheet("none")} /> : null}
      {sheet === "connections" ? <ConnectionSheet onClose={() => showSheet("none")} /> : null}
      {sheet === "help" ? <ShortcutHelp onClose={() => showSheet("none")} /> : null}
    </div>
  );
}
