// The entry for pages, workers and bundlers: fetches the WebAssembly beside it.
import init from "./engine.js";

await init({ module_or_path: new URL("engine_bg.wasm", import.meta.url) });

export { LABELS, tag } from "./tag.js";
