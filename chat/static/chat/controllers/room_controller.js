// One open room: messages by number, changes by number, a missing number is fetched; and what has been on the screen.
import { Controller } from "@hotwired/stimulus"
import { live } from "live"
import { outbox } from "chat/outbox"
import { dress } from "chat/decoration"
import { elements } from "chat/partials"
import { lookAnew } from "ui/anew"

const MOST_SHOWN = 300
const NEAR = 1500             // pixels from an end at which the neighbouring page is fetched
const CURSOR_EVERY = 300
const LATER = 2000            // ms, about, until what could not be fetched is asked for again
const GAP = [100, 400]        // ms in which a missing change may still come by itself, from another web process
const SPREAD = 2000           // ms within which all who show counts ask for them anew

export default class extends Controller {
  static targets = ["log", "stream", "announce", "toEnd", "empty", "people", "purpose", "guests"]
  static values = { id: Number, me: Number, change: Number, seq: Number, read: Number, seen: Number, member: Boolean,
                    target: Number, older: Boolean, newer: Boolean, archived: Boolean, reads: Object }

  connect() {
    this.unreadFrom = this.readValue < this.seqValue ? this.readValue : Infinity      // what comes before one's eyes is not unread
    this.seen = this.seenValue
    this.reads = { ...this.readsValue }
    this.expected = this.aboutAt = this.changeValue
    this.ahead = new Set()
    this.offs = [
      live.on("chat.change", (change) => change.room === this.idValue && this.receive(change)),
      live.on("chat.reads", (told) => told.room === this.idValue && this.heardReads(told)),
      live.onState((state) => this.connection(state)),
    ]
    this.watcher = new IntersectionObserver((entries) => this.appeared(entries), { root: this.logTarget, threshold: 0.5 })
    this.onVisible = () => this.lookedAt()
    this.onSent = ({ detail }) => this.sent(detail)
    this.onUnread = ({ detail }) => { this.held = detail.seq }
    this.onMorph = () => this.show()
    document.addEventListener("visibilitychange", this.onVisible)
    outbox.addEventListener("sent", this.onSent)
    addEventListener("chat:unread", this.onUnread)
    addEventListener("turbo:morph", this.onMorph)
    outbox.open(this.meValue)
    this.show()
    this.place()
    this.connection(live.state)
    if (live.state !== "online") this.catchUp()
  }

  disconnect() {
    this.offs.forEach((off) => off())
    this.watcher.disconnect()
    for (const timer of [this.cursorTimer, this.gapTimer, this.laterTimer, this.countTimer]) clearTimeout(timer)
    document.removeEventListener("visibilitychange", this.onVisible)
    outbox.removeEventListener("sent", this.onSent)
    removeEventListener("chat:unread", this.onUnread)
    removeEventListener("turbo:morph", this.onMorph)
  }

  connection(state) {
    this.element.dataset.connection = state
    if (state === "online") this.catchUp()
  }

  // ── changes ──
  receive(change) {
    if (change.more) return this.expect(change.change)
    this.apply(change.messages)
    if (change.about) this.about(change.about, change.change)
    this.seqValue = Math.max(this.seqValue, change.seq)
    this.count(...(change.changes ?? [change.change]))
    this.announce(change.messages)
  }

  // Two web processes may tell in another order than things happened.
  count(...changes) {
    for (const change of changes) if (change > this.changeValue) this.ahead.add(change)
    while (this.ahead.delete(this.changeValue + 1)) this.changeValue++
    this.expect(Math.max(...changes))
  }

  expect(change) {
    this.expected = Math.max(this.expected, change)
    if (this.expected <= this.changeValue || this.gapTimer) return
    this.gapTimer = setTimeout(() => {
      this.gapTimer = null
      if (this.expected > this.changeValue) this.catchUp()
    }, GAP[0] + Math.random() * (GAP[1] - GAP[0]))
  }

  async catchUp() {
    if (!this.element.isConnected) return
    if (this.catching) { this.again = true; return }
    this.catching = true
    try {
      const answer = await this.changes()
      if (!this.element.isConnected) return       // what is shown now is another page
      if (answer?.status === 404) window.Turbo.visit("/chat")
      else if (answer && answer.ok !== false) this.take(answer)
      else this.catchUpLater()
    } finally {
      this.catching = false
      if (this.again) { this.again = false; this.catchUp() }
    }
  }

  // The server was too busy, and perhaps nothing more is said that would show what is missing. Without a line, its coming back is enough.
  catchUpLater() {
    clearTimeout(this.laterTimer)
    if (live.state !== "online") return
    this.laterTimer = setTimeout(() => this.catchUp(), LATER * (0.5 + Math.random()))
  }

  take(answer) {
    if (answer.more || answer.me.member !== this.memberValue) return lookAnew()
    this.apply(answer.messages)
    this.showReads(answer.reads)
    this.about(answer.room, answer.change)
    this.changeValue = Math.max(this.changeValue, answer.change)
    this.ahead.forEach((change) => change <= this.changeValue && this.ahead.delete(change))
    this.count(this.changeValue)
    this.seqValue = Math.max(this.seqValue, answer.room.seq)
    if (answer.me.seen < this.seen) this.tellCursor()
  }

