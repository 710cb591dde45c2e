// Which page an address shows.

import type { Component } from "svelte";
import type { CommandId } from "../lib/keymap";
import Actor from "./Actor.svelte";
import Actors from "./Actors.svelte";
import Adjudicate from "./Adjudicate.svelte";
import Codebook from "./Codebook.svelte";
import DocumentPage from "./Document.svelte";
import Documents from "./Documents.svelte";
import History from "./History.svelte";
import Matrix from "./Matrix.svelte";
import Measures from "./Measures.svelte";
import Missing from "./Missing.svelte";
import Network from "./Network.svelte";
import Overview from "./Overview.svelte";
import Queue from "./Queue.svelte";
import Report from "./Report.svelte";
import Search from "./Search.svelte";
import Team from "./Team.svelte";
import Timeline from "./Timeline.svelte";

interface Route {
  path: string;
  title: string;
  component: Component;
  command: CommandId;
  group: "Read" | "Explore" | "Project";
}

export const ROUTES: readonly Route[] = [
  { path: "/", title: "Overview", component: Overview, command: "goOverview", group: "Read" },
  { path: "/documents", title: "Documents", component: Documents, command: "goDocuments", group: "Read" },
  { path: "/positions", title: "Positions", component: Queue, command: "goPositions", group: "Read" },
  { path: "/search", title: "Search", component: Search, command: "goSearch", group: "Read" },
  { path: "/network", title: "Network", component: Network, command: "goNetwork", group: "Explore" },
  { path: "/matrix", title: "Matrix", component: Matrix, command: "goMatrix", group: "Explore" },
  { path: "/timeline", title: "Timeline", component: Timeline, command: "goTimeline", group: "Explore" },
  { path: "/actors", title: "Actors", component: Actors, command: "goActors", group: "Explore" },
  { path: "/measures", title: "Measures", component: Measures, command: "goMeasures", group: "Explore" },
  { path: "/history", title: "History", component: History, command: "goHistory", group: "Project" },
  { path: "/codebook", title: "Codebook", component: Codebook, command: "goCodebook", group: "Project" },
  { path: "/team", title: "Team", component: Team, command: "goTeam", group: "Project" },
  { path: "/report", title: "Report", component: Report, command: "goReport", group: "Project" },
];

interface Found {
  key: string;
  title: string;
  component: Component<{ id: string }> | Component;
  props: { id: string };
}

/** The page of a path; the id is that of the document or actor it names. */
export function pageFor(path: string): Found {
  const plain = ROUTES.find((route) => route.path === path);
  if (plain) return { key: path, title: plain.title, component: plain.component, props: { id: "" } };
  const [, folder, ...rest] = path.split("/");
  const id = decoded(rest.join("/"));
  if (id && folder === "documents") return { key: path, title: "Document", component: DocumentPage, props: { id } };
  if (id && folder === "actors") return { key: path, title: "Actor", component: Actor, props: { id } };
  if (id && folder === "adjudicate") return { key: path, title: "Adjudication", component: Adjudicate, props: { id } };
  return { key: path, title: "No such page", component: Missing, props: { id: path } };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
