// Links to things of ours, in what people wrote, show the thing beneath: asked for by each reader, so that everybody sees only what they may.
import { Controller } from "@hotwired/stimulus"

const THING = /^\/[a-z]+\/[a-z]+\/\d+$/
const MOST = 3          // in one piece of text

export default class extends Controller {
  connect() {
    this.known = new Map()
    this.watch = new MutationObserver(() => this.look())
    this.watch.observe(this.element, { childList: true, subtree: true })
    this.look()
  }

  disconnect() { this.watch.disconnect() }

  look() {
    for (const said of this.element.querySelectorAll(".said:not([data-cards])")) {
      said.dataset.cards = ""
      const paths = [...said.querySelectorAll("a[href]")].filter((link) => link.origin === location.origin && THING.test(link.pathname)).map((link) => link.pathname)
      for (const path of [...new Set(paths)].slice(0, MOST)) this.show(said, path)
    }
  }

  async show(said, path) {
    if (!this.known.has(path)) this.known.set(path, this.ask(path))
    const html = await this.known.get(path)
    if (html && said.isConnected) said.insertAdjacentHTML("afterend", html)
  }

  async ask(path) {
    const reply = await fetch(`/ui/card?path=${encodeURIComponent(path)}`, { headers: { Accept: "text/html" } }).catch(() => null)
    return reply?.status === 200 ? reply.text() : ""
  }
}
