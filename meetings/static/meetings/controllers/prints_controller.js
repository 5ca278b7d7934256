// What the helper makes: asked for again whenever it says how far it has come, and when the line is there again.
import { Controller } from "@hotwired/stimulus"
import { live } from "live"

export default class extends Controller {
  static values = { sitting: Number, url: String }

  connect() {
    this.offs = [live.on("meetings.print", ({ sitting }) => sitting === this.sittingValue && this.renew()), live.onState((state) => state === "online" && this.back())]
  }

  disconnect() { this.offs.forEach((off) => off()) }

  back() {
    if (this.came !== undefined && this.came !== live.came) this.renew()
    this.came = live.came
  }

  renew() {
    if (this.element.src) this.element.reload()
    else this.element.src = this.urlValue
  }
}
