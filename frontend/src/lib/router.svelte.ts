// The page and everything that shapes it live in the address, so that links, reloads and the back button work.

import { SvelteURL } from "svelte/reactivity";
import { filterOf } from "./filters";

const url = new SvelteURL(location.href);

export const route = {
  /** The address's path, without a slash at the end. */
  get path(): string {
    return url.pathname.replace(/(.)\/+$/, "$1");
  },
  get query(): URLSearchParams {
    return url.searchParams;
  },
  /** The filter that all views share. */
  get filter(): URLSearchParams {
    return filterOf(url.searchParams);
  },
};

function show(address: string): void {
  url.href = new URL(address, location.origin).href;
}

/** Goes to an address of this page; `replace` leaves no step in the browser's history. */
export function navigate(address: string, options: { replace?: boolean } = {}): void {
  if (options.replace) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
  show(address);
}

/** The address of a page with the present filter and further parameters. */
export function link(path: string, more: Record<string, string | undefined> = {}): string {
  const parameters = filterOf(url.searchParams);
  for (const [name, value] of Object.entries(more)) if (value !== undefined && value !== "") parameters.set(name, value);
  const query = parameters.toString();
  return query ? `${path}?${query}` : path;
}

/** Sets or removes parameters of the present address; the rest stays. */
export function setQuery(changes: Record<string, string | undefined>, options: { replace?: boolean } = { replace: true }): void {
  const parameters = new URLSearchParams(url.search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined || value === "") parameters.delete(name);
    else parameters.set(name, value);
  }
  const query = parameters.toString();
  const address = query ? `${url.pathname}?${query}` : url.pathname;
  if (address !== url.pathname + url.search) navigate(address, options);
}

/** Replaces the shared filter in the present address. */
export function setFilter(filter: URLSearchParams): void {
  const parameters = new URLSearchParams(filter);
  const present = filterOf(url.searchParams);
  for (const [name, value] of url.searchParams) {
    if (!present.has(name) && name !== "position") parameters.append(name, value);
  }
  const query = parameters.toString();
  navigate(query ? `${url.pathname}?${query}` : url.pathname);
}

/** Makes links of this page change the address without loading it anew. */
export function listen(): () => void {
  const onPop = () => show(location.href);
  const onClick = (event: MouseEvent) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const anchor = event.target instanceof Element ? event.target.closest("a") : null;
    if (!anchor || anchor.target || anchor.hasAttribute("download") || anchor.origin !== location.origin) return;
    if (anchor.pathname.startsWith("/api/") || anchor.pathname.startsWith("/static/")) return;
    if (anchor.hash && anchor.pathname === location.pathname) return;
    event.preventDefault();
    navigate(anchor.pathname + anchor.search);
    document.getElementById("main")?.scrollTo(0, 0);
  };
  window.addEventListener("popstate", onPop);
  document.addEventListener("click", onClick);
  return () => {
    window.removeEventListener("popstate", onPop);
    document.removeEventListener("click", onClick);
  };
}
