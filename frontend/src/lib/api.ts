// A typed client of the server's JSON routes; every refusal becomes an `ApiError` with the server's own words.

import type {
  ActorDetail, ActorKind, ActorRow, AgreementAnswer, Codebook, DifferencesAnswer, DocumentDetail, DocumentRow, Flag, HistoryEvent,
  MatrixAnswer, MeasuresAnswer, Memo, NetworkAnswer, Page, Position, PositionDetail, PositionRow, Project, ReadReport, Role,
  SearchHit, TeamAnswer, TimelineAnswer,
} from "./types";

export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly type: string,
    message: string,
  ) {
    super(message);
  }

  /** Whether somebody else changed the record since it was read. */
  get isStale(): boolean {
    return this.status === 409;
  }
}

async function refusal(response: Response): Promise<ApiError> {
  const fallback = `the server answered ${response.status} ${response.statusText}`;
  try {
    const body = (await response.json()) as { error?: { type?: string; message?: string } };
    return new ApiError(response.status, body.error?.type ?? "Error", body.error?.message ?? fallback);
  } catch {
    return new ApiError(response.status, "Error", fallback);
  }
}

async function call<T>(path: string, init: RequestInit): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, { credentials: "same-origin", ...init });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ApiError(0, "Unreachable", "the server does not answer; start it again with amity serve");
  }
  if (!response.ok) throw await refusal(response);
  return (await response.json()) as T;
}

const get = <T>(path: string, signal?: AbortSignal): Promise<T> => call<T>(path, signal ? { signal } : {});

const send = <T>(method: string, path: string, body: unknown): Promise<T> =>
  call<T>(path, { method, headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

/** A path with its query; empty values are left out, lists are repeated. */
export function withQuery(path: string, query: Record<string, string | number | boolean | string[] | undefined>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === "") continue;
    for (const each of Array.isArray(value) ? value : [String(value)]) parameters.append(name, each);
  }
  const text = parameters.toString();
  return text ? `${path}?${text}` : path;
}

/** A path with the filter's parameters and further ones. */
export function withFilter(path: string, filter: URLSearchParams, more: Record<string, string | number> = {}): string {
  const parameters = new URLSearchParams(filter);
  for (const [name, value] of Object.entries(more)) parameters.set(name, String(value));
  const text = parameters.toString();
  return text ? `${path}?${text}` : path;
}

const at = (id: string): string => encodeURIComponent(id);

/** A position that no reader found; the server gives it an id. */
export type NewPosition = Omit<Position, "id" | "score">;

export interface NewDecision {
  verdict: "accepted" | "rejected" | "edited";
  revision: number;
  replacement?: Position;
  note?: string;
}

interface ActorAnswer {
  actor: ActorRow | null;
  revision: number;
}

interface UndoAnswer {
  event: HistoryEvent;
  revision: number;
}

