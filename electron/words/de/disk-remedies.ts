import type { diskRemedies as english } from "../en/disk-remedies.ts";

export const diskRemedies: typeof english = {
  full: "Schaffen Sie Platz auf der Festplatte.",
  locked: "Schließen Sie das andere Programm, das die Datei geöffnet hat, etwa ein zweites Callside oder eine Datensicherung.",
  denied: "Bitten Sie die IT, die Rechte des Ordners zu prüfen.",
  other: "Schaffen Sie Platz auf der Festplatte, oder bitten Sie die IT, die Rechte des Ordners zu prüfen.",
};
