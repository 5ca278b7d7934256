// The numbers in the rail. The page of a feature says its own: nav:badge { endpoint: "chat.index", count: 3 }. Everywhere else they are asked
// for anew when something was told that may change them (data-signals, and every notice): not by all at the same moment, and not without end.
// What was answered is said to the page: nav:waits { waits by endpoint, since when they may be older than what was told }.
import { Controller } from "@hotwired/stimulus"
import { live } from "live"

const SPREAD = 4000     // ms within which those who were told the same ask
const EVERY = 30000     // ms at least from one asking to the next
let asked = -EVERY      // when, by performance.now(): over all visits

export default class extends Controller {
  connect() {
    this.said = new Set()       // what the page says itself
    this.onBadge = ({ detail }) => { this.said.add(detail.endpoint); this.show(detail.endpoint, detail.count) }
    this.onVisible = () => this.look()
    addEventListener("nav:badge", this.onBadge)
    document.addEventListener("visibilitychange", this.onVisible)
    this.offs = [live.on("notifications.new", () => this.isOld()), live.onState((state) => this.connection(state)), ...this.heard()]
  }

  disconnect() {
    removeEventListener("nav:badge", this.onBadge)
    document.removeEventListener("visibilitychange", this.onVisible)
    clearTimeout(this.timer)
    this.offs.forEach((off) => off())
  }

  heard() {
    const places = [...this.element.querySelectorAll("[data-signals]")].map(({ dataset }) => dataset)
    return places.flatMap(({ endpoint, signals }) => signals.split(" ").map((signal) => live.on(signal, () => this.said.has(endpoint) || this.isOld())))
  }

  // What was told while there was no connection, nobody heard.
  connection(state) {
    if (state === "offline") this.away = true
    if (state !== "online" || !this.away) return
    this.away = false
    this.isOld()
  }

  isOld() {
    this.old = true
    this.look()
  }

  look() {
    if (!this.old || this.timer || document.hidden) return
    this.timer = setTimeout(() => this.ask(), Math.max(0, asked + EVERY - performance.now()) + Math.random() * SPREAD)
  }

  async ask() {
    this.timer = null
    this.old = false
    const since = asked = performance.now()
    const { waits = {} } = await live.request("ui.waiting", {}).catch(() => ({}))
    dispatchEvent(new CustomEvent("nav:waits", { detail: { waits, since } }))
    for (const [endpoint, count] of Object.entries(waits)) if (!this.said.has(endpoint)) this.show(endpoint, count)
  }

  show(endpoint, count) {
    for (const badge of this.element.querySelectorAll(`[data-endpoint="${CSS.escape(endpoint)}"] .count`)) {
      badge.hidden = !count
      badge.firstElementChild.textContent = count
    }
  }
}