  async changes() {
    const asked = { room: this.idValue, after: this.changeValue, first: Number(this.articles[0]?.dataset.seq ?? 0) }
    return live.request("chat.changes", asked).catch(() => this.changesByHttp(asked))
  }

  async changesByHttp({ room, after, first }) {
    const reply = await fetch(`/chat/rooms/${room}/changes?after=${after}&first=${first}`, { headers: { Accept: "application/json" } }).catch(() => null)
    return reply?.ok ? reply.json() : null
  }

  apply(messages) {
    for (const message of messages) this.put(message)
    if (!messages.length) return
    if (this.atEnd) this.prune("after")
    this.dress()
  }

  put(message) {
    const there = this.article(message.seq)
    if (there && Number(there.dataset.change) >= message.change) return
    if (!there) this.insert(parse(message.html), message.seq)
    else if (!there.querySelector(".correcting, .pop")) replace(there, parse(message.html))
    else if (message.change > (there.newer?.change ?? 0)) there.newer = message
  }

  // What somebody had under the hand (a correction, a menu) was left alone until now.
  free({ target: { newer } }) { if (newer) this.apply([newer]) }

  insert(article, seq) {
    const articles = this.articles
    const first = Number(articles[0]?.dataset.seq ?? 0), last = Number(articles.at(-1)?.dataset.seq ?? 0)
    if (articles.length && seq < first && this.olderValue) return
    if (articles.length && seq > last && this.newerValue) { this.toEndTarget.hidden = false; return }
    const next = articles.find((other) => Number(other.dataset.seq) > seq)
    this.streamTarget.insertBefore(article, next ?? this.pendings[0] ?? null)
    if (this.hasEmptyTarget) this.emptyTarget.remove()
    if (!next && !this.atEnd && Number(article.dataset.author) !== this.meValue) this.toEndTarget.hidden = false
  }

  about({ name, purpose, people, guests, archived }, change) {
    if (change < this.aboutAt) return this.askForCounts()      // who left may have left in between
    this.aboutAt = change
    const heading = this.element.querySelector("#room-h")
    if (name && heading.textContent !== name) heading.textContent = name
    if (archived !== this.archivedValue || Boolean(guests) === this.guestsTarget.hidden) return lookAnew()
    if (guests) this.guestsTarget.querySelector("data").textContent = guests
    this.purposeTarget.textContent = purpose
    if (this.hasPeopleTarget) this.people(people)
  }

  // Whoever left is counted no more, as 既読 or as 未読, below one's own messages.
  people(number) {
    const before = Number.parseInt(this.peopleTarget.textContent, 10)
    this.peopleTarget.textContent = `${number}人`
    if (number < before) this.askForCounts()
  }

  askForCounts() {
    if (this.countTimer || !this.articles.some((article) => Number(article.dataset.author) === this.meValue)) return
    this.countTimer = setTimeout(() => { this.countTimer = null; this.catchUp() }, Math.random() * SPREAD)
  }

  announce(messages) {
    const fresh = messages.filter((message) => message.author !== this.meValue && message.seq === this.seqValue)
    if (!fresh.length || document.hidden) return
    const article = this.article(fresh.at(-1).seq)
    if (article) this.announceTarget.textContent = `${article.querySelector(".who b").textContent}：${article.querySelector(".said, .tomb")?.textContent.trim().slice(0, 80) ?? ""}`
  }

  sent({ item, answer }) {
    if (item.room !== this.idValue) return
    this.expect(answer.change)
    if (this.newerValue) this.toEnd()
    else this.logTarget.scrollTop = 0
  }

  // ── what it looks like to this person ──
  show() {
    this.dress()
    this.streamTarget.classList.remove("undressed")
  }

  dress() {
    dress(this.streamTarget, { me: this.meValue, unreadFrom: this.unreadFrom, reads: this.reads })
    for (const article of this.articles) {
      if (!article.watched) { article.watched = true; this.watcher.observe(article) }
    }
  }

  heardReads({ reads, again }) {
    this.showReads(reads)
    if (again) this.askForCounts()
  }

  showReads(reads) {
    this.learn(reads)
    if (Object.keys(reads).length) this.dress()
  }

  // Of two counts the later one holds; with nothing changed in between, 既読 only grows.
  learn(reads) {
    for (const [id, count] of Object.entries(reads)) {
      const [read, , at] = this.reads[id] ?? [0, 0, 0]
      if (count[2] > at || (count[2] === at && count[0] >= read)) this.reads[id] = count
    }
  }

  place() {
    const target = this.targetValue ? this.article(this.targetValue) : this.streamTarget.querySelector(".unreadline")
    if (!target) { this.logTarget.scrollTop = 0; return }
    this.center(target)
    if (this.targetValue) { target.classList.add("aimed"); target.focus({ preventScroll: true }) }
  }

