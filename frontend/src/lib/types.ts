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
  made_at?: string | null;
}

/** A position with its state and what a list shows of it. */
export interface PositionRow {
  position: Position;
  document_id: string;
  title: string;
  document_date: string | null;
  state: State;
  standing: boolean;
  revision: number;
  replaces: string | null;
  replaced_by: string | null;
  origin: Origin | null;
  words: string[];
  cue_words: string;
  before: string;
  after: string;
  holder_names: string[];
  target_names: string[];
  via_names: string[];
}

export interface Decision {
  verdict: "accepted" | "edited" | "rejected" | "added";
  by: Origin | null;
  note: string;
  at: string;
  replaced_by: string | null;
}

export interface HistoryEvent {
  id: number;
  at: string;
  agent: string;
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

export interface Project {
  name: string;
  path: string;
  n_documents: number;
  n_characters: number;
  n_actors: number;
  n_positions: number;
  n_checked: number;
  first_date: string | null;
  last_date: string | null;
  documents_by_kind: Record<string, number>;
  positions_by_act: Record<string, number>;
  positions_by_polarity: Record<string, number>;
  positions_by_state: Record<string, number>;
  positions_by_year: Record<string, number>;
  default_min_score: number;
  coder: string;
  role: string;
  can_undo: boolean;
  can_redo: boolean;
  revision: number;
  unreadable: { path?: string; place?: string; reason?: string }[];
}

export interface Codebook {
  fields: Record<string, string>;
  acts: { act: Act; usual_polarity: Sign; cues: string }[];
  values: Record<string, string[]>;
}

export interface DocumentRow {
  id: string;
  title: string;
  date: string | null;
  issuers: string[];
  place: string;
  kind: string;
  language: string;
  characters: number;
  positions: number;
  checked: number;
  version: number;
  reader: string;
}

export interface ActorBrief {
  id: string;
  name: string;
  kind: ActorKind;
  generic: boolean;
  aliases: string[];
}

export interface MentionRow {
  start: number;
  end: number;
  actor: string;
  form: "named" | "nominal" | "pronoun";
}

export interface QuotationRow {
  speaker: string | null;
  start: number;
  end: number;
}

export interface DocumentDetail {
  id: string;
  text: string;
  title: string;
  date: string | null;
  place: string;
  kind: string;
  language: string;
  issuer_names: string[];
  metadata: Record<string, string>;
  provenance: Record<string, string>;
  issuers: string[];
  addressees: string[];
  /** Names by id. */
  actors: Record<string, string>;
  mentions: MentionRow[];
  positions: PositionRow[];
  quotations: QuotationRow[];
}

export interface ReadReport {
  documents: number;
  positions: number;
  duplicates: string[];
  new_versions: string[];
  unreadable: { path: string; place: string; reason: string }[];
}

export interface ActorRow extends ActorBrief {
  attributes: Record<string, string>;
  documents: number;
  held: number;
  received: number;
  merged: string[];
}

export interface RelationRow {
  id: string;
  name: string;
  count: number;
}

export interface ActorDetail {
  actor: ActorRow;
  links: { document_id: string; name: string; reason: string }[];
  supports: RelationRow[];
  opposes: RelationRow[];
  supported_by: RelationRow[];
  opposed_by: RelationRow[];
}

export interface NetworkActor {
  id: string;
  name: string;
  kind: ActorKind;
  x: number;
  y: number;
  support_in: number;
  opposition_in: number;
}

export interface NetworkEdge {
  source: string;
  target: string;
  support: number;
  opposition: number;
  positions: number;
}

/** What a figure rests on. */
export interface Basis {
  n_positions: number;
  n_documents: number;
  n_checked?: number;
}

export interface NetworkAnswer extends Basis {
  aspect: number;
  hidden: number;
  actors: NetworkActor[];
  edges: NetworkEdge[];
  blocs: string[][];
}

export interface MatrixAnswer extends Basis {
  actors: { id: string; name: string }[];
  cells: { row: number; column: number; support: number; opposition: number }[];
}

export interface Period {
  label: string;
  start: string;
  end: string;
  support: number;
  opposition: number;
  neither: number;
}

export interface TimelineAnswer extends Basis {
  n_dated: number;
  periods: Period[];
}

export interface MeasuresAnswer extends Basis {
  actors: Record<string, string>;
  results: Record<string, { what: string; text: string; result: Record<string, unknown> }>;
}

export interface SearchHit {
  document_id: string;
  title: string;
  start: number;
  end: number;
  snippet: string;
}

export const ROLES = ["reader", "coder", "adjudicator", "administrator"] as const;
export type Role = (typeof ROLES)[number];

export interface Assignment {
  document_id: string;
  title: string;
  coder: string;
  status: "open" | "started" | "done";
  blind: boolean;
  sample: string;
}

export interface TeamAnswer {
  coders: { name: string; role: Role; active: boolean }[];
  assignments: Assignment[];
}

export interface AgreementAnswer {
  left: string;
  right: string;
  documents: string[];
  /** Pairs of holder and target that the left, the right, and both coded. */
  positions: [number, number, number];
  detection_f1: number;
  fields: { field: string; level: string; alpha: number | null; equal: number; pairs: number; dropped: number }[];
  /** Positions that only one coder has, as "document:position". */
  dropped: string[];
}

export interface DifferenceRow {
  status: "agree" | "disagree" | "left" | "right";
  left: Position | null;
  right: Position | null;
  words: string[];
}

export interface DifferencesAnswer {
  left: string;
  right: string;
  rows: DifferenceRow[];
}

export interface Memo {
  id: number;
  text: string;
  origin: Origin;
  at: string;
}

export interface Flag {
  name: string;
  origin: Origin;
  at: string;
}

export interface Page<T> {
  total: number;
  rows: T[];
}
