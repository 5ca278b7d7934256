// The page one is on, asked for again: as soon as nobody is on the way elsewhere, waits for the answer to a form, or has a dialog open.
const OFTEN = 400       // ms between two looks whether it may be
let timer = null

export function lookAnew(address = location.href) {
  clearTimeout(timer)
  if (location.href !== address) return
  if (isBusy()) timer = setTimeout(lookAnew, OFTEN, address)
  else window.Turbo.visit(address, { action: "replace" })
}

function isBusy() { return Boolean(window.Turbo.navigator.currentVisit || document.querySelector("form[aria-busy=true], dialog[open]")) }
