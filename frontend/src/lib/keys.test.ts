import { describe, expect, it } from "vitest";
import { KeyBoard, isTyping } from "./keys";
import { COMMANDS, commandsFor, keyOf, nameOf } from "./keymap";

const press = (keyboard: KeyBoard, key: string, target?: HTMLElement, more: KeyboardEventInit = {}) => {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more });
  if (target) {
    document.body.append(target);
    target.addEventListener("keydown", (each) => keyboard.press(each), { once: true });
    target.dispatchEvent(event);
    target.remove();
  } else keyboard.press(event);
  return event;
};

describe("the keymap", () => {
  it("gives no key twice where both commands could be on one page", () => {
    const anywhere = Object.entries(COMMANDS).filter(([, each]) => each.group === "Anywhere" || each.group === "Go to");
    for (const [id, command] of Object.entries(COMMANDS)) {
      for (const [other, global] of anywhere) {
        if (id === other) continue;
        const shared = command.keys.filter((key) => (global.keys as readonly string[]).includes(key));
        expect(shared, `${id} and ${other}`).toEqual([]);
      }
    }
    const page = Object.values(COMMANDS).filter((each) => ["Checking", "Text", "Spans"].includes(each.group)).flatMap((each) => [...each.keys]);
    expect(new Set(page).size).toBe(page.length);
  });

  it("prints keys and names events alike", () => {
    expect(keyOf("accept")).toBe("a");
    expect(keyOf("confirm")).toBe("↵");
    expect(nameOf(new KeyboardEvent("keydown", { key: "U", shiftKey: true }))).toBe("U");
    expect(nameOf(new KeyboardEvent("keydown", { key: "ArrowLeft", shiftKey: true }))).toBe("Shift+ArrowLeft");
    expect(nameOf(new KeyboardEvent("keydown", { key: "z", metaKey: true }))).toBe("Ctrl+z");
    expect(commandsFor("+")).toEqual(["support", "zoomIn"]);
  });
});

describe("KeyBoard", () => {
  it("lets the newest part that knows a command answer", () => {
    const keyboard = new KeyBoard();
    const seen: string[] = [];
    keyboard.add({ next: () => void seen.push("page"), help: () => void seen.push("help") });
    const remove = keyboard.add({ next: () => void seen.push("form") });
    press(keyboard, "j");
    remove();
    press(keyboard, "j");
    press(keyboard, "?");
    expect(seen).toEqual(["form", "page", "help"]);
  });

  it("passes a key on where a handler declines it", () => {
    const keyboard = new KeyBoard();
    keyboard.add({ zoomIn: () => false });
    expect(press(keyboard, "+").defaultPrevented).toBe(false);
  });

  it("reads sequences such as g d", () => {
    const keyboard = new KeyBoard();
    const seen: string[] = [];
    keyboard.add({ goDocuments: () => void seen.push("documents"), hide: () => void seen.push("hide") });
    press(keyboard, "g");
    press(keyboard, "d");
    press(keyboard, "d");
    expect(seen).toEqual(["documents", "hide"]);
  });

  it("leaves fields of text alone, save Escape", () => {
    const keyboard = new KeyBoard();
    const seen: string[] = [];
    keyboard.add({ accept: () => void seen.push("accept"), close: () => void seen.push("close") });
    press(keyboard, "a", document.createElement("input"));
    press(keyboard, "Escape", document.createElement("input"));
    expect(seen).toEqual(["close"]);
    const box = document.createElement("input");
    box.type = "checkbox";
    expect(isTyping(box)).toBe(false);
  });

  it("leaves Enter to buttons and letters to selects", () => {
    const keyboard = new KeyBoard();
    const seen: string[] = [];
    keyboard.add({ confirm: () => void seen.push("confirm"), accept: () => void seen.push("accept") });
    press(keyboard, "Enter", document.createElement("button"));
    press(keyboard, "a", document.createElement("select"));
    press(keyboard, "a", document.createElement("button"));
    expect(seen).toEqual(["accept"]);
  });
});
