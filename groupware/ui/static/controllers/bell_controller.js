// How many notices wait, wherever they are read.
import { Controller } from "@hotwired/stimulus"
import { live } from "live"

export default class extends Controller {
  static targets = ["count"]

  connect() { this.off = live.on("notifications.new", ({ unread }) => this.show(unread)) }

  disconnect() { this.off() }

  show(unread) {
    this.countTarget.hidden = !unread
    this.countTarget.textContent = unread
    this.element.setAttribute("aria-label", unread ? `お知らせ ${unread}件` : "お知らせ")
  }
}
