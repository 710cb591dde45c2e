// The document before or after one, in the list's order.

import { api } from "../lib/api";
import { link, navigate } from "../lib/router.svelte";
import { session } from "../lib/session.svelte";

export async function stepDocument(id: string, by: 1 | -1): Promise<void> {
  try {
    const rows = await api.documents();
    rows.sort((a, b) => ((a.date ?? "9") < (b.date ?? "9") ? -1 : (a.date ?? "9") > (b.date ?? "9") ? 1 : a.id < b.id ? -1 : 1));
    const next = rows[rows.findIndex((row) => row.id === id) + by];
    if (next) navigate(link(`/documents/${encodeURIComponent(next.id)}`));
    else session.say(by > 0 ? "This is the last document." : "This is the first document.");
  } catch (error) {
    session.complain(error);
  }
}
