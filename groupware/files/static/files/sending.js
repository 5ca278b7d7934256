// A file goes up piece by piece. What has arrived stays there: after a cut line, a closed window or a restart it goes on where it was.
const PIECE = 1024 * 1024
const PATIENCE = 15 * 60 * 1000         // ms without a single piece before it is given up for now
const KEPT = 23 * 60 * 60 * 1000        // ms: the house sweeps what nobody went on with for a day
const PREFIX = "sending:"
const CUT = "接続が切れたままです。つながってから同じファイルを付けると、続きから送ります。"
const WAITING = "接続を待っています…"

class Refused extends Error {}
class Cut extends Error {}

// told({ arrived, waiting }) at every step. Answers {id, name, size, …}, or {message}; {} when `signal` ended it.
export async function send(file, { signal, told = () => {} } = {}) {
  try {
    return await new Sending(file, signal, told).whole()
  } catch (trouble) {
    if (signal?.aborted) return {}
    if (trouble instanceof Refused || trouble instanceof Cut) return { message: trouble.message }
    return { message: "このファイルを読めません。場所が変わっていないか確かめて、もう一度付けてください。" }
  }
}

class Sending {
  constructor(file, signal, told) { Object.assign(this, { file, signal, told, arrived: 0, moved: Date.now() }) }

  async whole() {
    await this.begin()
    while (this.arrived < this.file.size) await this.piece()
    const file = await this.ask(`/files/uploads/${this.id}/completion`, { method: "POST", json: { name: this.file.name } })
    if (!file.id) { this.arrived = file.arrived; return this.whole() }
    forget(this.file)
    return file
  }

  async begin() {
    this.id ??= remembered(this.file)
    const state = this.id && await this.ask(`/files/uploads/${this.id}`, { missing: null })
    if (state?.size === this.file.size) return this.at(state.arrived)
    const begun = await this.ask("/files/uploads", { method: "POST", json: { size: this.file.size } })
    this.id = begun.id
    remember(this.file, this.id)
    this.at(0)
  }

  async piece() {
    const bytes = await this.file.slice(this.arrived, this.arrived + PIECE).arrayBuffer()
    const headers = { "Upload-Offset": String(this.arrived), "Content-Type": "application/octet-stream", ...await digest(bytes) }
    const answer = await this.ask(`/files/uploads/${this.id}`, { method: "PATCH", body: bytes, headers, missing: {} })
    if (answer.arrived !== undefined) return this.at(answer.arrived)
    this.id = undefined
    forget(this.file)
    await this.begin()
  }

  at(arrived) {
    Object.assign(this, { arrived, moved: Date.now() })
    this.told({ arrived })
  }

  // As often as it takes; what is refused for good is told.
  async ask(address, options) {
    for (let pause = 500; ; pause = Math.min(pause * 2, 15_000)) {
      const reply = await this.reach(address, options)
      if (reply?.status === 404 && options.missing !== undefined) return options.missing
      if (reply?.ok || reply?.status === 409) return reply.json()
      if (reply && !passing(reply.status)) throw new Refused(await words(reply))
      if (Date.now() - this.moved > PATIENCE) throw new Cut(CUT)
      this.told({ arrived: this.arrived, waiting: WAITING })
      await this.rest(pause)
    }
  }

  async reach(address, { method = "GET", json, body, headers = {} }) {
    const sent = json ? { body: JSON.stringify(json), headers: { ...headers, "Content-Type": "application/json" } } : { body, headers }
    try {
      return await fetch(address, { method, signal: this.signal, body: sent.body, headers: { Accept: "application/json", ...sent.headers } })
    } catch (trouble) {
      if (this.signal?.aborted) throw trouble
      return null
    }
  }

  // Until the pause is over, the line is there again, or somebody stops it.
  rest(pause) {
    return new Promise((go, stop) => {
      const timer = setTimeout(done, pause)
      const end = () => { done(); stop(new Cut(CUT)) }
      addEventListener("online", done, { once: true })
      this.signal?.addEventListener("abort", end, { once: true })
      const signal = this.signal
      function done() {
        clearTimeout(timer)
        removeEventListener("online", done)
        signal?.removeEventListener("abort", end)
        go()
      }
    })
  }
}

// Thought better of it: nothing of it stays on the other side either.
export function forgetSending(file) {
  const id = remembered(file)
  forget(file)
  if (id) fetch(`/files/uploads/${id}/removal`, { method: "POST", headers: { Accept: "application/json" } }).catch(() => {})
}

function passing(status) { return status === 0 || status === 429 || (status >= 500 && status !== 507) }

async function words(reply) {
  const answer = await reply.json().catch(() => ({}))
  return answer.message ?? "送れませんでした。もう一度付けてください。"
}

// Only where the browser counts as safely connected; elsewhere the line's own sums must do.
async function digest(bytes) {
  if (!crypto.subtle) return {}
  const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))
  return { "Content-Digest": `sha-256=:${btoa(String.fromCharCode(...sum))}:` }
}

// ── what was begun, by this browser, for a day ──
function key(file) { return `${PREFIX}${file.size}:${file.lastModified}:${file.name}` }

function remembered(file) {
  try {
    const { id, at } = JSON.parse(localStorage.getItem(key(file)) ?? "{}")
    return Date.now() - at < KEPT ? id : undefined
  } catch { return undefined }
}

function remember(file, id) {
  try {
    for (const name of Object.keys(localStorage)) if (name.startsWith(PREFIX) && old(name)) localStorage.removeItem(name)
    localStorage.setItem(key(file), JSON.stringify({ id, at: Date.now() }))
  } catch { /* a browser that keeps nothing begins anew */ }
}

function old(name) { return !(Date.now() - JSON.parse(localStorage.getItem(name)).at < KEPT) }

function forget(file) { try { localStorage.removeItem(key(file)) } catch { /* it kept nothing */ } }
