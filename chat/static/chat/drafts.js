// Half-written words, kept on this device by room until they are sent.
const name = (me, room) => `draft:${me}:${room}`

export function keptDraft(me, room) { return localStorage.getItem(name(me, room)) ?? "" }

export function keepDraft(me, room, text) {
  if (text) localStorage.setItem(name(me, room), text)
  else localStorage.removeItem(name(me, room))
}
