// Files being brought in, and what became of each; kept while the page around the drop zone changes.

import { api } from "./api";
import { plural } from "./format";
import { messageOf, session } from "./session.svelte";
import type { ReadReport } from "./types";

export interface Outcome {
  name: string;
  text: string;
  isProblem: boolean;
}

class Imports {
  progress = $state("");
  outcomes = $state.raw<Outcome[]>([]);

  async take(files: Iterable<File>): Promise<void> {
    const list = [...files];
    this.outcomes = [];
    for (const [place, file] of list.entries()) {
      this.progress = `Reading ${file.name} (${place + 1} of ${list.length}) …`;
      this.outcomes = [...this.outcomes, await read(file)];
    }
    this.progress = "";
    await session.load();
  }
}

async function read(file: File): Promise<Outcome> {
  try {
    const report = await session.write(() => api.upload(file));
    return { name: file.name, text: said(report), isProblem: report.unreadable.length > 0 };
  } catch (error) {
    return { name: file.name, text: messageOf(error), isProblem: true };
  }
}

function said(report: ReadReport): string {
  const parts = [
    report.documents ? `${plural(report.documents, "document")}, ${plural(report.positions, "position")} suggested` : "",
    report.duplicates.length ? `${plural(report.duplicates.length, "document")} already in the project` : "",
    report.new_versions.length ? plural(report.new_versions.length, "new version") : "",
    ...report.unreadable.map((each) => `${each.place ? `${each.place}: ` : ""}${each.reason}`),
  ];
  return parts.filter(Boolean).join("; ") || "nothing to read in it";
}

export const imports = new Imports();
