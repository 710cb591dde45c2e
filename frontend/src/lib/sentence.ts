// A position as one sentence that reads back: "The Conference criticises (“condemns”) the X government over Y, reported by Z".

import type { Act, Position, Sign, Status } from "./types";

export type Role = "holder" | "act" | "target" | "concept" | "via" | "cue";

export interface Part {
  text: string;
  role?: Role;
  /** Actor of a chip. */
  actor?: string;
}

export interface Names {
  /** An actor's name by id. */
  name: (id: string) => string;
  /** The cue's own words. */
  cue: string;
}

interface Verb {
  base: string;
  third: string;
  past: string;
  /** Between verb and target. */
  towards: string;
  /** Between verb and concept where there is no target. */
  about: string;
}

const VERBS: Record<Act, Verb> = {
  endorse: { base: "endorse", third: "endorses", past: "endorsed", towards: "", about: "" },
  commit: { base: "commit", third: "commits", past: "committed", towards: "itself to", about: "itself to" },
  concede: { base: "concede", third: "concedes", past: "conceded", towards: "to", about: "" },
  meet: { base: "meet", third: "meets", past: "met", towards: "with", about: "about" },
  call: { base: "call", third: "calls", past: "called", towards: "upon", about: "for" },
  criticise: { base: "criticise", third: "criticises", past: "criticised", towards: "", about: "" },
  refuse: { base: "refuse", third: "refuses", past: "refused", towards: "", about: "" },
  warn: { base: "warn", third: "warns", past: "warned", towards: "", about: "of" },
  deed: { base: "act", third: "acts", past: "acted", towards: "towards", about: "on" },
  state: { base: "state", third: "states", past: "stated", towards: "towards", about: "" },
};

const DEED: Record<string, string> = { "1": "for", "-1": "against" };

/** The verb of an act, in the number and mood that holders and status ask for. */
export function verbOf(act: Act, status: Status, isPlural: boolean): string {
  const verb = VERBS[act];
  if (status === "future") return `will ${verb.base}`;
  if (status === "hypothetical") return `would ${verb.base}`;
  if (status === "historical") return verb.past;
  if (status === "negated") return `${isPlural ? "do" : "does"} not ${verb.base}`;
  return isPlural ? verb.base : verb.third;
}

/** The parts of the sentence, in reading order; plain text between the chips. */
export function sentenceParts(position: Position, names: Names): Part[] {
  const isPlural = position.holders.length > 1;
  const verb = VERBS[position.act];
  const parts: Part[] = [...listParts(position.holders, "holder", names.name), { text: " " }];
  parts.push({ text: verbOf(position.act, position.status, isPlural), role: "act" });
  if (names.cue) parts.push({ text: " (" }, { text: `“${names.cue}”`, role: "cue" }, { text: ")" });
  if (position.targets.length) {
    const towards = position.act === "deed" ? (DEED[String(position.polarity)] ?? verb.towards) : plural(verb.towards, isPlural);
    parts.push({ text: towards ? ` ${towards} ` : " " }, ...listParts(position.targets, "target", names.name));
  }
  if (position.concept) {
    const about = position.targets.length ? betweenTargetAndConcept(position.act) : plural(verb.about, isPlural);
    parts.push({ text: about ? ` ${about} ` : " " }, { text: position.concept, role: "concept" });
    if (position.targets.length && position.agreement === -1) parts.push({ text: " (which it is against)" });
  }
  if (position.via.length) parts.push({ text: ", reported by " }, ...listParts(position.via, "via", names.name));
  parts.push({ text: "." });
  return parts;
}

function betweenTargetAndConcept(act: Act): string {
  return act === "call" || act === "endorse" ? "for" : "over";
}

function plural(words: string, isPlural: boolean): string {
  return isPlural ? words.replace("itself", "themselves") : words;
}

function listParts(ids: readonly string[], role: Role, name: (id: string) => string): Part[] {
  const parts: Part[] = [];
  ids.forEach((id, place) => {
    if (place > 0) parts.push({ text: place === ids.length - 1 ? " and " : ", " });
    parts.push({ text: name(id), role, actor: id });
  });
  return parts;
}

/** The sentence as plain words, for labels and screen readers. */
export function sentenceText(position: Position, names: Names): string {
  return sentenceParts(position, names).map((part) => part.text).join("");
}

/** The sign a position shows: towards its targets, else with its concept. */
export function signOf(position: Pick<Position, "polarity" | "agreement" | "targets">): Sign {
  return position.targets.length ? position.polarity : position.agreement;
}

const SIGNS: Record<string, { mark: string; word: string; kind: "support" | "opposition" | "neither" }> = {
  "1": { mark: "+", word: "support", kind: "support" },
  "-1": { mark: "−", word: "opposition", kind: "opposition" },
};

/** Mark, word and style of a sign. */
export function signWords(sign: Sign): { mark: string; word: string; kind: "support" | "opposition" | "neither" } {
  return SIGNS[String(sign)] ?? { mark: "·", word: "neither", kind: "neither" };
}
