// Where one is and where the presenter is. Pure: every change gives a new state, nothing else happens.
//   {me, at: {paper, page}, place: {seq, calls, presenter, paper, page}, follow, resume}
// Who leafs by themselves is left alone, and follows again with one tap.

export function begin({ me, at, place, follow }) {
  return { me, at, place, follow, resume: false }
}

// What the server says of the presenter's place, in whatever order it comes: an older one changes nothing.
export function hear(state, place) {
  if (place.seq < state.place.seq) return state
  const told = place.paper === null ? { ...state.place, ...place, paper: state.place.paper, page: state.place.page, hidden: true } : { ...place, hidden: false }
  const called = place.calls > (state.place.calls ?? 0)
  const next = handed(state, { ...state, place: told })
  return arrive(next, next.follow || called)
}

// That another one presents from now on; the page stays.
export function floor(state, { seq, presenter }) {
  return seq < state.place.seq ? state : handed(state, { ...state, place: { ...state.place, seq, presenter } })
}

export function leaf(state, at) {
  if (at.paper === state.at.paper && at.page === state.at.page) return state
  const left = state.follow && !presents(state)
  return { ...state, at, follow: left ? false : state.follow, resume: left || state.resume }
}

export function catchUp(state) {
  return arrive({ ...state, follow: state.follow || state.resume, resume: false }, true)
}

export function setFollow(state, on) {
  return arrive({ ...state, follow: on, resume: false }, on)
}

export function presents(state) { return state.place.presenter?.id === state.me }

export function isLive(state) { return Boolean(state.place.presenter) }

// The presenter is elsewhere, on a page that may be seen.
export function isBehind(state) {
  return isLive(state) && !presents(state) && known(state) && (state.place.paper !== state.at.paper || state.place.page !== state.at.page)
}

// Who has handed over follows.
function handed(before, state) { return presents(before) && isLive(state) && !presents(state) ? { ...state, follow: true } : state }

function known(state) { return state.place.paper !== null && !state.place.hidden }

function arrive(state, go) {
  return go && known(state) && !presents(state) ? { ...state, at: { paper: state.place.paper, page: state.place.page } } : state
}
