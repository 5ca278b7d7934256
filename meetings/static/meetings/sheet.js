// One page on the stage: its picture, small first and then sharp, and what is written over it.
import { FINE, SMALL, WHOLE, isReady, shapeOf } from "meetings/pictures"

export class Sheet {
  constructor(element, pictures) {
    this.element = element
    this.pictures = pictures
    this.leaf = element.querySelector(".leaf")
    this.image = element.querySelector("img")
    this.svg = element.querySelector("svg")
    this.words = element.querySelector(".leaf-s")
    this.turn = 0
  }

  // The address of what is on it, so that the same page is not fetched again.
  async show(manifest, page, name) {
    const turn = this.turn += 1
    Object.assign(this, { manifest, page, shape: shapeOf(manifest, page) })
    this.image.alt = name
    this.say("")
    if (manifest.reason || manifest.bad.includes(page)) return this.#none(manifest.reason || `${page}頁は表示できません。元のファイルを開いて確かめてください。`)
    if (!isReady(manifest, page)) return this.#none("この頁の用意ができ次第、表示します。")
    this.image.hidden = false
    const whole = this.pictures.address(manifest, page, WHOLE)
    if (!this.pictures.has(whole) && !this.image.src.endsWith(whole)) this.image.src = this.pictures.address(manifest, page, SMALL)
    this.fit()
    const came = await this.pictures.get(whole).catch(() => null)
    if (turn !== this.turn) return
    if (came) this.image.src = whole
    else this.say("この頁の用意ができ次第、表示します。")
    this.sharpen()
  }

  showAt(address, shape, name) {
    this.turn += 1
    this.shape = shape
    this.manifest = null
    this.image.alt = name
    this.image.hidden = false
    this.image.src = address
    this.fit()
  }

  // As large as the room it has, times the zoom.
  fit(zoom = this.zoom ?? 1) {
    this.zoom = zoom
    if (!this.shape) return
    const room = this.element.getBoundingClientRect(), [width, height] = this.shape
    const head = this.element.querySelector(".beside-h")?.offsetHeight ?? 0
    this.element.style.paddingBlockStart = `${head}px`
    const high = room.height - head, across = Math.min(room.width, high > 80 ? high * width / height : room.width)
    this.leaf.style.inlineSize = `${Math.floor(across * zoom)}px`
    this.leaf.style.aspectRatio = `${width} / ${height}`
    this.element.classList.toggle("zoomed", zoom > 1)
  }

  // The finest picture only for who looks closely.
  async sharpen() {
    const turn = this.turn
    if (!this.manifest || this.zoom * this.leaf.clientWidth / this.zoom * Math.min(devicePixelRatio || 1, 2) < WHOLE * 1.4) return
    const fine = this.pictures.address(this.manifest, this.page, FINE)
    const came = await this.pictures.get(fine).catch(() => null)
    if (came && turn === this.turn) this.image.src = fine
  }

  say(text) {
    this.words.textContent = text
    this.words.hidden = !text
  }

  #none(reason) {
    this.image.hidden = true
    this.image.removeAttribute("src")
    this.say(reason)
    this.fit()
  }
}
