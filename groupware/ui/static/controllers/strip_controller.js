// Pages side by side: where the strip is wider than the screen, it begins at the page one is on.
import { Controller } from "@hotwired/stimulus"

export default class extends Controller {
  connect() {
    const here = this.element.querySelector("[aria-current]")?.getBoundingClientRect()
    const strip = this.element.getBoundingClientRect()
    if (here && here.right > strip.right) this.element.scrollLeft += here.right - strip.right + strip.width / 4
  }
}
