// What this connection has told of one's rooms, on whatever page: a list made before that, by a visit, by going back or by a fetch
// that was under way, is brought up to it. What was told while there was no connection, nobody heard: then the list is fetched anew.
import { live } from "live"

const rooms = new Map()     // room → { badge, seq, change, line, own }; own: the last message one wrote oneself since that badge
let listening = false
let fetchedFor = 0          // the connection (live.came) for which the list was fetched last

export const told = {
  has: (room) => rooms.has(room),
  of: (room) => rooms.get(room) ?? {},
  isListMissing: () => live.state === "online" && fetchedFor !== live.came,
  listIsFetched: () => { fetchedFor = live.came },
  listIsOld: () => { fetchedFor = 0 },

  listen(me) {
    if (listening) return
    listening = true
    live.onState((state) => state === "online" && rooms.clear())
    live.on("chat.badge", badge)
    live.on("chat.change", (change) => changed(change, me))
    live.on("chat.come", told.listIsOld)
    live.on("chat.gone", told.listIsOld)
    addEventListener("chat:read", ({ detail }) => badge(detail))
  },
}

function badge(told) {
  rooms.set(told.room, { ...rooms.get(told.room), badge: told, own: 0 })
}

function changed({ room, seq, change, line, about, messages }, me) {
  if (about) told.listIsOld()
  const before = rooms.get(room) ?? {}
  const own = Math.max(before.own ?? 0, ...messages.filter((message) => message.author === me).map((message) => message.seq))
  rooms.set(room, change > (before.change ?? 0) ? { ...before, seq, change, line, own } : { ...before, own })
}
