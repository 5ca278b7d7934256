// Writing: a conversion's Enter never sends, a draft is never lost, what is sent waits in the outbox until it is acknowledged.
import { Controller } from "@hotwired/stimulus"
import { outbox } from "chat/outbox"
import { keepDraft, keptDraft } from "chat/drafts"

const SENDS = "composer:enter-sends"
const AFTER_COMPOSITION = 50      // ms: Safari fires the Enter that ends a conversion after compositionend
const LONGEST_ANSWER = 3000       // ms for who might be meant: then what is to be sent goes as it was typed

export default class extends Controller {
  static targets = ["text", "send", "hint", "state", "picks", "replying", "replyingTo"]
  static values = { room: Number, me: Number, name: String, seal: String, canPost: Boolean }

  connect() {
    this.people = new Map()
    outbox.open(this.meValue)
    this.onOutbox = () => this.showPending()
    this.onReply = ({ detail }) => this.startReply(detail)
    for (const name of ["sent", "refused", "changed"]) outbox.addEventListener(name, this.onOutbox)
    addEventListener("chat:reply", this.onReply)
    addEventListener("turbo:morph", this.onOutbox)
    if (!this.textTarget.value) this.textTarget.value = keptDraft(this.meValue, this.roomValue)
    this.grow()
    this.showHint()
    this.showPending()
  }

  disconnect() {
    for (const name of ["sent", "refused", "changed"]) outbox.removeEventListener(name, this.onOutbox)
    removeEventListener("chat:reply", this.onReply)
    removeEventListener("turbo:morph", this.onOutbox)
  }

  // ── keys ──
  composed() { this.composedAt = performance.now() }

  key(event) {
    if (this.converting(event)) return
    if (!this.picksTarget.hidden && this.pickKey(event)) return
    if (event.key === "Escape" && this.reply) return this.cancelReply()
    if (event.key !== "Enter" || event.shiftKey) return
    const withCtrl = event.ctrlKey || event.metaKey
    if (withCtrl === this.enterSends) return withCtrl ? this.newline(event) : undefined
    event.preventDefault()
    this.element.requestSubmit()
  }

  converting(event) {
    return event.isComposing || event.keyCode === 229 || performance.now() - (this.composedAt ?? -1000) < AFTER_COMPOSITION
  }

  newline(event) {
    event.preventDefault()
    this.textTarget.setRangeText("\n", this.textTarget.selectionStart, this.textTarget.selectionEnd, "end")
    this.typed()
  }

  typed() {
    keepDraft(this.meValue, this.roomValue, this.textTarget.value)
    this.grow()
    this.suggest()
  }

  switchEnter() {
    localStorage.setItem(SENDS, this.enterSends ? "0" : "1")
    this.showHint()
    this.textTarget.focus()
  }

  get enterSends() { return localStorage.getItem(SENDS) === "1" }

  showHint() { this.hintTarget.textContent = this.enterSends ? "改行 Shift+Enter・送信 Enter" : "改行 Enter・送信 Ctrl+Enter" }

  grow() {
    this.textTarget.rows = Math.min(10, Math.max(1, this.textTarget.value.split("\n").length))
  }

  // ── sending ──
  submit(event) {
    event.preventDefault()
    if (this.owed) { this.owed.sends = true; return }
    const text = this.withTokens(this.textTarget.value), files = this.files
    this.wanted = this.isAttaching
    if (this.wanted) this.stateTarget.textContent = "ファイルが届きしだい送信します"
    if ((!text.trim() && !files.length) || this.wanted) return
    outbox.add({ key: crypto.randomUUID?.() ?? randomKey(), room: this.roomValue, text, files,
                 ...(this.reply ? { reply_to: this.reply } : {}), at: Date.now() })
    this.clear()
    this.showPending()
    this.toEnd()
  }

  clear() {
    this.textTarget.value = ""
    this.application.getControllerForElementAndIdentifier(this.element, "attach")?.clear()
    keepDraft(this.meValue, this.roomValue, "")
    this.cancelReply()
    this.grow()
    this.textTarget.focus()
  }

  toEnd() {
    const log = document.querySelector(".log")
    if (log) log.scrollTop = 0
  }

  showPending() {
    const stream = document.querySelector("[data-room-target=stream]")
    if (!stream) return
    stream.querySelectorAll(".pending").forEach((element) => element.remove())
    const waiting = outbox.waiting(this.roomValue)
    stream.append(...waiting.map((item) => this.pending(item)))
    this.stateTarget.textContent = waiting.some((item) => item.refused) ? "送れなかった投稿があります" : ""
  }

  pending(item) {
    const article = element("article", "msg pending")
    const seal = element("span", "seal self", this.sealValue)
    seal.setAttribute("aria-hidden", "true")
    const body = element("div", "msg-b")
    const who = element("p", "who")
    who.append(element("b", "", this.nameValue), " ", element("span", "", item.refused ? "送れませんでした" : "送信中…"))
    body.append(who, element("p", "said plain", withoutTokens(item.text) || "（ファイル）"))
    if (item.refused) body.append(this.refusal(item))
    article.append(seal, body)
    return article
  }

