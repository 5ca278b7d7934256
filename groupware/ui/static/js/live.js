// One connection per tab, kept over page visits. What is said over it is a command like any other; what is missed is fetched by number.
//   live.on("chat.change", (data) => …)  returns a function that ends it
//   live.request("chat.post", data)      a promise of the answer {ok, …}; rejects without a connection or an answer in time: take the other door
//   live.tell("chat.read", data)         a signal: no answer is waited for; false without a connection
//   live.onState((state) => …)           "connecting" | "online" | "offline" | "signed-out"; live.state is the present one
import { io } from "socket.io-client"

const PATIENCE = 8000       // ms for an answer
const FIRST_RETRY = 1000    // ms at most: most cuts are short
const SPREAD = 10000        // ms: after a failure everybody comes back within this time, not at once; a server that ends says its own
const LOSS_SPREAD = 1000    // ms: within which all look anew when a server has lost something for all of them

class Live {
  state = "connecting"
  came = 0            // how many times the connection has been made: what a page shows may be older than the last of them
  #socket = null
  #states = new Set()
  #retry = null
  #failures = 0
  #within = null

  on(event, act) {
    const socket = this.#open()
    const listener = (data) => act(data)
    socket?.on(event, listener)
    return () => socket?.off(event, listener)
  }

  onState(act) {
    this.#open()
    this.#states.add(act)
    return () => this.#states.delete(act)
  }

  request(event, data) {
    const socket = this.#open()
    if (!socket?.connected) return Promise.reject(new Error("offline"))
    return socket.timeout(PATIENCE).emitWithAck(event, data)
  }

  tell(event, data) {
    const socket = this.#open()
    if (socket?.connected) socket.emit(event, data)
    return Boolean(socket?.connected)
  }

  // Only for somebody who is signed in; the page says who.
  #open() {
    if (this.#socket || !document.body.dataset.me) return this.#socket
    this.#socket = io({ path: "/socket.io", transports: ["websocket", "polling"], tryAllTransports: true, reconnection: false })
    this.#socket.on("connect", () => this.#came())
    this.#socket.on("disconnect", () => this.#gone())
    this.#socket.on("connect_error", (error) => this.#failed(error))
    this.#socket.on("live.return", ({ within }) => { this.#within = within * 1000 })
    this.#socket.on("live.lost", () => setTimeout(() => this.#lookAnew(), Math.random() * LOSS_SPREAD))
    addEventListener("online", () => this.#again())
    document.addEventListener("visibilitychange", () => !document.hidden && this.#again())
    return this.#socket
  }

  #came() {
    clearTimeout(this.#retry)
    this.#failures = 0
    this.came += 1
    this.#is("online")
  }

  #gone() {
    this.#is("offline")
    this.#later()
  }

  // An answer without a socket is the server's own "no": the login session is over.
  #failed(error) {
    const refused = !this.#socket.active && !error.type
    this.#is(refused ? "signed-out" : "offline")
    if (!refused) this.#later()
  }

  #later() {
    clearTimeout(this.#retry)
    const most = this.#within ?? (this.#failures ? SPREAD : FIRST_RETRY)
    this.#within = null
    this.#failures += 1
    this.#retry = setTimeout(() => this.#again(), Math.random() * most)
  }

  // Follows what one may follow, and whoever shows something fetches what it has missed, as after a cut.
  async #lookAnew() {
    await this.request("live.again", {}).catch(() => null)
    if (this.state === "online") for (const act of this.#states) act("online")
  }

  #again() {
    if (this.#socket.connected || this.state === "signed-out" || this.state === "connecting") return
    clearTimeout(this.#retry)
    this.#is("connecting")
    this.#socket.connect()
  }

  #is(state) {
    if (state === this.state) return
    this.state = state
    for (const act of this.#states) act(state)
  }
}

export const live = new Live()
