// What several parts of the page ask of a position's row.

import type { PositionRow } from "./types";

/** Names by actor id that a row brought along. */
export function namesOf(row: PositionRow): Map<string, string> {
  const names = new Map<string, string>();
  const { holders, targets, via } = row.position;
  for (const [ids, known] of [[holders, row.holder_names], [targets, row.target_names], [via, row.via_names]] as const) {
    ids.forEach((id, place) => {
      const name = known[place];
      if (name !== undefined) names.set(id, name);
    });
  }
  return names;
}
