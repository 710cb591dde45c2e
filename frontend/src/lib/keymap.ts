// The one list of keys: what runs a command, what the controls print, and what the ? sheet shows.

export const GROUPS = ["Anywhere", "Go to", "Checking", "Adjudicating", "Text", "Spans", "New or edited position", "Network"] as const;
export type Group = (typeof GROUPS)[number];

export interface Command {
  keys: readonly string[];
  label: string;
  group: Group;
}

export const COMMANDS = {
  help: { keys: ["?"], label: "Show the keys", group: "Anywhere" },
  search: { keys: ["/"], label: "Search all documents", group: "Anywhere" },
  filter: { keys: ["f"], label: "Open the filter", group: "Anywhere" },
  undo: { keys: ["u", "Ctrl+z"], label: "Undo the last change of the project", group: "Anywhere" },
  redo: { keys: ["U", "Ctrl+Z", "Ctrl+y"], label: "Redo it", group: "Anywhere" },
  theme: { keys: ["t"], label: "Light or dark", group: "Anywhere" },
  close: { keys: ["Escape"], label: "Close, or leave a field", group: "Anywhere" },

  goOverview: { keys: ["g o"], label: "Overview", group: "Go to" },
  goDocuments: { keys: ["g d"], label: "Documents", group: "Go to" },
  goPositions: { keys: ["g p"], label: "Positions to check", group: "Go to" },
  goNetwork: { keys: ["g n"], label: "Network", group: "Go to" },
  goMatrix: { keys: ["g x"], label: "Matrix", group: "Go to" },
  goTimeline: { keys: ["g t"], label: "Timeline", group: "Go to" },
  goMeasures: { keys: ["g m"], label: "Measures", group: "Go to" },
  goActors: { keys: ["g a"], label: "Actors", group: "Go to" },
  goSearch: { keys: ["g s"], label: "Search", group: "Go to" },
  goHistory: { keys: ["g h"], label: "History", group: "Go to" },
  goCodebook: { keys: ["g c"], label: "Codebook", group: "Go to" },
  goTeam: { keys: ["g w"], label: "Team", group: "Go to" },
  goReport: { keys: ["g r"], label: "Report", group: "Go to" },

  next: { keys: ["j"], label: "Next position", group: "Checking" },
  previous: { keys: ["k"], label: "Previous position", group: "Checking" },
  nextOpen: { keys: ["J"], label: "Next suggestion nobody has checked", group: "Checking" },
  previousOpen: { keys: ["K"], label: "Previous suggestion nobody has checked", group: "Checking" },
  accept: { keys: ["a"], label: "Accept", group: "Checking" },
  reject: { keys: ["r"], label: "Reject", group: "Checking" },
  edit: { keys: ["e"], label: "Edit", group: "Checking" },
  skip: { keys: ["s"], label: "Skip", group: "Checking" },
  openPlace: { keys: ["o"], label: "Open in its document", group: "Checking" },
  record: { keys: ["h"], label: "History of this position", group: "Checking" },

  takeLeft: { keys: ["1"], label: "Take the left coding", group: "Adjudicating" },
  takeRight: { keys: ["2"], label: "Take the right coding", group: "Adjudicating" },
  noPosition: { keys: ["3"], label: "No position here", group: "Adjudicating" },

  cycle: { keys: ["c"], label: "Next position at the same words", group: "Text" },
  wordRight: { keys: ["ArrowRight"], label: "Next word", group: "Text" },
  wordLeft: { keys: ["ArrowLeft"], label: "Previous word", group: "Text" },
  extendRight: { keys: ["Shift+ArrowRight"], label: "Select one word more", group: "Text" },
  extendLeft: { keys: ["Shift+ArrowLeft"], label: "Select one word less", group: "Text" },
  sentenceDown: { keys: ["ArrowDown"], label: "Next sentence", group: "Text" },
  sentenceUp: { keys: ["ArrowUp"], label: "Previous sentence", group: "Text" },
  selectSentence: { keys: ["x"], label: "Select the sentence", group: "Text" },
  add: { keys: ["n"], label: "New position from the selected words", group: "Text" },
  nextDocument: { keys: ["."], label: "Next document", group: "Text" },
  previousDocument: { keys: [","], label: "Previous document", group: "Text" },

  growEnd: { keys: ["]"], label: "End one word later", group: "Spans" },
  shrinkEnd: { keys: ["["], label: "End one word earlier", group: "Spans" },
  growStart: { keys: ["{"], label: "Start one word earlier", group: "Spans" },
  shrinkStart: { keys: ["}"], label: "Start one word later", group: "Spans" },

  cueEarlier: { keys: ["("], label: "Cue one word earlier", group: "New or edited position" },
  cueLater: { keys: [")"], label: "Cue one word later", group: "New or edited position" },
  cueWider: { keys: [">"], label: "Cue one word longer", group: "New or edited position" },
  cueNarrower: { keys: ["<"], label: "Cue one word shorter", group: "New or edited position" },
  confirm: { keys: ["Enter", "Ctrl+Enter"], label: "Record the decision", group: "New or edited position" },
  support: { keys: ["+", "="], label: "Support", group: "New or edited position" },
  oppose: { keys: ["-"], label: "Opposition", group: "New or edited position" },
  neither: { keys: ["0"], label: "Neither", group: "New or edited position" },

  zoomIn: { keys: ["+", "="], label: "Nearer", group: "Network" },
  zoomOut: { keys: ["-"], label: "Further away", group: "Network" },
  zoomFit: { keys: ["0"], label: "Whole network", group: "Network" },
  hide: { keys: ["d"], label: "Hide the actor", group: "Network" },
  pin: { keys: ["p"], label: "Keep the actor marked", group: "Network" },
  neighbours: { keys: ["b"], label: "Only the actor and its neighbours", group: "Network" },
  showAll: { keys: ["w"], label: "Show everybody again", group: "Network" },
  play: { keys: ["m"], label: "Play through time", group: "Network" },
} as const satisfies Record<string, Command>;

export type CommandId = keyof typeof COMMANDS;

const NAMES: Record<string, string> = {
  ArrowRight: "→", ArrowLeft: "←", ArrowUp: "↑", ArrowDown: "↓", Escape: "Esc", Enter: "↵", "Shift+ArrowRight": "⇧→", "Shift+ArrowLeft": "⇧←",
};

/** A key as it is printed on a control. */
export function printKey(key: string): string {
  return NAMES[key] ?? key;
}

/** The first key of a command, as printed. */
export function keyOf(command: CommandId): string {
  return printKey(COMMANDS[command].keys[0]);
}

interface KeyLike {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

/** The name of a pressed key as the list above writes it. */
export function nameOf(event: KeyLike): string {
  const isNamed = event.key.length > 1;
  const control = event.ctrlKey || event.metaKey ? "Ctrl+" : "";
  const alt = event.altKey ? "Alt+" : "";
  const shift = event.shiftKey && isNamed ? "Shift+" : "";
  return `${control}${alt}${shift}${event.key}`;
}

const BY_KEY = new Map<string, CommandId[]>();
for (const [id, command] of Object.entries(COMMANDS)) {
  for (const key of command.keys) BY_KEY.set(key, [...(BY_KEY.get(key) ?? []), id as CommandId]);
}

/** Commands that a key or sequence of keys stands for; which one runs depends on what is on the page. */
export function commandsFor(keys: string): readonly CommandId[] {
  return BY_KEY.get(keys) ?? [];
}

/** Whether a sequence could become a command with one more key. */
export function isPrefix(keys: string): boolean {
  return [...BY_KEY.keys()].some((each) => each.startsWith(`${keys} `));
}
