// A controller is fetched when a page first names it: data-controller="room" is the module controllers/room of the import map.
// Until all that a page names is there, <html> lacks data-ready.
const PREFIX = "controllers/"
const known = new Set(Object.keys(JSON.parse(document.querySelector("script[type=importmap]").textContent).imports).filter((name) => name.startsWith(PREFIX)))
const asked = new Set()
let loading = 0

export function loadControllers(application) {
  const look = (root) => named(root).forEach((identifier) => load(application, identifier))
  look(document)
  settle()
  new MutationObserver((changes) => changes.forEach((change) => appeared(change).forEach(look)))
    .observe(document.documentElement, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-controller"] })
}

function appeared(change) {
  return change.type === "attributes" ? [change.target] : [...change.addedNodes].filter((node) => node instanceof Element)
}

function named(root) {
  const elements = [...root.querySelectorAll("[data-controller]"), ...(root.matches?.("[data-controller]") ? [root] : [])]
  return elements.flatMap((element) => element.dataset.controller.split(/\s+/).filter(Boolean))
}

async function load(application, identifier) {
  if (asked.has(identifier) || !known.has(PREFIX + identifier)) return
  asked.add(identifier)
  loading += 1
  delete document.documentElement.dataset.ready
  const module = await import(PREFIX + identifier).catch(() => asked.delete(identifier))      // not there now: tried again with the next page
  if (module.default) application.register(identifier, module.default)
  loading -= 1
  settle()
}

function settle() {
  if (loading) return
  document.documentElement.dataset.ready = ""
  dispatchEvent(new Event("ui:ready"))
}