  // Only the log scrolls: scrollIntoView would move everything around it as well.
  center(target) {
    const log = this.logTarget.getBoundingClientRect(), box = target.getBoundingClientRect()
    this.logTarget.scrollTop += box.top - log.top - (log.height - box.height) / 2
  }

  // ── scrolling ──
  scrolled() {
    if (this.atEnd && !this.newerValue) this.toEndTarget.hidden = true
    const { scrollTop, scrollHeight, clientHeight } = this.logTarget
    if (this.olderValue && scrollHeight - clientHeight + scrollTop < NEAR) this.load("before", this.articles[0])
    else if (this.newerValue && -scrollTop < NEAR) this.load("after", this.articles.at(-1))
  }

  async load(side, edge) {
    if (this.loading || !edge) return
    this.loading = true
    const change = this.changeValue
    try {
      const reply = await fetch(`/chat/rooms/${this.idValue}/page?${side}=${edge.dataset.seq}`, { headers: { Accept: "application/json" } })
      if (reply.ok) this.extend(side, await reply.json())
      if (this.changeValue > change) this.askAgain(change)
    } catch { /* offline: the next scroll asks again */ } finally {
      this.loading = false
    }
  }

  // What was told meanwhile of messages that were not there yet was passed over.
  askAgain(change) {
    this.changeValue = change
    this.catchUp()
  }

  extend(side, page) {
    const fresh = page.messages.filter((message) => !this.article(message.seq)).map((message) => parse(message.html))
    if (side === "before") { this.streamTarget.prepend(...fresh); this.olderValue = page.older }
    else { this.articles.at(-1).after(...fresh); this.newerValue = page.newer }
    this.learn(page.reads)
    this.prune(side)
    this.dress()
  }

  prune(side) {
    const articles = this.articles
    const surplus = articles.length - MOST_SHOWN
    if (surplus <= 0) return
    const far = side === "before" ? articles.slice(-surplus) : articles.slice(0, surplus)
    far.forEach((article) => article.remove())
    if (side === "before") { this.newerValue = true; this.toEndTarget.hidden = false } else this.olderValue = true
  }

  toEnd() {
    if (this.newerValue) return window.Turbo.visit(`/chat/rooms/${this.idValue}/messages/${this.seqValue}`, { action: "replace" })
    this.logTarget.scrollTop = 0
    this.toEndTarget.hidden = true
  }

  // ── 既読 ──
  appeared(entries) {
    for (const { isIntersecting, target } of entries) target.onScreen = isIntersecting
    this.onScreen()
  }

  // While nobody looks, what comes is unread: on return the line shows from where.
  lookedAt() {
    if (document.hidden && this.unreadFrom === Infinity) this.unreadFrom = this.seqValue
    this.onScreen()
  }

  onScreen() {
    if (document.hidden || !this.memberValue || this.held) return
    const seen = Math.max(0, ...this.articles.filter((article) => article.onScreen).map((article) => Number(article.dataset.seq)))
    if (seen <= this.seen && seen <= this.readValue) return
    this.seen = this.readValue = seen
    clearTimeout(this.cursorTimer)
    this.cursorTimer = setTimeout(() => this.tellCursor(), CURSOR_EVERY)
  }

  tellCursor() {
    if (this.held) return
    const cursor = { room: this.idValue, seq: this.seen }
    this.dispatch("read", { target: window, prefix: "chat", detail: { room: this.idValue, read: this.seen, unread: this.seqValue - this.seen } })
    if (!live.tell("chat.read", cursor)) post(`/chat/rooms/${this.idValue}/cursor`, cursor)
  }

  async favourite({ currentTarget }) {
    const favourite = currentTarget.getAttribute("aria-pressed") !== "true"
    const reply = await post(`/chat/rooms/${this.idValue}/favourite`, { favourite })
    if (reply?.ok) currentTarget.setAttribute("aria-pressed", String(favourite))
  }

  article(seq) { return this.streamTarget.querySelector(`#m${seq}`) }
  get articles() { return [...this.streamTarget.querySelectorAll("article[data-seq]")] }
  get pendings() { return [...this.streamTarget.querySelectorAll(".pending")] }
  get atEnd() { return -this.logTarget.scrollTop < 80 }
}

// Whoever stands in it with the keyboard goes on standing there.
function replace(there, article) {
  const held = there.contains(document.activeElement) ? document.activeElement : null
  there.replaceWith(article)
  if (!held) return
  const name = ["data-stamp", "data-action", "href"].find((each) => held.hasAttribute(each))
  for (const each of [name && article.querySelector(`[${name}="${CSS.escape(held.getAttribute(name))}"]`), article]) {
    if (!article.contains(document.activeElement)) each?.focus({ preventScroll: true })
  }
}

function parse(html) { return elements(html).querySelector("article") }

async function post(url, data) {
  const reply = await fetch(url, { method: "POST", headers: { "Content-Type": "application/json", Accept: "application/json" }, body: JSON.stringify(data) }).catch(() => null)
  return reply?.ok ? reply.json() : null
}
