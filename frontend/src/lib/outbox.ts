// Decisions that the server has not confirmed are kept in the browser and sent again, so that a stopped server loses none.

import type { NewDecision } from "./api";

export interface Waiting {
  id: string;
  decision: NewDecision;
}

export interface Shelf {
  getItem(name: string): string | null;
  setItem(name: string, value: string): void;
}

const NAME = "amity-outbox";

export class Outbox {
  readonly #shelf: Shelf | null;

  constructor(shelf: Shelf | null) {
    this.#shelf = shelf;
  }

  /** Decisions of a project that wait, oldest first. */
  list(project: string): Waiting[] {
    try {
      const kept: unknown = JSON.parse(this.#shelf?.getItem(`${NAME}:${project}`) ?? "[]");
      return Array.isArray(kept) ? (kept as Waiting[]) : [];
    } catch {
      return [];
    }
  }

  put(project: string, waiting: Waiting): void {
    this.#write(project, [...this.list(project).filter((each) => each.id !== waiting.id), waiting]);
  }

  remove(project: string, id: string): void {
    const left = this.list(project).filter((each) => each.id !== id);
    if (left.length < this.list(project).length) this.#write(project, left);
  }

  #write(project: string, waiting: Waiting[]): void {
    try {
      this.#shelf?.setItem(`${NAME}:${project}`, JSON.stringify(waiting));
    } catch {
      // A browser that keeps nothing still sends; only a stopped server would then lose the last decision.
    }
  }
}

/** The browser's own store, or nothing where it is barred. */
export function browserShelf(): Shelf | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
