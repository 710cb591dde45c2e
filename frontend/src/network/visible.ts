// What of the network is drawn: the window of time, the actors not hidden, an actor's neighbourhood.

import type { NetworkAnswer } from "../lib/types";
import type { Window } from "./windows";

/** The filter narrowed to a window; the narrower of two bounds counts. */
export function inWindow(filter: URLSearchParams, window: Window | null): URLSearchParams {
  const narrowed = new URLSearchParams(filter);
  if (!window) return narrowed;
  const [since, until] = [filter.get("since"), filter.get("until")];
  narrowed.set("since", since !== null && since.slice(0, 4) > window.since ? since : window.since);
  narrowed.set("until", until !== null && until.slice(0, 4) < window.until ? until : window.until);
  return narrowed;
}

interface Choice {
  hidden: ReadonlySet<string>;
  /** An actor whose neighbourhood alone is shown. */
  near: string | null;
}

/** Actors and ties to draw: places and blocs of the whole, ties and figures of the part where there is one. */
export function visibleNetwork(whole: NetworkAnswer, part: NetworkAnswer | null, { hidden, near }: Choice): NetworkAnswer {
  const shown = part ?? whole;
  const places = new Map(whole.actors.map((actor) => [actor.id, actor]));
  const neighbours = new Set(shown.edges.flatMap((edge) => (edge.source === near || edge.target === near ? [edge.source, edge.target] : [])));
  const isShown = (id: string) => !hidden.has(id) && (near === null || id === near || neighbours.has(id));
  const actors = shown.actors.flatMap((actor) => {
    const place = places.get(actor.id) ?? actor;
    return isShown(actor.id) ? [{ ...actor, x: place.x, y: place.y }] : [];
  });
  const ids = new Set(actors.map((actor) => actor.id));
  return {
    ...shown,
    aspect: whole.aspect,
    actors,
    edges: shown.edges.filter((edge) => ids.has(edge.source) && ids.has(edge.target)),
    blocs: whole.blocs.map((bloc) => bloc.filter((id) => ids.has(id))).filter((bloc) => bloc.length > 0),
  };
}
