// Plays to the browser's own following.js what each follower heard and did; says where each of them is in the end.
import { readFileSync } from "node:fs"

const source = readFileSync(process.argv[2], "utf8")
const following = await import(`data:text/javascript,${encodeURIComponent(source)}`)
const { followers } = JSON.parse(readFileSync(0, "utf8"))
const ends = followers.map(({ me, at, place, acts }) =>
  acts.reduce((state, [act, ...more]) => following[act](state, ...more), following.begin({ me, at, place, follow: true })))
process.stdout.write(JSON.stringify(ends.map((state) => ({ ...state, behind: following.isBehind(state) }))))
