// Completion of actors: those named in the sentence first, then the document's, then the project's.

import type { ActorBrief, MentionRow } from "./types";

export interface Candidate {
  id: string;
  name: string;
  note: string;
}

const fold = (text: string): string => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** How well typed letters fit a name: lower is better, -1 for no fit. */
export function fit(typed: string, name: string): number {
  const query = fold(typed).trim();
  const words = fold(name);
  if (query === "") return 3;
  if (words === query) return 0;
  if (words.startsWith(query)) return 1;
  if (words.split(/[\s\-'’]+/).some((word) => word.startsWith(query))) return 2;
  const initials = words.split(/[\s\-]+/).filter((word) => !["of", "the", "and", "for"].includes(word)).map((word) => word[0]).join("");
  if (initials.startsWith(query)) return 3;
  return words.includes(query) ? 4 : -1;
}

/** At most `limit` actors that fit what was typed, best first; `near` (by id) win ties. */
export function rank(typed: string, actors: readonly ActorBrief[], near: readonly string[], limit = 8): Candidate[] {
  const nearness = new Map(near.map((id, place) => [id, place]));
  const scored: { actor: ActorBrief; score: number; place: number }[] = [];
  for (const actor of actors) {
    const fits = [actor.name, ...actor.aliases].map((name) => fit(typed, name)).filter((each) => each >= 0);
    if (fits.length === 0) continue;
    const place = nearness.get(actor.id);
    if (typed.trim() === "" && near.length > 0 && place === undefined && scored.length > limit * 4) continue;
    scored.push({ actor, score: Math.min(...fits), place: place ?? near.length + 1 });
  }
  scored.sort((a, b) => a.score - b.score || a.place - b.place || (a.actor.name < b.actor.name ? -1 : 1));
  return scored.slice(0, limit).map(({ actor, place }) => ({
    id: actor.id,
    name: actor.name,
    note: place <= near.length ? "in this sentence" : actor.kind.replace("_", " "),
  }));
}

/** Actors that a stretch of text mentions, in reading order, each once. */
export function mentionedIn(mentions: readonly MentionRow[], start: number, end: number): string[] {
  const inside = mentions.filter((each) => each.start < end && each.end > start).sort((a, b) => a.start - b.start);
  return [...new Set(inside.map((each) => each.actor))];
}
