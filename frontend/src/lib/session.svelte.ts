// What the whole page knows: the project's figures, its revision, short notices, light or dark.

import { ApiError, api } from "./api";
import { Outbox, browserShelf } from "./outbox";
import type { ActorRow, Codebook, PositionRow, Project } from "./types";

export interface Notice {
  id: number;
  text: string;
  kind: "done" | "problem";
}

type Theme = "light" | "dark";
const SOON_MS = 600;
const RETRY_MS = 1000;
const REFUSED_MS = 8000;

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

class Session {
  project = $state.raw<Project | null>(null);
  actors = $state.raw<ActorRow[]>([]);
  codebook = $state.raw<Codebook | null>(null);
  /** Goes up when data on the page may be out of date; pages then read theirs anew. */
  epoch = $state(0);
  notices = $state.raw<Notice[]>([]);
  problem = $state("");
  theme = $state<Theme>("light");
  isTourOpen = $state(false);
  isFilterOpen = $state(false);
  /** Decisions that the server has not confirmed yet. */
  waiting = $state(0);
  readonly names = $derived(new Map(this.actors.map((each) => [each.id, each.name])));
  readonly outbox = new Outbox(browserShelf());
  #revision = 0;
  #notices = 0;
  #changes = 0;
  #writes: Promise<unknown> = Promise.resolve();
  #figures: ReturnType<typeof setTimeout> | undefined;

  nameOf = (id: string): string => this.names.get(id) ?? id;

  async load(): Promise<void> {
    // Pages read their data by themselves at the start; reading it twice would show them twice.
    const isFirst = this.project === null && this.problem === "";
    try {
      const [project, actors] = await Promise.all([api.project(), api.actors()]);
      this.project = project;
      this.actors = actors;
      this.#revision = project.revision;
      if (!isFirst) this.epoch += 1;
      this.problem = "";
    } catch (error) {
      this.problem = messageOf(error);
    }
  }

  async loadCodebook(): Promise<void> {
    this.codebook ??= await api.codebook();
  }

  /** Runs writes one after the other, so that undo follows the order in which they were made. */
  write<T>(send: () => Promise<T>): Promise<T> {
    this.#changes += 1;
    const done = this.#writes.then(send).finally(() => (this.#changes += 1));
    this.#writes = done.catch(() => undefined);
    return done;
  }

  /** Reads again where a write was under way: what was read could lack it, and would take it back on the page. */
  async fresh<T>(read: () => Promise<T>): Promise<T> {
    for (;;) {
      const before = this.#changes;
      const data = await read();
      if (before === this.#changes) return data;
      await this.#writes;
    }
  }

  /** Takes note of a change that this page made and already shows; other people's changes since then are read. */
  async noteOwn(revision: number): Promise<void> {
    const isAlone = revision === this.#revision + 1;
    this.#revision = Math.max(revision, this.#revision);
    if (!isAlone) {
      await this.load();
      return;
    }
    clearTimeout(this.#figures);
    this.#figures = setTimeout(() => void this.#loadFigures(), SOON_MS);
  }

  async #loadFigures(): Promise<void> {
    try {
      const project = await api.project();
      if (project.revision === this.#revision) this.project = project;
      else await this.load();
    } catch (error) {
      this.problem = messageOf(error);
    }
  }

  say(text: string, kind: Notice["kind"] = "done"): void {
    const notice = { id: (this.#notices += 1), text, kind };
    this.notices = [...this.notices.slice(-2), notice];
    setTimeout(() => this.dismiss(notice.id), kind === "problem" ? 9000 : 4000);
  }

  dismiss(id: number): void {
    this.notices = this.notices.filter((each) => each.id !== id);
  }

  complain(error: unknown): void {
    this.say(messageOf(error), "problem");
  }

  async undo(isRedo = false): Promise<void> {
    try {
      const answer = await this.write(() => (isRedo ? api.redo() : api.undo()));
      this.say(answer.event.summary);
      await this.load();
    } catch (error) {
      this.complain(error);
    }
  }

  /** Waits for changes made elsewhere, until the signal ends it. */
  async watch(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        if (this.problem) await this.#recover();
        else {
          const { revision } = await api.changes(this.#revision, signal);
          await this.#writes;
          if (revision > this.#revision) await this.load();
        }
      } catch (error) {
        if (signal.aborted) return;
        this.problem = messageOf(error);
        await pause(error instanceof ApiError && error.status >= 400 ? REFUSED_MS : RETRY_MS);
      }
    }
  }

  /** Tries again after a failure; what could not be recorded is sent once the server answers. */
  async #recover(): Promise<void> {
    await this.load();
    if (this.problem) await pause(RETRY_MS);
    else await this.sendWaiting();
  }

  /** Sends decisions that an earlier server did not confirm. */
  async sendWaiting(): Promise<void> {
    const key = this.project?.path ?? "";
    const waiting = this.outbox.list(key);
    for (const { id, decision } of waiting) {
      try {
        await this.write(() => api.decide(id, decision));
        this.outbox.remove(key, id);
      } catch (error) {
        if (isOutage(error)) break;
        this.outbox.remove(key, id);
        const present = await api.position(id).catch(() => null);
        if (!hasState(present, decision.verdict)) this.say(`A kept decision could not be recorded: ${messageOf(error)}`, "problem");
      }
    }
    this.waiting = this.outbox.list(key).length;
    if (waiting.length > this.waiting) await this.load();
  }

  startTheme(): void {
    const dark = window.matchMedia("(prefers-color-scheme: dark)");
    const apply = () => {
      const kept = recall("amity-theme");
      this.#setTheme(kept === "dark" || kept === "light" ? kept : dark.matches ? "dark" : "light");
    };
    apply();
    dark.addEventListener("change", apply);
  }

  toggleTheme(): void {
    this.#setTheme(this.theme === "dark" ? "light" : "dark");
    remember("amity-theme", this.theme);
  }

  #setTheme(theme: Theme): void {
    this.theme = theme;
    document.documentElement.dataset["theme"] = theme;
  }
}

function hasState(row: PositionRow | null, verdict: string): boolean {
  return row !== null && (row.state === verdict || (verdict === "edited" && row.replaced_by !== null));
}

/** Whether a write may succeed later: no answer, no session yet, or a busy project. */
export function isOutage(error: unknown): boolean {
  return error instanceof ApiError && [0, 401, 502, 503].includes(error.status);
}

/** The reason in words, whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** A setting of this browser; null where there is none or none may be kept. */
export function recall(name: string): string | null {
  return browserShelf()?.getItem(name) ?? null;
}

export function remember(name: string, value: string): void {
  try {
    browserShelf()?.setItem(name, value);
  } catch {
    // A browser that keeps nothing still shows everything.
  }
}

export const session = new Session();
