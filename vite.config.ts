/** Builds the front end into `wangge/web/static/built`: hashed names, one manifest, one sprite of icons. */
import { resolve } from "node:path";
import { defineConfig } from "vite";
import { sprite } from "./frontend/build/sprite.ts";

const OLDEST = "chrome95"; // old WebViews of WeChat and the government chat apps
const PAGES = ["console.ts", "resident.ts", "worker.ts", "map.ts", "bench.ts", "print.ts", "wall.ts"];

export default defineConfig({
  root: "frontend",
  base: "./",
  publicDir: false,
  plugins: [sprite("icons.txt")],
  worker: { format: "es" },
  build: {
    outDir: "../wangge/web/static/built",
    emptyOutDir: true,
    manifest: "manifest.json",
    target: OLDEST,
    cssTarget: OLDEST,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
    rolldownOptions: { input: PAGES.map((page) => resolve("frontend", page)) },
  },
});
