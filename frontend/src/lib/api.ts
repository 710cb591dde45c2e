// A typed client of the server's JSON routes; every refusal becomes an `ApiError` with the server's own words.

import type {
  ActorDetail, ActorKind, ActorRow, BulkPreview, Codebook, DocumentDetail, DocumentRow, HistoryEvent, MatrixAnswer,
  MeasuresAnswer, NetworkAnswer, Page, Position, PositionDetail, PositionRow, Project, ReadReport, SearchHit,
  TimelineAnswer,
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

export type NewPosition = Omit<Position, "id" | "score"> & { document_id: string };

export const api = {
  project: (signal?: AbortSignal) => get<Project>("/api/project", signal),
  codebook: () => get<Codebook>("/api/codebook"),
  documents: (filter: URLSearchParams, signal?: AbortSignal) =>
    get<Page<DocumentRow>>(withFilter("/api/documents", filter), signal),
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
  decide: (
    id: string,
    decision: { verdict: "accepted" | "rejected" | "edited"; revision: number; replacement?: Position; note?: string },
  ) => send<PositionRow>("POST", `/api/positions/${at(id)}/decision`, decision),
  add: (position: NewPosition) => send<PositionRow>("POST", "/api/positions", position),
  bulkPreview: (filter: Record<string, string[]>, verdict: string) =>
    send<BulkPreview>("POST", "/api/positions/bulk", { filter, verdict, preview: true }),
  bulk: (filter: Record<string, string[]>, verdict: string) =>
    send<{ changed: number }>("POST", "/api/positions/bulk", { filter, verdict }),
  actors: (search: string, signal?: AbortSignal) =>
    get<Page<ActorRow>>(withQuery("/api/actors", { search }), signal),
  actor: (id: string, signal?: AbortSignal) => get<ActorDetail>(`/api/actors/${at(id)}`, signal),
  createActor: (name: string, kind: ActorKind) => send<ActorRow>("POST", "/api/actors", { name, kind }),
  changeActor: (id: string, changes: Partial<Pick<ActorRow, "name" | "kind" | "generic" | "aliases">>) =>
    send<ActorRow>("PATCH", `/api/actors/${at(id)}`, changes),
  mergeActors: (ids: string[], into: string, preview = false) =>
    send<{ positions?: number; documents?: number }>("POST", "/api/actors/merge", preview ? { ids, into, preview } : { ids, into }),
  network: (filter: URLSearchParams, more: Record<string, string>, signal?: AbortSignal) =>
    get<NetworkAnswer>(withFilter("/api/network", filter, more), signal),
  edge: (source: string, target: string, filter: URLSearchParams, signal?: AbortSignal) =>
    get<Page<PositionRow>>(withFilter("/api/network/edge", filter, { source, target }), signal),
  matrix: (filter: URLSearchParams, kind: string, signal?: AbortSignal) =>
    get<MatrixAnswer>(withFilter("/api/matrix", filter, { kind }), signal),
  timeline: (filter: URLSearchParams, more: Record<string, string>, signal?: AbortSignal) =>
    get<TimelineAnswer>(withFilter("/api/timeline", filter, more), signal),
  measures: (filter: URLSearchParams, signal?: AbortSignal) =>
    get<MeasuresAnswer>(withFilter("/api/measures", filter), signal),
  search: (text: string, isRegex: boolean, limit: number, signal?: AbortSignal) =>
    get<{ hits: SearchHit[] }>(withQuery("/api/search", { [isRegex ? "regex" : "text"]: text, limit }), signal),
  events: (query: { limit: number; document?: string; position?: string }, signal?: AbortSignal) =>
    get<{ events: HistoryEvent[] }>(withQuery("/api/events", query), signal),
  undo: () => send<{ summary: string; revision: number }>("POST", "/api/undo", {}),
  redo: () => send<{ summary: string; revision: number }>("POST", "/api/redo", {}),
  changes: (since: number, signal: AbortSignal) => get<{ revision: number }>(withQuery("/api/changes", { since }), signal),
};
