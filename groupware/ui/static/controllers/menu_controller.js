// A <details> that closes again: by Escape, by a press elsewhere, by a choice; arrows walk through it.
import { Controller } from "@hotwired/stimulus"

export default class extends Controller {
  connect() {
    this.onPress = (event) => !this.element.contains(event.target) && this.close()
    this.onKey = (event) => this.key(event)
    this.onChoice = ({ target }) => target.closest(".menu-l :is(a, button)") && this.close()
    this.onLeave = ({ relatedTarget }) => relatedTarget && !this.element.contains(relatedTarget) && this.close()
    document.addEventListener("pointerdown", this.onPress)
    this.element.addEventListener("keydown", this.onKey)
    this.element.addEventListener("click", this.onChoice)
    this.element.addEventListener("focusout", this.onLeave)
  }

  disconnect() {
    document.removeEventListener("pointerdown", this.onPress)
    this.element.removeEventListener("keydown", this.onKey)
    this.element.removeEventListener("click", this.onChoice)
    this.element.removeEventListener("focusout", this.onLeave)
  }

  key(event) {
    if (event.key === "Escape" && this.element.open) {
      event.stopPropagation()
      this.close()
      this.opener.focus()
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") this.walk(event, event.key === "ArrowDown" ? 1 : -1)
  }

  walk(event, by) {
    event.preventDefault()
    this.element.open = true
    const items = [...this.element.querySelectorAll(".menu-l :is(a, button)")]
    const at = items.indexOf(document.activeElement)
    items.at(at < 0 ? (by > 0 ? 0 : -1) : (at + by) % items.length)?.focus()
  }

  close() { this.element.open = false }

  get opener() { return this.element.querySelector("summary") }
}
