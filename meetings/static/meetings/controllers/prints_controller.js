// What the helper makes: asked for again whenever it says how far it has come, and when the line is there again.
import { Controller } from "@hotwired/stimulus"
import { live } from "live"

export default class extends Controller {
  static values = { sitting: Number, url: String }

  connect() {
    this.offs = [live.on("meetings.print", ({ sitting }) => sitting === this.sittingValue && this.renew()), live.onState((state) => state === "online" && this.renew())]
    if (this.element.querySelector("progress")) this.renew()        // it may be further than when this was drawn
  }

  disconnect() { this.offs.forEach((off) => off()) }

  renew() {
    if (this.element.src) this.element.reload()
    else this.element.src = this.urlValue
  }
}
