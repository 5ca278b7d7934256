// One letter at a time, where nothing is being typed. What a letter does stands on the thing itself (aria-keyshortcuts): a link is followed,
// anything else only comes under the hand, so that nothing is ever confirmed by a slip. Whoever does not want it turns it off under ?.
import { Controller } from "@hotwired/stimulus"

const OFF = "boards.keys.off", LEFT = "boards.left"

export default class extends Controller {
  static targets = ["line", "on"]
  static values = { list: String, notice: Number }

  connect() {
    this.onTarget.checked = !localStorage.getItem(OFF)
    if (this.noticeValue || document.documentElement.hasAttribute("data-turbo-preview")) return
    this.lineTargets.find((line) => line.dataset.notice === String(this.left?.notice))?.focus()
    this.left = { list: location.href }
  }

  get left() { return JSON.parse(sessionStorage.getItem(LEFT)) }

  set left(value) { sessionStorage.setItem(LEFT, JSON.stringify(value)) }

  choose() {
    if (this.onTarget.checked) localStorage.removeItem(OFF)
    else localStorage.setItem(OFF, "1")
  }

  key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing || this.busy(event.target)) return
    const key = event.key.toLowerCase()
    if (key === "?") return this.act(event, () => document.getElementById("keys").showModal())
    if (localStorage.getItem(OFF)) return
    const step = { j: 1, k: -1 }[key] ?? (this.line >= 0 ? { arrowdown: 1, arrowup: -1 }[key] : 0)
    if (step) this.walk(event, step)
    else if (key === "u" && this.noticeValue) this.act(event, () => this.leave())
    else this.reach(event, key)
  }

  busy(target) { return target.closest?.("input, textarea, select, [contenteditable], dialog") || document.querySelector("dialog:modal") }

  get line() { return this.lineTargets.indexOf(document.activeElement) }

  walk(event, by) {
    const next = this.line < 0 ? this.lineTargets.at(0) : this.lineTargets[this.line + by]
    if (next) this.act(event, () => next.focus())
  }

  // To the list one came from, with this notice under the hand.
  leave() {
    const list = this.left?.list ?? this.listValue
    this.left = { list, notice: this.noticeValue }
    window.Turbo.visit(list)
  }

  reach(event, key) {
    const there = key.length === 1 && this.element.querySelector(`[aria-keyshortcuts="${CSS.escape(key)}"]`)
    if (!there) return
    this.act(event, () => {
      if (there.matches("a")) return there.click()
      there.scrollIntoView({ block: "center" })
      const field = there.matches("form") ? there.querySelector("input:not([type=hidden]), textarea, select") : there
      field.focus()
    })
  }

  act(event, what) {
    event.preventDefault()
    what()
  }
}
