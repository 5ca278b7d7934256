// The page one is on, asked for again: not over one that somebody is on the way to, nor over the answer to what was just sent.
export function lookAnew() {
  if (window.Turbo.navigator.currentVisit || document.querySelector("form[aria-busy=true]")) return
  window.Turbo.visit(location.href, { action: "replace" })
}
