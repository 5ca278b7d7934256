// Who else has this room on the screen, and who is writing. Seen, never heard: no live region speaks of it.
import { Controller } from "@hotwired/stimulus"
import { live } from "live"

const IDLE = 5 * 60 * 1000      // ms without a key or a pointer: away from the desk
const SPREAD = 2000             // ms within which all who come back say so, after the messages
const WRITES_EVERY = 2500       // ms between two words that somebody is still writing
const NAMES = 5

export default class extends Controller {
  static targets = ["here", "writing"]
  static values = { room: Number, me: Number }

  connect() {
    this.offs = [
      live.on("live.here", (told) => told.place === `chat.here:${this.roomValue}` && this.show(told)),
      live.on("chat.change", (change) => change.room === this.roomValue && this.said(change.messages)),
      live.onState((state) => this.connection(state)),
    ]
    this.onVisible = () => this.is(document.hidden)
    this.onActive = () => this.active()
    document.addEventListener("visibilitychange", this.onVisible)
    for (const name of ["keydown", "pointermove"]) addEventListener(name, this.onActive, { passive: true })
    this.connection(live.state)
    this.active()
  }

  disconnect() {
    this.offs.forEach((off) => off())
    document.removeEventListener("visibilitychange", this.onVisible)
    for (const name of ["keydown", "pointermove"]) removeEventListener(name, this.onActive)
    for (const timer of [this.entering, this.idle]) clearTimeout(timer)
    live.tell("chat.elsewhere", { room: this.roomValue })
  }

  // ── what this person says ──
  connection(state) {
    clearTimeout(this.entering)
    if (state === "online") this.entering = setTimeout(() => this.enter(), this.came ? Math.random() * SPREAD : 0)
    else this.clear()
  }

  enter() {
    this.came = true
    this.away = document.hidden
    live.request("chat.here", { room: this.roomValue, away: this.away }).catch(() => null)
  }

  is(away) {
    if (away === this.away || live.state !== "online") return
    this.away = away
    live.request("chat.here", { room: this.roomValue, away }).catch(() => null)
  }

  active() {
    clearTimeout(this.idle)
    this.idle = setTimeout(() => this.is(true), IDLE)
    if (this.away && !document.hidden) this.is(false)
  }

  writes({ target }) {
    if (target.id !== "compose") return
    if (!target.value.trim()) return this.stopped()
    if (performance.now() - (this.wroteAt ?? -Infinity) < WRITES_EVERY) return
    this.wroteAt = performance.now()
    live.tell("chat.writing", { room: this.roomValue, on: true })
  }

  stopped() {
    if (this.wroteAt === undefined) return
    this.wroteAt = undefined
    live.tell("chat.writing", { room: this.roomValue, on: false })
  }

  // ── what is seen of the others ──
  show({ here, away, people, writing }) {
    const me = people.find(([id]) => id === this.meValue)
    const others = here + away - 1, named = people.filter((person) => person !== me).slice(0, NAMES)
    this.hereTarget.hidden = others <= 0
    this.hereTarget.replaceChildren(made("span", "vh", "いま見ている人："), ...named.map(dot), ...rest(others - named.length))
    this.write(writing.filter(([id]) => id !== this.meValue))
  }

  write(people) {
    this.writers = people
    const names = people.map(([, name]) => family(name))
    this.writingTarget.textContent = names.length ? `${names.slice(0, 2).join("さん、")}さん${names.length > 2 ? "たち" : ""}が書いています…` : ""
  }

  // Whoever has said it is no longer writing it.
  said(messages) {
    const authors = new Set(messages.map((message) => message.author))
    if (this.writers?.some(([id]) => authors.has(id))) this.write(this.writers.filter(([id]) => !authors.has(id)))
  }

  clear() {
    this.hereTarget.hidden = true
    this.write([])
  }
}

function dot([, name, away]) {
  const person = made("span", away ? "away" : "", family(name))
  if (away) person.append(made("small", "", "離席"))
  return person
}

function rest(count) { return count > 0 ? [made("span", "more", `ほか${count}人`)] : [] }

function family(name) { return name.split(" ")[0] }

function made(name, className, textContent) { return Object.assign(document.createElement(name), { className, textContent }) }
