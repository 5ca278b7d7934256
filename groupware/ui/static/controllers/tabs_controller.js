// Links to sections become tabs: one open at a time, arrows move, the address remembers.
import { Controller } from "@hotwired/stimulus"

export default class extends Controller {
  connect() {
    this.element.setAttribute("role", "tablist")
    for (const tab of this.tabs) {
      tab.setAttribute("role", "tab")
      tab.setAttribute("aria-controls", this.panel(tab).id)
      this.panel(tab).setAttribute("role", "tabpanel")
      this.panel(tab).setAttribute("aria-labelledby", tab.id)
      this.panel(tab).tabIndex = 0
    }
    this.open(this.tabs.find((tab) => tab.hash === location.hash) ?? this.tabs[0])
  }

  chosen(event) {
    const tab = event.target.closest("[role=tab]")
    if (!tab) return
    event.preventDefault()
    this.open(tab)
    history.replaceState(history.state, "", tab.hash)
  }

  key(event) {
    const at = this.tabs.indexOf(document.activeElement)
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key]
    if (at < 0 || to === undefined) return
    event.preventDefault()
    const tab = this.tabs.at(to % this.tabs.length)
    tab.focus()
    this.open(tab)
  }

  open(chosen) {
    for (const tab of this.tabs) {
      tab.setAttribute("aria-selected", String(tab === chosen))
      tab.tabIndex = tab === chosen ? 0 : -1
      this.panel(tab).hidden = tab !== chosen
    }
  }

  panel(tab) { return document.querySelector(tab.hash) }
  get tabs() { return [...this.element.querySelectorAll("a")] }
}
