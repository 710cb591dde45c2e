// The filter that all views share: query parameters named as in the server's PositionFilter.

export const LIST_FIELDS = [
  "acts", "statuses", "voices", "polarities", "states", "holders", "targets", "actors", "concepts", "documents", "kinds", "readers",
] as const;
export const SINGLE_FIELDS = ["since", "until", "min_score", "text", "generic"] as const;

export type ListField = (typeof LIST_FIELDS)[number];
export type SingleField = (typeof SINGLE_FIELDS)[number];
export type FilterField = ListField | SingleField;

const ALL: readonly string[] = [...LIST_FIELDS, ...SINGLE_FIELDS];

/** The filter's part of an address, in a fixed order; other parameters and empty values are left out. */
export function filterOf(parameters: URLSearchParams): URLSearchParams {
  const filter = new URLSearchParams();
  for (const name of ALL) {
    for (const value of new Set(parameters.getAll(name))) if (value !== "") filter.append(name, value);
  }
  return filter;
}

/** How many conditions a filter puts. */
export function countConditions(filter: URLSearchParams): number {
  return [...filter.keys()].length;
}

/** A copy with one value of a list turned on or off. */
export function toggled(filter: URLSearchParams, name: ListField, value: string): URLSearchParams {
  const values = filter.getAll(name);
  return withValues(filter, name, values.includes(value) ? values.filter((each) => each !== value) : [...values, value]);
}

/** A copy with a field's values replaced. */
export function withValues(filter: URLSearchParams, name: FilterField, values: readonly string[]): URLSearchParams {
  const copy = new URLSearchParams(filter);
  copy.delete(name);
  for (const value of values) if (value !== "") copy.append(name, value);
  return filterOf(copy);
}

const WORDS: Record<string, string> = {
  since: "from", until: "to", min_score: "score at least", text: "words", generic: "generic actors",
  acts: "act", statuses: "status", voices: "voice", polarities: "sign", states: "state", holders: "holder", targets: "target",
  actors: "actor", concepts: "concept", documents: "document", kinds: "kind", readers: "reader",
};

/** A condition in words, as on the chips. */
export function conditionText(name: string, value: string, nameOfActor: (id: string) => string): string {
  const label = WORDS[name] ?? name;
  if (name === "polarities") return value === "1" ? "support" : value === "-1" ? "opposition" : "neither";
  if (name === "generic") return "without generic actors";
  if (name === "holders" || name === "targets" || name === "actors") return `${label}: ${nameOfActor(value)}`;
  if (name === "states") return value;
  return `${label} ${value}`;
}

/** Lists by field name, as the bulk route takes them. */
export function filterRecord(filter: URLSearchParams): Record<string, string[]> {
  const record: Record<string, string[]> = {};
  for (const name of new Set(filter.keys())) record[name] = filter.getAll(name);
  return record;
}
