// Starts the WebAssembly module that this script's query names ("start.js?app-1f2e.js"),
// in the page and in its workers alike. The query also keeps a browser from
// starting a new module with an old copy of this script.
const name = new URL(import.meta.url).search.slice(1).replace(/\.js$/, "");
const at = (file) => new URL(file, import.meta.url);

// Has the page kept for when there is no network (offline.js). A newer version waits
// until the person wants it: the page offers it, and says when they do.
async function keep() {
  const workers = navigator.serviceWorker;
  const kept = await workers?.register(at("offline.js"));
  if (!kept) return;
  const tell = () => kept.waiting && workers.controller && dispatchEvent(new Event("newversion"));
  kept.addEventListener("updatefound", () => kept.installing.addEventListener("statechange", tell));
  addEventListener("renew", () => {
    workers.addEventListener("controllerchange", () => location.reload());
    kept.waiting?.postMessage("renew");
  });
  tell();
}

// Where the browser does not keep it, the page needs the network each time, and that is all.
if (self.document) addEventListener("ready", () => keep().catch(() => {}), { once: true });

// The page hands the engine's worker the module that it runs itself, compiled.
const compiled = new Promise((take) => addEventListener("message", ({ data }) => take(data), { once: true }));

try {
  const { default: init } = await import(at(`${name}.js`));
  await init({ module_or_path: self.name === "engine" ? await compiled : at(`${name}_bg.wasm`) });
} catch (error) {
  if (self.document) {
    document.getElementById("start-failed").hidden = false;
  } else {
    self.postMessage({ failed: String(error) });
  }
  throw error;
}