export const api = {
  project: (signal?: AbortSignal) => get<Project>("/api/project", signal),
  codebook: () => get<Codebook>("/api/codebook"),
  documents: (signal?: AbortSignal) => get<DocumentRow[]>("/api/documents", signal),
  document: (id: string, signal?: AbortSignal) => get<DocumentDetail>(`/api/documents/${at(id)}`, signal),
  upload: (file: File) =>
    call<ReadReport>("/api/documents", {
      method: "POST",
      headers: { "Content-Type": "application/octet-stream", "X-Amity-Filename": encodeURIComponent(file.name) },
      body: file,
    }),
  positions: (filter: URLSearchParams, more: Record<string, string | number>, signal?: AbortSignal) =>
    get<Page<PositionRow>>(withFilter("/api/positions", filter, more), signal),
  position: (id: string) => get<PositionDetail>(`/api/positions/${at(id)}`),
  decide: (id: string, decision: NewDecision) => send<PositionRow>("POST", `/api/positions/${at(id)}/decision`, decision),
  add: (documentId: string, position: NewPosition) =>
    send<PositionRow>("POST", "/api/positions", { document_id: documentId, position }),
  decideMany: (ids: string[], verdict: "accepted" | "rejected") =>
    send<{ changed: number; revision: number }>("POST", "/api/positions/bulk", { ids, verdict }),
  actors: (search = "", signal?: AbortSignal) => get<ActorRow[]>(withQuery("/api/actors", { search }), signal),
  actor: (id: string, filter: URLSearchParams, signal?: AbortSignal) =>
    get<ActorDetail>(withFilter(`/api/actors/${at(id)}`, filter), signal),
  addActor: (name: string, kind: ActorKind) => send<ActorAnswer>("POST", "/api/actors", { name, kind }),
  changeActor: (id: string, changes: Partial<Pick<ActorRow, "name" | "kind" | "generic" | "aliases">>) =>
    send<ActorAnswer>("PATCH", `/api/actors/${at(id)}`, changes),
  mergeActors: (ids: string[], into: string) => send<ActorAnswer>("POST", "/api/actors/merge", { ids, into }),
  network: (filter: URLSearchParams, more: Record<string, string | number>, signal?: AbortSignal) =>
    get<NetworkAnswer>(withFilter("/api/network", filter, more), signal),
  edge: (source: string, target: string, filter: URLSearchParams, signal?: AbortSignal) =>
    get<{ rows: PositionRow[] }>(withFilter("/api/network/edge", filter, { source, target }), signal),
  matrix: (filter: URLSearchParams, signal?: AbortSignal) => get<MatrixAnswer>(withFilter("/api/matrix", filter), signal),
  timeline: (filter: URLSearchParams, signal?: AbortSignal) => get<TimelineAnswer>(withFilter("/api/timeline", filter), signal),
  measures: (filter: URLSearchParams, signal?: AbortSignal) => get<MeasuresAnswer>(withFilter("/api/measures", filter), signal),
  search: (text: string, isRegex: boolean, limit: number, signal?: AbortSignal) =>
    get<{ hits: SearchHit[] }>(withQuery("/api/search", { [isRegex ? "regex" : "text"]: text, limit }), signal),
  events: (query: { limit: number; document?: string; position?: string }, signal?: AbortSignal) =>
    get<HistoryEvent[]>(withQuery("/api/events", query), signal),
  team: (signal?: AbortSignal) => get<TeamAnswer>("/api/team", signal),
  setCoder: (name: string, role: Role) => send<{ revision: number }>("POST", "/api/coders", { name, role }),
  assign: (documents: string[], coder: string, blind: boolean) =>
    send<{ revision: number }>("POST", "/api/assignments", { documents, coder, blind }),
  agreement: (left: string, right: string, signal?: AbortSignal) =>
    get<AgreementAnswer>(withQuery("/api/agreement", { left, right }), signal),
  differences: (id: string, left: string, right: string, signal?: AbortSignal) =>
    get<DifferencesAnswer>(withQuery(`/api/documents/${at(id)}/differences`, { left, right }), signal),
  memos: (id: string, signal?: AbortSignal) => get<Memo[]>(withQuery("/api/memos", { subject: "document", subject_id: id }), signal),
  addMemo: (id: string, text: string) => send<{ revision: number }>("POST", "/api/memos", { subject: "document", subject_id: id, text }),
  flags: (id: string, signal?: AbortSignal) => get<Flag[]>(withQuery("/api/flags", { subject: "document", subject_id: id }), signal),
  flag: (id: string, name: string, on: boolean) =>
    send<{ revision: number }>("POST", "/api/flags", { subject: "document", subject_id: id, name, on }),
  undo: () => send<UndoAnswer>("POST", "/api/undo", {}),
  redo: () => send<UndoAnswer>("POST", "/api/redo", {}),
  changes: (since: number, signal: AbortSignal) => get<{ revision: number }>(withQuery("/api/changes", { since }), signal),
};
