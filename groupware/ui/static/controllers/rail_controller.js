// The numbers in the rail follow what the features say: nav:badge { endpoint: "chat.index", count: 3 }.
import { Controller } from "@hotwired/stimulus"

export default class extends Controller {
  connect() {
    this.onBadge = ({ detail }) => this.badge(detail)
    addEventListener("nav:badge", this.onBadge)
  }

  disconnect() { removeEventListener("nav:badge", this.onBadge) }

  badge({ endpoint, count }) {
    for (const badge of this.element.querySelectorAll(`[data-endpoint="${CSS.escape(endpoint)}"] .count`)) {
      badge.hidden = !count
      badge.firstElementChild.textContent = count
    }
  }
}
