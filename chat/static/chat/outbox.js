// What a person has sent and the server has not yet acknowledged. Survives a closed tab; goes out once, in order.
// The key of each message is unique for ever: sending it again can never make a second one.
import { live } from "live"

const LOCK = "tsunagaru-outbox"
const PAUSES = [500, 1000, 2000, 4000, 8000, 15000]

class Outbox extends EventTarget {
  #name = null
  #timer = null
  #failures = 0

  open(me) {
    if (this.#name === `outbox:${me}`) return
    this.#name = `outbox:${me}`
    live.onState((state) => state === "online" && this.flush())
    addEventListener("storage", (event) => event.key === this.#name && this.#tell("changed", {}))
    this.flush()
  }

  waiting(room) { return this.#read().filter((item) => item.room === room) }

  add(item) {
    this.#write([...this.#read(), item])
    this.flush()
  }

  retry(key) {
    this.#change(key, { refused: null })
    this.flush()
  }

  drop(key) {
    this.#write(this.#read().filter((item) => item.key !== key))
    this.#tell("changed", {})
  }

  flush() {
    clearTimeout(this.#timer)
    if (!navigator.locks) return this.#send()
    navigator.locks.request(LOCK, { ifAvailable: true }, (lock) => lock ? this.#send() : this.#later())
  }

  async #send() {
    for (let item = this.#next(); item; item = this.#next()) {
      const answer = await this.#deliver(item)
      if (answer.ok) this.#done(item, answer)
      else if (final(answer)) this.#refuse(item, answer)
      else return this.#later()
    }
  }

  #next() { return this.#read().find((item) => !item.refused) }

  async #deliver(item) {
    const { at, refused, ...message } = item
    return live.request("chat.post", message).catch(() => post(message))
  }

  #done(item, answer) {
    this.#failures = 0
    this.#write(this.#read().filter((other) => other.key !== item.key))
    this.#tell("sent", { item, answer })
  }

  #refuse(item, answer) {
    this.#change(item.key, { refused: answer.message })
    this.#tell("refused", { item, answer })
  }

  #later() {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.flush(), PAUSES[Math.min(this.#failures++, PAUSES.length - 1)])
  }

  #change(key, values) { this.#write(this.#read().map((item) => item.key === key ? { ...item, ...values } : item)) }

  #read() {
    try { return JSON.parse(localStorage.getItem(this.#name)) ?? [] } catch { return [] }
  }

  #write(items) { localStorage.setItem(this.#name, JSON.stringify(items)) }

  #tell(name, detail) { this.dispatchEvent(new CustomEvent(name, { detail })) }
}

// 401, 429 and 5xx pass; what the rules refuse is told to the person, who decides.
function final(answer) { return [400, 403, 404, 409, 413, 422].includes(answer.status) }

async function post(message) {
  try {
    const reply = await fetch(`/chat/rooms/${message.room}/messages`, {
      method: "POST", headers: { "Content-Type": "application/json", Accept: "application/json" }, body: JSON.stringify(message) })
    const answer = await reply.json()
    return { ...answer, ok: reply.ok, status: reply.status }
  } catch {
    return { ok: false, status: 0 }
  }
}

export const outbox = new Outbox()
