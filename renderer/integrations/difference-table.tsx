import type { JsonValue } from "../../shared/integration.ts";
import { integrationTexts } from "../texts/integration-texts.ts";
import type { Difference } from "./definition-diff.ts";

const { register: words } = integrationTexts;

/** What was registered beside what would be now, field by field. */
export function DifferenceTable({ differences }: { readonly differences: readonly Difference[] }) {
  return (
    <div className="differences">
      <table>
        <caption>{words.changes(differences.length)}</caption>
        <thead>
          <tr>
            <th scope="col">{words.field}</th>
            <th scope="col">{words.before}</th>
            <th scope="col">{words.after}</th>
          </tr>
        </thead>
        <tbody>
          {differences.map(({ path, before, after }) => (
            <tr key={path}>
              <th scope="row">
                <code>{path}</code>
              </th>
              <td data-side="before">
                <Value value={before} />
              </td>
              <td data-side="after">
                <Value value={after} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Value({ value }: { readonly value: JsonValue | undefined }) {
  if (value === undefined) return <span className="absent">{words.absent}</span>;
  return <bdi>{typeof value === "string" ? value : JSON.stringify(value)}</bdi>;
}
