// How many notices wait, wherever they are read; a press opens the newest few below it. Where there is no room, and without a script, it is a link.
import { Controller } from "@hotwired/stimulus"
import { live } from "live"
import { ring, takeTurn } from "ui/ringing"

const NARROW = "(max-width: 600px)"
const PLACE = "notifications.index"
let known               // how many there are, as a page or the connection said last
let knownSince = 0      // when, by performance.now(): what was asked for before is older
let isOlder = false     // the page that comes: it is gone back to, or something was told while it was under way
addEventListener("turbo:visit", ({ detail: { action } }) => { isOlder = action === "restore" })

export default class extends Controller {
  static targets = ["count", "link", "panel", "frame"]

  connect() {
    takeTurn()
    this.offs = [live.on("notifications.new", ({ unread }) => this.told(unread)), live.on("notifications.ring", ring)]
    if (isOlder && known !== undefined) this.show(known)
    else this.knows(this.countTarget.hidden ? 0 : Number.parseInt(this.countTarget.textContent, 10))
    this.onWaits = ({ detail: { waits, since } }) => PLACE in waits && since > knownSince && this.told(waits[PLACE])
    addEventListener("nav:waits", this.onWaits)
    this.onPress = ({ target }) => this.element.contains(target) || this.close()
    document.addEventListener("pointerdown", this.onPress)
  }

  disconnect() {
    for (const off of this.offs) off()
    removeEventListener("nav:waits", this.onWaits)
    document.removeEventListener("pointerdown", this.onPress)
  }

  knows(unread) {
    known = unread
    knownSince = performance.now()
  }

  told(unread) {
    this.knows(unread)
    isOlder = true
    this.show(unread)
  }

  show(unread) {
    this.countTarget.hidden = !unread
    this.countTarget.textContent = unread
    this.linkTarget.setAttribute("aria-label", unread ? `お知らせ ${unread}件` : "お知らせ")
    if (this.open) this.frameTarget.reload()
  }

  toggle(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey || matchMedia(NARROW).matches) return
    event.preventDefault()
    if (this.open) this.close()
    else this.unfold()
  }

  unfold() {
    this.panelTarget.hidden = false
    this.linkTarget.setAttribute("aria-expanded", "true")
    if (this.frameTarget.src) this.frameTarget.reload()
    else this.frameTarget.src = this.frameTarget.dataset.src
  }

  close() {
    this.panelTarget.hidden = true
    this.linkTarget.setAttribute("aria-expanded", "false")
  }

  key(event) {
    if (!this.open) return
    if (event.key === "Escape") {
      this.close()
      this.linkTarget.focus()
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") this.walk(event, event.key === "ArrowDown" ? 1 : -1)
  }

  walk(event, by) {
    event.preventDefault()
    const lines = [...this.panelTarget.querySelectorAll("a")]
    const at = lines.indexOf(document.activeElement)
    lines.at(at < 0 ? (by > 0 ? 0 : -1) : (at + by) % lines.length)?.focus()
  }

  left({ relatedTarget }) { if (relatedTarget && !this.element.contains(relatedTarget)) this.close() }

  get open() { return !this.panelTarget.hidden }
}
