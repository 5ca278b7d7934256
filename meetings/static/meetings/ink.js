// What is written over a page: an SVG in the coordinates of the page, 0 to 1 across and down. Pen, finger and mouse alike.
const SVG = "http://www.w3.org/2000/svg"
const LEAST = 0.002         // of the width: points nearer than this say nothing
const REACH = 0.014         // how near the eraser must come
const MOST_POINTS = 1900

export class Ink {
  constructor(svg, { tool, colour, where, added, removed, wants }) {
    Object.assign(this, { svg, tool, colour, where, added, removed, wants, pointer: null })
    svg.addEventListener("pointerdown", (event) => this.#down(event))
    svg.addEventListener("pointermove", (event) => this.#move(event))
    for (const end of ["pointerup", "pointercancel"]) svg.addEventListener(end, (event) => this.#up(event, end))
  }

  // width and height of the page: what is drawn keeps its form.
  lay(shape, notes) {
    this.high = shape[1] / shape[0]
    this.notes = notes
    this.svg.setAttribute("viewBox", `0 0 1000 ${Math.round(this.high * 1000)}`)
    this.svg.replaceChildren(...notes.filter((note) => note.kind !== "bookmark").map((note) => this.drawn(note)))
    if (this.pointer === null) return
    const { file, page } = this.where()
    if (file !== this.spot.file || page !== this.spot.page) this.#finish()      // the page turned under the pen
    else if (this.line) this.svg.append(this.line)
  }

  drawn(note) {
    if (note.kind === "text") return this.#words(note)
    const path = document.createElementNS(SVG, "path")
    path.setAttribute("class", `${note.kind === "marker" ? "mk" : "pn"} c-${note.body.colour}`)
    path.setAttribute("d", this.#path(note.body.points))
    return path
  }

  #words(note) {
    const text = document.createElementNS(SVG, "text")
    text.setAttribute("class", `pt c-${note.body.colour}`)
    text.setAttribute("x", note.body.x * 1000)
    text.setAttribute("y", note.body.y * this.high * 1000)
    for (const [index, line] of note.body.text.split("\n").entries()) {
      const span = document.createElementNS(SVG, "tspan")
      span.setAttribute("x", note.body.x * 1000)
      span.setAttribute("dy", index ? "1.4em" : "0")
      span.textContent = line
      text.append(span)
    }
    return text
  }

  #path(points) {
    let d = ""
    for (let at = 0; at < points.length; at += 2) {
      d += `${at ? "L" : "M"}${(points[at] * 1000).toFixed(1)} ${(points[at + 1] * this.high * 1000).toFixed(1)}`
    }
    return points.length === 2 ? `${d}l0.1 0` : d
  }

  #at(event) {
    const box = this.svg.getBoundingClientRect()
    return [clip((event.clientX - box.left) / box.width), clip((event.clientY - box.top) / box.height)]
  }

  #down(event) {
    const tool = this.tool()
    if (!tool || event.button || !event.isPrimary) return
    event.preventDefault()
    this.svg.setPointerCapture?.(event.pointerId)
    Object.assign(this, { pointer: event.pointerId, kind: tool, spot: this.where() })
    if (tool === "text") return
    if (tool === "erase") return this.#erase(event)
    this.points = this.#at(event)
    this.line = this.drawn({ kind: tool, body: { points: this.points, colour: this.colour() } })
    this.svg.append(this.line)
  }

  #move(event) {
    if (event.pointerId !== this.pointer) return
    if (this.kind === "erase") return this.#erase(event)
    if (!this.points || this.points.length > MOST_POINTS * 2) return
    const [x, y] = this.#at(event)
    if (Math.hypot(x - this.points.at(-2), y - this.points.at(-1)) < LEAST) return
    this.points.push(round(x), round(y))
    this.line.setAttribute("d", this.#path(this.points))
  }

  #up(event, how) {
    if (event.pointerId !== this.pointer) return
    this.#finish(how === "pointerup")
    if (this.kind === "text" && how === "pointerup") this.wants(...this.#at(event), this.spot)
  }

  // What was drawn is kept where it was begun.
  #finish(keeps = true) {
    const { points, kind, spot } = this
    this.pointer = this.points = null
    this.line?.remove()
    this.line = null
    if (points && keeps) this.added(kind, { points: points.map(round), colour: this.colour() }, spot)
  }

  #erase(event) {
    const [x, y] = this.#at(event)
    for (const note of this.notes) if (this.#touches(note, x, y)) this.removed(note.key)
  }

  #touches(note, x, y) {
    if (note.kind === "text") {
      const across = Math.max(...note.body.text.split("\n").map((line) => line.length)) * 0.022
      return x > note.body.x - REACH && x < note.body.x + across + REACH && Math.abs(y - note.body.y) < REACH * 2
    }
    const { points } = note.body
    for (let at = 0; points && at < points.length; at += 2) {
      const [ax, ay, bx, by] = [points[at], points[at + 1], points[at + 2] ?? points[at], points[at + 3] ?? points[at + 1]]
      if (distance(x, y * this.high, ax, ay * this.high, bx, by * this.high) < REACH) return true
    }
    return false
  }
}

function distance(x, y, ax, ay, bx, by) {
  const dx = bx - ax, dy = by - ay, length = dx * dx + dy * dy
  const part = length ? Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / length)) : 0
  return Math.hypot(x - ax - part * dx, y - ay - part * dy)
}

function clip(value) { return Math.max(0, Math.min(1, value)) }

function round(value) { return Math.round(value * 10000) / 10000 }
