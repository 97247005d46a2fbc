// The entry for Node: reads the WebAssembly beside it as a file.
import { readFileSync } from "node:fs";
import { initSync } from "./engine.js";

initSync({ module: readFileSync(new URL("engine_bg.wasm", import.meta.url)) });

export { LABELS, tag } from "./tag.js";
