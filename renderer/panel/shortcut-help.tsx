import { texts } from "../texts.ts";
import { Sheet } from "../ui/sheet.tsx";

const { keys, groups } = texts.help;

const anywhere = [
  [["1", "2", "3"], keys.copy],
  [["m"], keys.more],
  [["s"], keys.list],
  [["q"], keys.quiet],
  [["["], keys.previous],
  [["]"], keys.next],
  [["l"], keys.latest],
  [["z"], keys.undo],
  [["c"], keys.connections],
  [[","], keys.settings],
  [["?"], keys.help],
] as const;

const onCard = [
  [["↑", "↓"], keys.walk],
  [["h"], keys.helpful],
  [["n"], keys.notHelpful],
  [["p"], keys.pin],
  [["x"], keys.dismiss],
] as const;

/** Every key the panel knows. */
export function ShortcutHelp({ onClose }: { readonly onClose: () => void }) {
  return (
    <Sheet title={texts.help.title} className="sheet-help" onClose={onClose}>
      <KeyGroup title={groups.anywhere} rows={anywhere} />
      <KeyGroup title={groups.card} rows={onCard} />
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
                <kbd key={name}>{name}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
