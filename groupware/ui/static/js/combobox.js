// What every field with a list of candidates does: ask while one types, walk with the arrows, choose. A conversion's keys are never ours.
import { Controller } from "@hotwired/stimulus"

const PAUSE = 130           // ms after the last letter

export class Combobox extends Controller {
  static targets = ["text", "list"]

  // What was typed before the script was here is asked for as soon as it is.
  connect() { if (this.textTarget.value && document.activeElement === this.textTarget) this.typed() }

  disconnect() { clearTimeout(this.timer) }

  typed() {
    clearTimeout(this.timer)
    this.waits = true
    this.timer = setTimeout(() => this.ask(), PAUSE)
  }

  async ask() {
    const text = this.asked = this.textTarget.value.trim()
    const found = await this.search(text).catch(() => null)
    if (text !== this.asked || !this.element.isConnected) return
    if (!found) return this.shut()
    this.waits = this.textTarget.value.trim() !== text
    this.offer(found, text)
    if (this.owes === text && found.length) this.choose(found[0])
    this.owes = null
  }

  async fetched(url, text) {
    const reply = await fetch(`${url}?q=${encodeURIComponent(text)}`, { headers: { Accept: "application/json" } })
    return reply.ok ? reply.json() : null
  }

  offer(things) {
    this.things = things
    this.listTarget.replaceChildren(...things.map((thing, index) => this.numbered(this.row(thing), index)))
    this.listTarget.hidden = !things.length
    this.textTarget.setAttribute("aria-expanded", String(things.length > 0))
    this.point(things.length ? 0 : -1)
  }

  numbered(row, index) {
    row.id = `${this.listTarget.id}-${index}`
    return row
  }

  key(event) {
    if (event.isComposing || event.keyCode === 229) return
    const act = { ArrowDown: () => this.walk(1), ArrowUp: () => this.walk(-1), Enter: () => this.take(), Escape: () => this.leaveList() }[event.key]
    if (act?.()) event.preventDefault()
  }

  walk(by) {
    const count = this.rows.length
    if (!count || this.listTarget.hidden) return false
    this.point((this.at + by + count) % count)
    return true
  }

  // While the list is still that of fewer letters, or of none, the first of the right one is taken as soon as it is here.
  take() {
    const text = this.textTarget.value.trim()
    if (text && this.waits) { this.owes = text; return true }
    if (this.listTarget.hidden || !this.rows[this.at]) return false
    this.choose(this.things[this.at])
    return true
  }

  leaveList() {
    if (this.listTarget.hidden) return false
    this.shut()
    return true
  }

  shut() {
    clearTimeout(this.timer)
    this.asked = this.owes = null
    this.waits = false
    this.listTarget.hidden = true
    this.textTarget.setAttribute("aria-expanded", "false")
    this.textTarget.removeAttribute("aria-activedescendant")
  }

  point(at) {
    this.at = at
    this.rows.forEach((row, index) => row.setAttribute("aria-selected", String(index === at)))
    const row = this.rows[at]
    if (!row) return this.textTarget.removeAttribute("aria-activedescendant")
    this.textTarget.setAttribute("aria-activedescendant", row.id)
    row.scrollIntoView({ block: "nearest" })
  }

  // A press in the list must not take the focus out of the field.
  hold(event) { event.preventDefault() }

  chosen({ target }) {
    const at = this.rows.indexOf(target.closest("[role=option]"))
    if (at >= 0) this.choose(this.things[at])
  }

  get rows() { return [...this.listTarget.children] }
}
