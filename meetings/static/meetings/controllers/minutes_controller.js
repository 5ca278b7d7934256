// The minutes of a sitting while they grow: when something was written, the block of that item is asked for again. What somebody is
// writing or reading in that block is left alone, also by an answer that was on its way already, and made up for when the hand has left it.
import { Controller } from "@hotwired/stimulus"
import { live } from "live"

const BLOCK = "[data-minutes-target=block]"

export default class extends Controller {
  static targets = ["block", "composer"]
  static values = { sitting: Number }

  connect() {
    this.came = live.state === "online" ? live.came : undefined
    this.offs = [live.on("meetings.minutes", (told) => told.sitting === this.sittingValue && this.look(told.item)), live.onState((state) => this.state(state))]
    this.ends = new AbortController()
    const heard = { click: this.goes, submit: this.goes, focusout: this.makeUp, toggle: this.makeUp,
                    "turbo:submit-start": this.sends, "turbo:before-frame-render": this.comes, "turbo:frame-load": this.wrote }
    for (const [name, act] of Object.entries(heard)) {
      this.element.addEventListener(name, (event) => act.call(this, event), { signal: this.ends.signal, capture: name === "toggle" })
    }
  }

  disconnect() {
    this.offs.forEach((off) => off())
    this.ends.abort()
  }

  // 0: something about the sitting as a whole, which changes what is offered; the page itself is asked for again when nobody writes.
  look(item) {
    this.blockTargets.filter((block) => !item || Number(block.dataset.item) === item).forEach((block) => this.renew(block))
  }

  renew(block) {
    block.late = isBusy(block)
    if (block.late) return
    block.renews = true
    if (block.src) block.reload()
    else block.src = block.dataset.url
  }

  makeUp() {
    setTimeout(() => this.blockTargets.filter((block) => block.late && !isBusy(block)).forEach((block) => this.renew(block)))
  }

  // What somebody asks for in a block themselves is shown when it comes.
  goes({ type, target }) {
    const block = target.closest(BLOCK)
    if (block && (type === "submit" || target.closest("a, button"))) block.renews = false
  }

  comes({ target, detail }) {
    if (target.id === "composer") this.carry(detail.newFrame)
    target.late ||= Boolean(target.renews) && isBusy(target)
    if (target.renews && target.late) detail.render = () => {}
    target.renews = false
  }

  sends({ target }) { if (target.closest("#composer")) this.sent = target.elements.body.value }

  // What was written on while the answer was on its way stands in the new field; and whoever has gone elsewhere meanwhile is not called back.
  carry(frame) {
    const words = this.element.querySelector("#cb").value, fresh = frame.querySelector("#cb")
    if (fresh && words !== this.sent) fresh.value = words.startsWith(this.sent) ? words.slice(this.sent.length).trimStart() : words
    if (!this.isAtComposer) fresh?.removeAttribute("autofocus")
  }

  wrote({ target }) {
    if (target.id !== "composer") return
    const item = Number(target.querySelector("[data-entry-kind-target=kind]")?.form.elements.item.value)
    this.blockTargets.filter((block) => Number(block.dataset.item) === item).forEach((block) => this.renew(block))
    if (this.isAtComposer) target.querySelector("#cb")?.focus()
  }

  get isAtComposer() { return document.activeElement === document.body || Boolean(document.activeElement.closest("#composer")) }

  // Whatever was said while nobody listened.
  state(state) {
    if (state !== "online") return
    if (this.came !== undefined && live.came !== this.came) this.look(0)
    this.came = live.came
  }
}

function isBusy(block) {
  const typed = [...block.querySelectorAll("textarea, input:not([type=hidden], [type=radio], [type=checkbox])")].some((field) => field.value !== field.defaultValue)
  return typed || Boolean(block.querySelector("form.stack textarea, details[open]")) || block.matches(":focus-within")
}
