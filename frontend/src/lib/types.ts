// The shapes that the server sends: the codebook's field names, offsets in Unicode code points.

export const ACTS = [
  "endorse", "commit", "concede", "meet", "call", "criticise", "refuse", "warn", "deed", "state",
] as const;
export const STATUSES = ["actual", "future", "hypothetical", "negated", "historical"] as const;
export const VOICES = ["own", "quoted", "reported", "inferred"] as const;
export const HOLDER_FORMS = ["named", "nominal", "pronoun", "implicit", "unknown"] as const;
export const STRENGTHS = ["weak", "plain", "strong"] as const;
export const CERTAINTIES = ["sure", "unsure"] as const;
export const STATES = ["suggested", "accepted", "edited", "rejected", "added"] as const;
export const ACTOR_KINDS = [
  "person", "party", "organisation", "government", "state", "armed_force", "movement", "bloc", "collective", "other",
] as const;

export type Act = (typeof ACTS)[number];
export type Status = (typeof STATUSES)[number];
export type Voice = (typeof VOICES)[number];
export type HolderForm = (typeof HOLDER_FORMS)[number];
export type Strength = (typeof STRENGTHS)[number];
export type Certainty = (typeof CERTAINTIES)[number];
export type State = (typeof STATES)[number];
export type ActorKind = (typeof ACTOR_KINDS)[number];
export type Sign = 1 | 0 | -1 | null;
export type Pair = [number, number];

/** One position in the codebook's form, as `position_to_json` writes it. */
export interface Position {
  id: string;
  holders: string[];
  holder_form: HolderForm;
  via: string[];
  targets: string[];
  polarity: Sign;
  concept: string | null;
  agreement: 1 | -1 | null;
  act: Act;
  status: Status;
  voice: Voice;
  evidence: Pair[];
  cue: Pair;
  strength: Strength;
  certainty: Certainty;
  date: string | null;
  score: number;
}

export interface Origin {
  agent: string;
  version?: string;
  made_at?: string;
}

/** A position as the document view gets it. */
export interface CodedPosition extends Position {
  state: State;
  revision: number;
  origin?: Origin;
}

export interface PositionRow {
  position: Position;
  document_id: string;
  state: State;
  title: string;
  document_date: string | null;
  words: string;
  cue_words: string;
  before: string;
  after: string;
  holder_names: string[];
  target_names: string[];
  via_names: string[];
  origin: Origin;
  revision: number;
}

export interface Decision {
  verdict: "accepted" | "edited" | "rejected" | "added";
  origin: Origin;
  note: string;
  at: string;
  replaced_by: string | null;
}

export interface HistoryEvent {
  id: number;
  at: string;
  origin: Origin;
  kind: string;
  summary: string;
  document_id: string | null;
  position_id: string | null;
  before: Record<string, unknown>;
  after: Record<string, unknown>;
  undone: boolean;
  reverses: number | null;
}

export interface PositionDetail extends PositionRow {
  decisions: Decision[];
  history: HistoryEvent[];
}

export interface Counts {
  documents: number;
  positions: number;
  checked: number;
  suggested: number;
  actors: number;
  characters: number;
}

export interface Project {
  name: string;
  path: string;
  counts: Counts;
  first_date: string | null;
  last_date: string | null;
  acts: Record<string, number>;
  polarities: Record<string, number>;
  states: Record<string, number>;
  kinds: Record<string, number>;
  years: Record<string, number>;
  readers: string[];
  default_min_score: number;
  coder: string;
  codebook_version: string;
  can_undo: boolean;
  can_redo: boolean;
  revision: number;
  team: boolean;
}

export interface CodebookValue {
  value: string;
  definition: string;
  usual?: string;
  cues?: string;
}

export interface CodebookField {
  name: string;
  definition: string;
  values: CodebookValue[];
}

export interface Codebook {
  version: string;
  fields: CodebookField[];
  rules: string[];
}

export interface DocumentRow {
  id: string;
  title: string;
  date: string | null;
  issuers: string[];
  kind: string;
  language: string;
  n_characters: number;
  n_positions: number;
  n_checked: number;
  n_open: number;
  status: string;
}

export interface ActorBrief {
  id: string;
  name: string;
  kind: ActorKind;
  generic: boolean;
  aliases: string[];
}

export interface MentionRow {
  id: string;
  start: number;
  end: number;
  actor: string;
  form: "named" | "nominal" | "pronoun";
}

export interface QuotationRow {
  speaker: string | null;
  start: number;
  end: number;
  cue: Pair | null;
}

export interface DocumentDetail {
  id: string;
  title: string;
  date: string | null;
  place: string;
  kind: string;
  language: string;
  publisher: string;
  citation: string;
  text: string;
  metadata: Record<string, string>;
  provenance: Record<string, string>;
  issuers: string[];
  addressees: string[];
  actors: ActorBrief[];
  mentions: MentionRow[];
  positions: CodedPosition[];
  quotations: QuotationRow[];
  revision: number;
}

export interface ReadReport {
  documents: number;
  positions: number;
  duplicates: string[];
  unreadable: { path: string; place: string; reason: string }[];
  ids: string[];
}

export interface ActorRow extends ActorBrief {
  held: number;
  received: number;
  supports: number;
  opposes: number;
  documents: number;
}

export interface RelationRow {
  id: string;
  name: string;
  positions: number;
  documents: number;
}

export interface Period {
  start: string;
  end: string;
  support: number;
  opposition: number;
  positions: number;
}

export interface ActorDetail {
  actor: ActorBrief & { attributes: Record<string, string> };
  links: { document_id: string; title: string; name: string; reason: string }[];
  supports: RelationRow[];
  opposes: RelationRow[];
  supported_by: RelationRow[];
  opposed_by: RelationRow[];
  periods: Period[];
  merged: string[];
}

export interface NetworkActor {
  id: string;
  name: string;
  kind: ActorKind;
  generic: boolean;
  x: number;
  y: number;
  support_in: number;
  support_out: number;
  opposition_in: number;
  opposition_out: number;
}

export interface NetworkEdge {
  source: string;
  target: string;
  support: number;
  opposition: number;
  positions: number;
}

export interface Basis {
  n_positions: number;
  n_documents: number;
  n_checked: number;
}

export interface NetworkAnswer extends Basis {
  actors: NetworkActor[];
  edges: NetworkEdge[];
  blocs: string[][];
  windows: { start: string; end: string; n_positions: number }[];
}

export interface MatrixAnswer extends Basis {
  rows: { id: string; name: string; bloc: number }[];
  columns: { id: string; name: string; bloc: number }[];
  support: number[][];
  opposition: number[][];
}

export interface TimelineAnswer extends Basis {
  periods: Period[];
}

export interface MeasureResult {
  name: string;
  title: string;
  value: number | string | null;
  low: number | null;
  high: number | null;
  exact: boolean;
  explanation: string;
  ties?: { source: string; target: string; source_name: string; target_name: string }[];
  groups?: string[][];
  series?: { start: string; value: number; low: number | null; high: number | null }[];
}

export interface MeasuresAnswer extends Basis {
  results: MeasureResult[];
}

export interface SearchHit {
  document_id: string;
  title: string;
  date: string | null;
  start: number;
  end: number;
  snippet: string;
}

export interface Page<T> {
  total: number;
  rows: T[];
}

export interface BulkPreview {
  count: number;
  examples: PositionRow[];
}
