// Private notes on one paper. What is drawn is here at once, in the browser's own keeping until the server has it, and sent in batches.
import { live } from "live"

const EVERY = 600                       // ms between two batches
const PAUSES = [1000, 2000, 4000, 8000, 15000]
const MOST_AT_ONCE = 100

export class Notes extends EventTarget {
  all = new Map()         // key -> {key, file, page, kind, body, revision, gone, on, beside}
  old = []                // earlier pages with notes of one's own: {file, page, beside, version, address}
  refused = ""
  #timer = null
  #failures = 0
  #undo = []
  #loads = new Set()      // for each answer that is under way: what it may not know of

  constructor(me, paper) {
    super()
    this.name = `notes:${me}:${paper}`
    this.paper = paper
    live.onState((state) => state === "online" && this.#soon(0))
  }

  get waiting() { return Object.keys(this.#waiting()).length }

  // From the server, and over it whatever it does not have yet.
  async load() {
    const fresh = Object.values(this.#waiting())
    this.#loads.add(fresh)
    const answer = await fetch(`/meetings/papers/${this.paper}/notes`, { headers: { Accept: "application/json" } }).catch(() => null)
    const told = answer?.ok ? await answer.json().catch(() => null) : null
    this.#loads.delete(fresh)
    if (!told) setTimeout(() => this.load(), PAUSES[2])
    if (told) {
      this.all = new Map(told.notes.map((note) => [note.key, note]))
      this.old = told.old
      this.ready = told.ready
    }
    for (const note of fresh) this.all.set(note.key, { on: note.page, ...this.all.get(note.key), ...note })
    if (this.waiting) this.#soon(0)
    this.#changed()
  }

  on(page, file) { return [...this.all.values()].filter((note) => !note.gone && note.on === page && (note.on !== 0 || note.file === file)) }

  onOld(old) { return [...this.all.values()].filter((note) => !note.gone && note.on === 0 && note.file === old.file && note.page === old.page) }

  add(file, page, kind, body) {
    this.#put({ key: freshKey(), file, page, kind, body, revision: 1, gone: false, on: page, beside: page })
  }

  change(key, body) { this.#again(key, { body }) }

  remove(key) { this.#again(key, { gone: true }) }

  undo() {
    const before = this.#undo.pop()
    if (!before) return false
    const now = this.all.get(before.key)
    this.#put({ ...before, revision: now.revision + 1 }, false)
    return true
  }

  get canUndo() { return this.#undo.length > 0 }

  bookmark(page) { return [...this.all.values()].find((note) => note.kind === "bookmark" && !note.gone && note.on === page) }

  #again(key, values) {
    const note = this.all.get(key)
    if (note) this.#put({ ...note, ...values, revision: note.revision + 1 })
  }

  #put(note, undoable = true) {
    const before = this.all.get(note.key)
    for (const fresh of this.#loads) fresh.push(note)
    if (undoable) this.#undo.push(before ?? { ...note, gone: true })
    this.all.set(note.key, note)
    const waiting = this.#waiting()
    waiting[note.key] = note
    this.#write(waiting)
    this.#changed()
    this.#soon(EVERY)
  }

  #soon(pause) {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#send(), pause)
  }

  async #send() {
    const batch = Object.values(this.#waiting()).slice(0, MOST_AT_ONCE)
    if (!batch.length) return
    const data = { paper: this.paper, notes: batch.map(({ key, file, page, kind, body, revision, gone }) => ({ key, file, page, kind, body, revision, gone })) }
    const answer = await live.request("meetings.note", data).catch(() => post(data))
    if (answer.ok) this.#kept(batch)
    else this.#failed(answer)
  }

  // Only what has not been changed again meanwhile.
  #kept(batch) {
    this.#failures = 0
    this.refused = ""
    const waiting = this.#waiting()
    for (const note of batch) if (waiting[note.key]?.revision === note.revision) delete waiting[note.key]
    this.#write(waiting)
    this.#changed()
    if (this.waiting) this.#soon(EVERY)
  }

  #failed(answer) {
    const final = [400, 403, 404, 409, 422].includes(answer.status)
    this.refused = final ? answer.message : ""
    this.#changed()
    this.#soon(final ? PAUSES.at(-1) : PAUSES[Math.min(this.#failures++, PAUSES.length - 1)])
  }

  #waiting() {
    try { return JSON.parse(localStorage.getItem(this.name)) ?? {} } catch { return {} }
  }

  #write(waiting) {
    if (Object.keys(waiting).length) localStorage.setItem(this.name, JSON.stringify(waiting))
    else localStorage.removeItem(this.name)
  }

  #changed() { this.dispatchEvent(new Event("changed")) }
}

async function post(data) {
  try {
    const reply = await fetch(`/meetings/papers/${data.paper}/notes`, {
      method: "POST", headers: { "Content-Type": "application/json", Accept: "application/json" }, body: JSON.stringify(data) })
    const answer = await reply.json()
    return { ...answer, ok: reply.ok, status: reply.status }
  } catch {
    return { ok: false, status: 0 }
  }
}

function freshKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")
}