  refusal(item) {
    const line = element("p", "refused", item.refused)
    const again = element("button", "btn", "もう一度送る"), back = element("button", "btn bare", "書き直す")
    again.type = back.type = "button"
    again.addEventListener("click", () => { outbox.retry(item.key); this.showPending() })
    back.addEventListener("click", () => { this.takeBack(item) })
    line.append(" ", again, back)
    return line
  }

  takeBack(item) {
    outbox.drop(item.key)
    this.textTarget.value = [withoutTokens(item.text), this.textTarget.value].filter(Boolean).join("\n")
    this.typed()
    this.textTarget.focus()
  }

  // ── replying ──
  startReply({ id, name }) {
    this.reply = id
    this.textTarget.disabled = this.sendTarget.disabled = false
    this.replyingToTarget.textContent = `${name} さんへの返信`
    this.replyingTarget.hidden = false
    this.textTarget.focus()
  }

  cancelReply() {
    this.reply = null
    this.replyingTarget.hidden = true
    this.textTarget.disabled = this.sendTarget.disabled = !this.canPostValue
  }

  // ── people ──
  at() {
    this.textTarget.setRangeText("＠", this.textTarget.selectionStart, this.textTarget.selectionEnd, "end")
    this.textTarget.focus()
    this.suggest()
  }

  async suggest() {
    const typed = this.textTarget.value.slice(0, this.textTarget.selectionStart).match(/[@＠]([^\s@＠]{0,20})$/u)
    if (!typed) { this.picksTarget.hidden = true; this.asked = null; return }
    const asked = this.asked = this.asking = typed[1]
    const people = await Promise.race([this.candidates(asked), later(LONGEST_ANSWER)])
    if (asked === this.asking) this.asking = null
    if (this.owed?.asked === asked) return this.pay(people?.[0])
    if (people && asked === this.asked) this.showPicks(people, asked)
  }

  // null when nobody answers.
  async candidates(asked) {
    const reply = await fetch(`/chat/rooms/${this.roomValue}/people.json?q=${encodeURIComponent(asked)}`, { headers: { Accept: "application/json" } }).catch(() => null)
    return reply?.ok ? (await reply.json().catch(() => null))?.people : null
  }

  showPicks(people, asked) {
    this.shown = asked
    this.picksTarget.replaceChildren(...people.map((person, index) => this.option(person, index)))
    this.picksTarget.hidden = !people.length
  }

  // The list is still that of fewer letters: the first of the right one is taken as soon as it is here, whatever is typed behind it meanwhile.
  owe() {
    const end = this.textTarget.selectionStart, start = end - this.asked.length - 1
    this.owed = { asked: this.asked, words: this.textTarget.value.slice(start, end), start, end }
    this.picksTarget.hidden = true
  }

  pay(person) {
    const { words, start, end, sends } = this.owed
    this.owed = null
    if (person && this.textTarget.value.slice(start, end) === words) this.choose(person, start, end)
    if (sends) this.element.requestSubmit()
  }

  option(person, index) {
    const item = element("li", "pick")
    item.setAttribute("role", "option")
    item.setAttribute("aria-selected", String(index === 0))
    item.person = person
    item.append(element("b", "", person.name), " ", element("small", "", person.label))
    item.addEventListener("pointerdown", (event) => { event.preventDefault(); this.choose(person) })
    return item
  }

  pickKey(event) {
    if (this.shown !== this.asked && this.asking !== this.asked) { this.picksTarget.hidden = true; return false }     // nobody has answered
    const options = [...this.picksTarget.children]
    const at = options.findIndex((option) => option.getAttribute("aria-selected") === "true")
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const next = (at + (event.key === "ArrowDown" ? 1 : options.length - 1)) % options.length
      options.forEach((option, index) => option.setAttribute("aria-selected", String(index === next)))
    } else if (event.key === "Enter" || event.key === "Tab") this.shown === this.asked ? this.choose(options[at].person) : this.owe()
    else if (event.key === "Escape") this.picksTarget.hidden = true
    else return false
    event.preventDefault()
    return true
  }

  choose(person, start, end = this.textTarget.selectionStart) {
    const area = this.textTarget
    start ??= area.value.slice(0, end).search(/[@＠][^\s@＠]{0,20}$/u)
    area.setRangeText(`＠${person.name} `, start, end, end === area.selectionStart ? "end" : "preserve")
    this.people.set(`＠${person.name}`, person.id)
    this.picksTarget.hidden = true
    this.typed()
    area.focus()
  }

  withTokens(text) {
    for (const [shown, id] of this.people) text = text.split(shown).join(`<@${id}>`)
    return text
  }

  // ── files: files/controllers/attach sends them ──
  get files() { return [...this.element.querySelectorAll("input[name=files]:enabled")].map((input) => input.value) }

  get isAttaching() { return Boolean(this.element.querySelector("li[data-state=sending]")) }

  attached() {
    if (!this.wanted || this.isAttaching) return
    this.stateTarget.textContent = ""
    if (!this.element.querySelector("li[data-state=refused]")) this.element.requestSubmit()
  }
}

function element(name, className, text) {
  const made = document.createElement(name)
  if (className) made.className = className
  if (text !== undefined) made.textContent = text
  return made
}

function later(milliseconds) { return new Promise((then) => setTimeout(() => then(null), milliseconds)) }

function withoutTokens(text) { return text.replace(/<@\d+>/g, "＠…") }

function randomKey() { return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("") }
