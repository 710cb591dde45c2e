// The two-minute tour: what to look at, in the order of work.

export interface Step {
  title: string;
  text: string;
  path?: string;
}

export const STEPS: readonly Step[] = [
  {
    title: "What a position is",
    text: "A position is who stands how towards whom, or for what, tied to the exact words that say so. A reader suggests positions; a person decides. Nothing here is a judgement of ours: every line is attributed to its holder.",
    path: "/",
  },
  {
    title: "Pick a document",
    text: "The list shows how many positions each document holds and how many a person has checked. Open one: solid underlines are support, dashed ones opposition; thick ones are checked.",
    path: "/documents",
  },
  {
    title: "Check by keyboard",
    text: "j and k walk through the positions, a accepts, r rejects, e edits, n adds one from the selected words. Each decision is recorded at once; u takes back the last one, even tomorrow. The ? sheet lists every key.",
  },
  {
    title: "Or check the queue",
    text: "Positions come one at a time, ordered as you like: by document, date or uncertainty. The filter in the top bar narrows them, and every other page with them.",
    path: "/positions",
  },
  {
    title: "Look at the network",
    text: "Actors who support each other stand close. Click a tie to read the words behind it, and from there the place in the document.",
    path: "/network",
  },
  {
    title: "Follow it over time",
    text: "The timeline counts support and opposition by period; the measures page says how balanced the network is and which ties stand against it.",
    path: "/timeline",
  },
  {
    title: "Nothing is lost",
    text: "The history lists every change with who made it and when. Undo and redo reach across documents and restarts.",
    path: "/history",
  },
];
