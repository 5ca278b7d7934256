// The minutes of a sitting while they grow: when something was written, the block of that item is asked for again. What somebody is
// writing or reading in a form of that block is left alone, and said to be waiting.
import { Controller } from "@hotwired/stimulus"
import { live } from "live"

export default class extends Controller {
  static targets = ["block", "composer"]
  static values = { sitting: Number }

  connect() {
    this.offs = [live.on("meetings.minutes", (told) => told.sitting === this.sittingValue && this.look(told.item)), live.onState((state) => this.state(state))]
    this.written = (event) => event.target.id === "composer" && this.wrote()
    this.element.addEventListener("turbo:frame-load", this.written)
  }

  disconnect() {
    this.offs.forEach((off) => off())
    this.element.removeEventListener("turbo:frame-load", this.written)
  }

  // 0: something about the sitting as a whole, which changes what is offered; the page itself is asked for again when nobody writes.
  look(item) {
    this.blockTargets.filter((block) => !item || Number(block.dataset.item) === item).forEach((block) => this.renew(block))
  }

  renew(block) {
    if (block.querySelector("form.stack textarea, details[open]") || block.matches(":focus-within")) return
    if (block.src) block.reload()
    else block.src = block.dataset.url
  }

  wrote() {
    const item = Number(this.element.querySelector("#composer [data-entry-kind-target=kind]")?.form.elements.item.value)
    this.blockTargets.filter((block) => Number(block.dataset.item) === item).forEach((block) => this.renew(block))
    this.element.querySelector("#cb")?.focus()
  }

  // Whatever was said while nobody listened.
  state(state) {
    if (state === "online" && this.came !== undefined && live.came !== this.came) this.look(0)
    if (state === "online") this.came = live.came
  }
}
