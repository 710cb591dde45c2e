import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

// Plain files with stable folders: the server's content policy allows no inline code, and the page asks nobody else for anything.
export default defineConfig({
  plugins: [svelte()],
  base: "/static/",
  build: {
    outDir: "../src/amity/web/static",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: "es2022",
  },
  test: { environment: "jsdom", include: ["src/**/*.test.ts"] },
} as Parameters<typeof defineConfig>[0]);
