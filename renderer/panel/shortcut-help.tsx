import { usePanelState } from "../panel-context.tsx";
import { texts } from "../texts.ts";
import { SetupLink } from "../setup/setup-link.tsx";
import { helpTexts } from "../texts/help-texts.ts";
import { keyName } from "../ui/key-name.ts";
import { Sheet } from "../ui/sheet.tsx";

const { keys, groups } = helpTexts;
const { chatKeys } = texts;

const inLive = [
  [["1", "2", "3"], keys.copy],
  [["m"], keys.more],
  [["s"], keys.list],
  [["q"], keys.quiet],
  [["["], keys.previous],
  [["]"], keys.next],
  [["l"], keys.latest],
  [["z"], keys.undo],
] as const;

const inEveryView = [
  [["c"], keys.connections],
  [["w"], keys.health],
  [[","], keys.settings],
  [["?"], keys.help],
] as const;

const toPlaces = [
  [["g", "l"], keys.goLive],
  [["g", "o"], keys.goOverview],
  [["g", "h"], keys.goHistory],
  [["g", "w"], keys.goWorkshop],
  [["g", "s"], keys.goSimulations],
  [["g", "b"], keys.goBridge],
  [["g", "i"], keys.goIntegrations],
] as const;

const toOwnPlaces = [
  [["g", "l"], keys.goLive],
  [["g", "o"], keys.goMine],
  [["g", "h"], keys.goHistory],
] as const;

const toPractice = [[["g", "p"], keys.goPractice]] as const;

const inOverview = [[["r"], keys.readAgain]] as const;

const inHistory = [
  [["/"], keys.searchPast],
  [["j", "k"], keys.walkPast],
  [["Enter"], keys.openPast],
  [["Esc"], keys.leavePast],
] as const;

const inSimulations = [
  [["/"], keys.search],
  [["↑", "↓"], keys.walkCases],
  [["Enter"], keys.readCase],
  [["Esc"], keys.leaveCase],
] as const;

const inBridge = [
  [["/"], keys.searchMatters],
  [["↑", "↓"], keys.walkMatters],
  [["Space"], keys.choose],
  [["Ctrl", "A"], keys.chooseAll],
  [["Enter"], keys.open],
  [["r"], keys.replay],
  [["Del"], keys.discard],
] as const;

const inIntegrations = [
  [["n"], keys.newIntegration],
  [["Ctrl", "Enter"], keys.runTry],
] as const;

const onCard = [
  [["↑", "↓"], keys.walk],
  [["h"], keys.helpful],
  [["n"], keys.notHelpful],
  [["p"], keys.pin],
  [["x"], keys.dismiss],
] as const;

const inChat = [
  [["r"], chatKeys.write],
  [["t"], chatKeys.answerer],
  [["Enter"], chatKeys.send],
  [["Shift", "Enter"], chatKeys.newLine],
  [["Esc"], chatKeys.leave],
  [["z"], chatKeys.undo],
  [["e"], chatKeys.editCard],
  [["Ctrl", "Enter"], chatKeys.sendCard],
] as const;

/** Every key the panel knows, as far as the role has use for it. */
export function ShortcutHelp({ onClose }: { readonly onClose: () => void }) {
  const supervisor = usePanelState((state) => state.settings.role === "supervisor");
  const practising = usePanelState((state) => state.practice !== null);
  const toThere = practising ? toPractice : [];
  const chats = usePanelState((state) => state.connections.bridge !== undefined || state.interactions.some(({ bridged }) => bridged !== null));
  return (
    <Sheet title={texts.help.open} className="sheet-help" onClose={onClose}>
      {supervisor ? (
        <>
          <KeyGroup title={groups.anywhere} rows={[...toPlaces, ...toThere, ...inEveryView]} />
          <KeyGroup title={groups.live} rows={inLive} />
        </>
      ) : (
        <KeyGroup title={groups.anywhere} rows={[...inLive, ...toOwnPlaces, ...toThere, ...inEveryView]} />
      )}
      <KeyGroup title={groups.card} rows={onCard} />
      {chats ? <KeyGroup title={chatKeys.group} rows={inChat} /> : null}
      <KeyGroup title={supervisor ? groups.overview : groups.mine} rows={inOverview} />
      <KeyGroup title={groups.history} rows={inHistory} />
      {supervisor ? (
        <>
          <KeyGroup title={groups.simulations} rows={inSimulations} />
          <KeyGroup title={groups.bridge} rows={inBridge} />
          <KeyGroup title={groups.integrations} rows={inIntegrations} />
        </>
      ) : null}
      <p className="sheet-links">
        <SetupLink />
      </p>
    </Sheet>
  );
}

interface KeyGroupProps {
  readonly title: string;
  readonly rows: readonly (readonly [keys: readonly string[], does: string])[];
}

function KeyGroup({ title, rows }: KeyGroupProps) {
  return (
    <section className="keys">
      <h3>{title}</h3>
      <dl>
        {rows.map(([names, does]) => (
          <div key={does}>
            <dt>
              {names.map((name) => (
                <kbd key={name}>{keyName(name)}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
