// Hits by document, and snippets cut where the hit stands in them.

import type { SearchHit } from "./types";

export interface Group {
  id: string;
  title: string;
  hits: SearchHit[];
}

/** Hits by document, in the order in which the documents first appear. */
export function groupHits(hits: readonly SearchHit[]): Group[] {
  const groups = new Map<string, Group>();
  for (const hit of hits) {
    const group = groups.get(hit.document_id) ?? { id: hit.document_id, title: hit.title, hits: [] };
    group.hits.push(hit);
    groups.set(hit.document_id, group);
  }
  return [...groups.values()];
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** A snippet in pieces: words that begin like a searched word are hits. */
export function pieces(snippet: string, query: string): { text: string; isHit: boolean }[] {
  const stems = (query.match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => !["AND", "OR", "NOT", "NEAR"].includes(word));
  if (stems.length === 0) return [{ text: snippet, isHit: false }];
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${stems.map(escaped).join("|")})[\\p{L}\\p{N}]*`, "giu");
  const result: { text: string; isHit: boolean }[] = [];
  let from = 0;
  for (const match of snippet.matchAll(pattern)) {
    if (match.index > from) result.push({ text: snippet.slice(from, match.index), isHit: false });
    result.push({ text: match[0], isHit: true });
    from = match.index + match[0].length;
  }
  if (from < snippet.length) result.push({ text: snippet.slice(from), isHit: false });
  return result;
}
