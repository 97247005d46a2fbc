// Starts the WebAssembly module that this script's query names ("start.js?app-1f2e.js"),
// in the page and in the engine's worker alike. The query also keeps a browser from
// starting a new module with an old copy of this script.
const name = new URL(import.meta.url).search.slice(1).replace(/\.js$/, "");
const at = (file) => new URL(file, import.meta.url);

try {
  const { default: init, serve } = await import(at(`${name}.js`));
  await init({ module_or_path: at(`${name}_bg.wasm`) });
  // The engine's module has to be told that it is the page's worker.
  serve?.();
} catch (error) {
  if (self.document) {
    document.getElementById("start-failed").hidden = false;
  } else {
    self.postMessage({ failed: String(error) });
  }
  throw error;
}
