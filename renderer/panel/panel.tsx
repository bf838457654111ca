import { Keyboard, Settings as SettingsIcon } from "lucide-react";
import { PlaceMenu } from "../frame/place-menu.tsx";
import { selectedView } from "../store.ts";
import { usePanel } from "../panel-context.tsx";
import { texts } from "../texts.ts";
import { IconButton } from "../ui/icon-button.tsx";
import { AnswererBar } from "./answerer-bar.tsx";
import { AttentionNote } from "./attention-note.tsx";
import { Banners } from "./banners.tsx";
import { Composer } from "./composer.tsx";
import { EmptyPanel } from "./empty-panel.tsx";
import { InteractionHeader } from "./interaction-header.tsx";
import { InteractionMenu } from "./interaction-menu.tsx";
import { InteractionTabs } from "./interaction-tabs.tsx";
import { SuggestionList } from "./suggestion-list.tsx";
import { TranscriptList } from "./transcript-list.tsx";
import { useChat } from "./use-chat.ts";
import { useChatKeys } from "./use-chat-keys.ts";
import { usePanelShortcuts } from "./use-panel-shortcuts.ts";

/** The agent's panel: interactions on top, the talk as the ground, suggestions at the hand. */
export function Panel() {
  const view = usePanel(selectedView);
  const showSheet = usePanel((panel) => panel.showSheet);
  const chat = useChat(view);
  const bridged = view?.bridged ?? null;
  usePanelShortcuts();
  useChatKeys(chat);
  return (
    <div className="panel" data-empty={view === null} data-bridged={bridged !== null}>
      <header className="bar">
        <InteractionTabs />
        <div className="bar-tools">
          <InteractionMenu />
          <PlaceMenu />
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
            {bridged === null ? null : (
              <div className="chat-head">
                <AnswererBar conversation={bridged} chat={chat} />
                {bridged.attention === null || chat === null ? null : <AttentionNote view={view} attention={bridged.attention} />}
              </div>
            )}
            <TranscriptList key={`talk ${view.interaction.id}`} view={view} onUndo={chat?.undo ?? null} />
            <SuggestionList key={`cards ${view.interaction.id}`} view={view} chat={chat} />
            {chat === null ? null : <Composer key={`write ${view.interaction.id}`} view={view} chat={chat} />}
          </div>
        )}
      </main>
    </div>
  );
}
