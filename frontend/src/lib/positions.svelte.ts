// The positions on a page, and decisions on them: shown at once, recorded in the background, taken back when refused.

import { ApiError, api, type NewPosition } from "./api";
import { isOutage, messageOf, session } from "./session.svelte";
import type { Position, PositionRow, State } from "./types";

type Answer = PositionRow & { project_revision?: number };

export class PositionSet {
  rows = $state.raw<PositionRow[]>([]);
  readonly byId = $derived(new Map(this.rows.map((row) => [row.position.id, row])));

  replace(id: string, row: PositionRow): void {
    this.rows = this.rows.map((each) => (each.position.id === id ? row : each));
  }

  accept(id: string): Promise<void> {
    return this.#decide(id, "accepted");
  }

  reject(id: string): Promise<void> {
    return this.#decide(id, "rejected");
  }

  /** Records a corrected position; resolves to the id it has from then on. */
  async edit(id: string, replacement: Position): Promise<string> {
    const row = this.byId.get(id);
    if (!row) return id;
    this.replace(id, { ...row, position: { ...replacement, id }, state: "edited" });
    const answer = await this.#send(id, "edited", replacement);
    if (answer) this.replace(id, answer);
    return answer?.position.id ?? id;
  }

  async add(documentId: string, position: NewPosition): Promise<string | null> {
    try {
      const answer: Answer = await session.write(() => api.add(documentId, position));
      this.rows = [...this.rows, answer].sort(inReadingOrder);
      await session.noteOwn(answer.project_revision ?? 0);
      return answer.position.id;
    } catch (error) {
      session.complain(error);
      return null;
    }
  }

  async #decide(id: string, verdict: "accepted" | "rejected"): Promise<void> {
    const row = this.byId.get(id);
    if (!row || row.state === verdict) return;
    this.replace(id, { ...row, state: verdict as State });
    const answer = await this.#send(id, verdict);
    // An answer that comes late must not undo a newer decision on the page.
    if (answer && this.byId.get(id)?.state === verdict) this.replace(id, answer);
  }

  async #send(id: string, verdict: "accepted" | "rejected" | "edited", replacement?: Position): Promise<PositionRow | null> {
    const project = session.project?.path ?? "";
    try {
      const answer: Answer = await session.write(() => {
        const revision = Math.max(this.#revisions.get(id) ?? 0, this.byId.get(id)?.revision ?? 0);
        const decision = { verdict, revision, ...(replacement ? { replacement } : {}) };
        session.outbox.put(project, { id, decision });
        return api.decide(id, decision);
      });
      this.#revisions.set(answer.position.id, answer.revision);
      session.outbox.remove(project, id);
      await session.noteOwn(answer.project_revision ?? 0);
      return answer;
    } catch (error) {
      await this.#refused(id, project, error);
      return null;
    }
  }

  /** Revisions that answers brought, for decisions that follow before the page shows them. */
  readonly #revisions = new Map<string, number>();

  async #refused(id: string, project: string, error: unknown): Promise<void> {
    if (isOutage(error)) {
      session.waiting = session.outbox.list(project).length;
      session.problem = messageOf(error);
      return;
    }
    session.outbox.remove(project, id);
    if (error instanceof ApiError && error.isStale) session.say("Somebody changed this position meanwhile; it is shown as it is now.", "problem");
    else session.complain(error);
    this.#revisions.delete(id);
    await session.load();
  }
}

/** Order of the text: by first word, then by cue. */
export function inReadingOrder(a: PositionRow, b: PositionRow): number {
  return startOf(a) - startOf(b) || a.position.cue[0] - b.position.cue[0] || (a.position.id < b.position.id ? -1 : 1);
}

export function startOf(row: PositionRow): number {
  return Math.min(...row.position.evidence.map((pair) => pair[0]));
}

/** Whether nobody has decided on it yet. */
export const isOpen = (row: PositionRow): boolean => row.state === "suggested";
