import type { SimulationCase } from "../../shared/simulation.ts";

/** Suites as people write them, one file each; the extension is that of the format. */
export interface SuiteForm {
  readonly name: string;
  readonly file: string;
  readonly write: (cases: readonly SimulationCase[]) => string;
}

/** The last one takes what only the library reads. */
export const suiteForms: readonly SuiteForm[] = [
  { name: "YAML", file: "suite.yaml", write: (cases) => `cases:\n${cases.map((one) => yamlCase(one, "{ language: en, authenticated: true }")).join("")}` },
  { name: "JSON", file: "suite.json", write: (cases) => JSON.stringify({ cases }, null, 2) },
  { name: "CSV", file: "suite.csv", write: (cases) => `test_id,user_id,utterance,intent,entities,next_flow,response_contains,session_context,tags\n${cases.map(csvCase).join("")}` },
  {
    name: "YAML with an anchor",
    file: "anchored.yaml",
    write: (cases) => `cases:\n${cases.map((one, index) => yamlCase(one, index === 0 ? "&context { language: en, authenticated: true }" : "*context")).join("")}`,
  },
];

/** One case in ten is wrong: a user id of another form, nothing said, or an id that another case has. */
export function withBad(cases: readonly SimulationCase[]): readonly SimulationCase[] {
  return cases.map((one, index) => {
    if (index % 10 !== 3) return one;
    if (index % 3 === 0) return { ...one, user_id: "nobody" };
    if (index % 3 === 1) return { ...one, utterance: " " };
    return { ...one, test_id: cases[index - 1]?.test_id ?? one.test_id };
  });
}

function yamlCase({ test_id: testId, user_id: userId, utterance, expected_outcome: expected, tags }: SimulationCase, context: string): string {
  return [
    `  - test_id: ${testId}`,
    `    user_id: ${userId}`,
    `    utterance: ${JSON.stringify(utterance)}`,
    `    session_context: ${context}`,
    "    expected_outcome:",
    `      intent: ${expected.intent}`,
    "      entities:",
    ...Object.entries(expected.entities).map(([name, value]) => `        ${name}: ${JSON.stringify(value)}`),
    `      next_flow: ${expected.next_flow}`,
    `      response_contains: ${expected.response_contains}`,
    "    tags:",
    ...tags.map((tag) => `      - ${tag}`),
    "",
  ].join("\n");
}

function csvCase({ test_id: testId, user_id: userId, utterance, expected_outcome: expected, tags }: SimulationCase): string {
  const entities = Object.entries(expected.entities).map(([name, value]) => `${name}=${typeof value === "string" ? value : JSON.stringify(value)}`);
  const said = `"${utterance.replaceAll('"', '""')}"`;
  return `${testId},${userId},${said},${expected.intent},${entities.join(";")},${expected.next_flow},${expected.response_contains},language=en;authenticated=true,${tags.join(";")}\n`;
}
