// The stream by the keyboard: arrows walk, R reads; and it is looked at anew when something comes, as soon as no hand is busy with it.
import { Controller } from "@hotwired/stimulus"
import { live } from "live"
import { lookAnew } from "ui/anew"

const PAUSE = 400       // ms: what comes together is one look

export default class extends Controller {
  connect() { this.off = live.on("notifications.new", () => this.again()) }

  disconnect() {
    clearTimeout(this.timer)
    this.off()
  }

  key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("select, input, textarea")) return
    if (event.key === "ArrowDown" || event.key === "ArrowUp") this.walk(event, event.key === "ArrowDown" ? 1 : -1)
    else if (event.key.toLowerCase() === "r") this.read(event)
  }

  walk(event, by) {
    const lines = [...this.element.querySelectorAll("[data-told]")]
    const at = lines.indexOf(document.activeElement.closest("li")?.querySelector("[data-told]"))
    const next = at < 0 ? lines[0] : lines[at + by]
    if (!next) return
    event.preventDefault()
    next.focus()
  }

  read(event) {
    const form = document.activeElement.closest("#stream li")?.querySelector("form")
    if (!form) return
    event.preventDefault()
    form.requestSubmit()
  }

  again() {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.element.contains(document.activeElement) ? this.again() : lookAnew(), PAUSE)
  }
}
