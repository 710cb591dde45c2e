// Runs commands for pressed keys: the newest part of the page that knows a command answers.

import { commandsFor, isPrefix, nameOf, type CommandId } from "./keymap";

/** What a command does; `false` passes the key on to an older handler, or to the browser. */
export type Handlers = Partial<Record<CommandId, () => boolean | void>>;

const SEQUENCE_MS = 1500;

export class KeyBoard {
  readonly #stack: Handlers[] = [];
  #pending = "";
  #since = 0;

  /** Registers handlers and returns what takes them away again. */
  add(handlers: Handlers): () => void {
    this.#stack.push(handlers);
    return () => {
      const place = this.#stack.lastIndexOf(handlers);
      if (place >= 0) this.#stack.splice(place, 1);
    };
  }

  /** Runs a command as a click on its control would; whether somebody answered. */
  run(command: CommandId): boolean {
    for (let place = this.#stack.length - 1; place >= 0; place -= 1) {
      const handler = this.#stack[place]?.[command];
      if (handler && handler() !== false) return true;
    }
    return false;
  }

  press(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing) return;
    const name = nameOf(event);
    if (name === "Shift" || name.endsWith("+Shift") || name.endsWith("Control") || name.endsWith("Alt") || name.endsWith("Meta")) return;
    if (isTyping(event.target) && name !== "Escape" && name !== "Ctrl+Enter") return;
    if (isOwnKey(event.target, name)) return;
    const now = Date.now();
    const sequence = this.#pending && now - this.#since < SEQUENCE_MS ? `${this.#pending} ${name}` : name;
    this.#pending = "";
    for (let place = this.#stack.length - 1; place >= 0; place -= 1) {
      const handlers = this.#stack[place];
      for (const command of commandsFor(sequence)) {
        const handler = handlers?.[command];
        if (handler && handler() !== false) {
          event.preventDefault();
          return;
        }
      }
    }
    if (isPrefix(sequence)) {
      this.#pending = sequence;
      this.#since = now;
    }
  }
}

/** Whether keys belong to a field of text. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true;
  return target instanceof HTMLInputElement && !["checkbox", "radio", "button", "range"].includes(target.type);
}

/** Keys that a control needs for itself: Enter on a button, arrows on a list. */
function isOwnKey(target: EventTarget | null, name: string): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (name === "Enter") return target.closest("button, a, summary, select") !== null;
  if (name.includes("Arrow")) return target.matches("select, input, [role='slider'], [role='tab']");
  return target instanceof HTMLSelectElement && name.length === 1;
}

export const keyboard = new KeyBoard();
