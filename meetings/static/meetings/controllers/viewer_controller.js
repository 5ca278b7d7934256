// The viewer of a sitting: leafing, zooming, two papers side by side, following the presenter, private notes.
import { Controller } from "@hotwired/stimulus"
import { live } from "live"
import { Ink } from "meetings/ink"
import * as following from "meetings/following"
import { Notes } from "meetings/notes"
import { Pictures, SMALL, WHOLE, isReady } from "meetings/pictures"
import { Sheet } from "meetings/sheet"
import { announce, say } from "ui/saying"

const WITHOUT_SOCKET = 2000     // ms between two questions where the presenter is
const ANEW = 30000              // ms: papers may have opened meanwhile
const TURN = 120, POINT = 70    // ms between two that are told
const ZOOMS = [1, 1.25, 1.5, 2, 3, 4]
const SWIPE = 60

export default class extends Controller {
  static targets = ["data", "stage", "sheet", "beside", "thumbs", "page", "count", "serial", "chip", "chipPage", "follow", "tool", "title", "detail", "versions",
    "papers", "zoom", "mark", "undo", "saved", "progress", "presenter", "take", "lead", "besidePaper", "besidePage", "clock", "left", "old", "writing", "words", "wordless", "text"]

  connect() {
    this.told = JSON.parse(this.dataTarget.textContent)
    this.me = Number(document.body.dataset.me)
    this.pictures = new Pictures()
    this.manifests = new Map()
    this.books = new Map()      // paper -> the notes on it
    if (this.told.manifest) this.manifests.set(this.told.paper, this.told.manifest)
    this.state = following.begin({ me: this.me, at: { paper: this.told.paper, page: this.told.page }, place: this.told.place,
      follow: this.told.place.presenter !== null && this.told.place.presenter.id !== this.me })
    this.tool = null
    this.colour = "red"
    this.pointers = new Map()
    this.drift = new Date(this.told.now) - new Date()
    this.stops = [live.on("meetings.place", (place) => this.hear(place)), live.on("meetings.floor", (told) => this.hearFloor(told)),
      live.on("meetings.changed", (told) => this.changed(told)), live.on("meetings.point", (at) => this.pointed(at)),
      live.onState((state) => state === "online" && this.come())]
    this.timers = [setInterval(() => this.poll(), WITHOUT_SOCKET), setInterval(() => this.enter(), ANEW), setInterval(() => this.tick(), 5000)]
    this.resized = () => this.fit()
    addEventListener("resize", this.resized)
    if (this.hasSheetTarget) this.begin()
    this.tick()
    if (live.state === "online") this.enter()
  }

  disconnect() {
    for (const stop of this.stops) stop()
    this.timers.forEach(clearInterval)
    removeEventListener("resize", this.resized)
    clearTimeout(this.progressing)
    clearTimeout(this.renewing)
  }

  begin() {
    this.main = new Sheet(this.sheetTarget, this.pictures)
    this.other = new Sheet(this.besideTarget, this.pictures)
    this.ink = new Ink(this.main.svg, { tool: () => ["pen", "marker", "text", "erase"].includes(this.tool) ? this.tool : null, colour: () => this.colour,
      where: () => this.spot, added: (kind, body, spot) => this.keep(kind, body, spot), removed: (key) => this.notes.remove(key),
      wants: (x, y, spot) => this.askText(x, y, spot) })
    this.oldInk = new Ink(this.other.svg, { tool: () => null, colour: () => "red", where() {}, added() {}, removed() {}, wants() {} })
    this.openNotes()
    this.listThumbs()
    this.show()
    this.progress()
  }

  // What is beside the papers may be closed to somebody; the papers stay open.
  stay(event) { event.preventDefault() }

  // Where one is

  get paper() { return this.told.papers.find((paper) => paper.id === this.state.at.paper) }
  get manifest() { return this.manifests.get(this.state.at.paper) }
  get zoomed() { return this.main?.zoom ?? 1 }

  next() { this.to(this.state.at.page + 1) }
  previous() { this.to(this.state.at.page - 1) }
  first() { this.to(1) }
  last() { this.to(this.manifest?.count ?? 1) }
  nextPaper() { this.toPaper(1) }
  previousPaper() { this.toPaper(-1) }
  typed() {
    this.to(Number(this.pageTarget.value) || this.state.at.page)
    this.pageTarget.value = this.state.at.page
  }

  to(page) {
    const most = this.manifest?.count ?? 1
    this.become(following.leaf(this.state, { paper: this.state.at.paper, page: Math.max(1, Math.min(page, most)) }))
  }

  toPaper(step) {
    const at = this.told.papers.findIndex((paper) => paper.id === this.state.at.paper) + step
    if (this.told.papers[at]) this.become(following.leaf(this.state, { paper: this.told.papers[at].id, page: 1 }))
  }

  choose(event) {
    event.preventDefault()
    this.become(following.leaf(this.state, { paper: Number(event.currentTarget.dataset.paper), page: 1 }))
  }

  thumb(event) {
    event.preventDefault()
    this.to(Number(event.currentTarget.dataset.page))
  }

  // A new state, and what is to be seen of it.
  async become(state) {
    const before = this.state
    this.state = state
    const moved = state.at.paper !== before.at.paper || state.at.page !== before.at.page
    const opens = state.at.paper && this.opening !== state.at.paper && (state.at.paper !== before.at.paper || !this.manifest)
    if (opens) await this.openPaper(state.at.paper)
    if (!this.element.isConnected) return
    if (moved || opens) this.show()
    else this.showPresenter()
    if (moved && following.presents(state)) this.tellPlace()
  }

  async openPaper(id) {
    this.opening = id
    if (!this.told.papers.some((paper) => paper.id === id)) await this.renew()
    await this.fetchManifest(id)
    if (this.opening === id) this.opening = null
    if (this.state.at.paper !== id || !this.manifest || !this.element.isConnected) return
    this.openNotes()
    this.listThumbs()
    this.progress()
  }

  async fetchManifest(id, again = false) {
    const paper = this.told.papers.find((each) => each.id === id)
    if (!paper || (this.manifests.has(id) && !again)) return this.manifests.get(id)
    const answer = await fetch(`/files/pages/${paper.file}`, { headers: { Accept: "application/json" } }).catch(() => null)
    const manifest = answer?.ok ? await answer.json() : null
    if (manifest && this.told.papers.find((each) => each.id === id)?.file === paper.file) this.manifests.set(id, manifest)      // or it has been replaced meanwhile
    return this.manifests.get(id)
  }

  show() {
    const { page } = this.state.at, { manifest, paper } = this
    if (!manifest || !paper) return
    this.main.show(manifest, Math.max(1, page), `${paper.label} ${paper.title} ${page}頁`)
    this.titleTarget.textContent = paper.label
    this.titleTarget.nextSibling.textContent = ` ${paper.title}`
    this.detailTarget.textContent = this.details(paper, manifest)
    this.versionsTarget.href = `/meetings/papers/${paper.id}`
    if (document.activeElement !== this.pageTarget) this.pageTarget.value = page
    this.pageTarget.max = manifest.count
    this.countTarget.textContent = manifest.count
    this.countTarget.parentElement.hidden = !manifest.count
    this.serialTarget.textContent = this.told.total ? `通し番号 ${paper.first + page - 1} ／ ${this.told.total}` : ""
    this.hold()
    this.lay()
    this.showPresenter()
    announce(`${paper.label} ${page}頁`)
    live.tell("meetings.look", { paper: paper.id, page })
    this.readWords(manifest, page)
    this.prefetch()
    history.replaceState(history.state, "", `?paper=${paper.id}&page=${page}`)
  }

  details(paper, manifest) {
    return [paper.version > 1 ? `第${paper.version}版に差し替え・書き込みは残っています` : "", manifest.wordless ? `検索不可（画像）${manifest.wordless}頁` : ""].filter(Boolean).join("・")
  }

  prefetch() {
    const { manifest } = this, { page } = this.state.at
    const near = [page + 1, page - 1, page + 2, page - 2].filter((each) => each >= 1 && isReady(manifest, each) && !manifest.bad.includes(each))
    if (!isReady(manifest, page) || manifest.bad.includes(page)) return
    const wanted = () => this.state.at.page === page && this.manifest === manifest
    this.pictures.get(this.pictures.address(manifest, page, WHOLE)).catch(() => null)
      .then(() => this.pictures.prefetch(near.map((each) => this.pictures.address(manifest, each, WHOLE)), wanted))
  }

  // What the page says, for whoever does not see it.
  async readWords(manifest, page) {
    this.textTarget.textContent = ""
    if (!isReady(manifest, page) || manifest.bad.includes(page)) return
    const answer = await fetch(`/files/pages/${manifest.file}/${manifest.key}/${page}.txt`).catch(() => null)
    const words = answer?.ok ? await answer.text() : ""
    if (this.state.at.page === page && this.manifest === manifest) this.textTarget.textContent = words
  }

  hold() {
    for (const link of this.papersTarget.querySelectorAll("a")) link.toggleAttribute("aria-current", Number(link.dataset.paper) === this.state.at.paper)
    for (const link of this.thumbsTarget.querySelectorAll("a")) {
      const here = Number(link.dataset.page) === this.state.at.page
      link.toggleAttribute("aria-current", here)
      if (here) keepInSight(this.thumbsTarget, link)
    }
  }

  listThumbs() {
    const { manifest } = this
    if (!manifest) return this.thumbsTarget.replaceChildren()
    this.thumbsTarget.replaceChildren(...Array.from({ length: manifest.count }, (_, index) => this.oneThumb(manifest, index + 1)))
    this.marks()
  }

  oneThumb(manifest, page) {
    const item = document.createElement("li"), link = document.createElement("a"), words = document.createElement("span")
    link.href = `?paper=${this.state.at.paper}&page=${page}`
    link.dataset.page = page
    link.dataset.action = "viewer#thumb"
    if (manifest.bad.includes(page)) link.classList.add("bad")
    else {
      const image = document.createElement("img")
      image.loading = "lazy"
      image.alt = ""
      image.width = 76
      image.dataset.src = this.pictures.address(manifest, page, SMALL)
      if (page <= manifest.ready) image.src = image.dataset.src
      link.append(image)
    }
    words.textContent = page
    link.append(words)
    item.append(link)
    return item
  }

  // The pages are still being made: the first are there, the others come.
  async progress() {
    clearTimeout(this.progressing)
    const { manifest } = this, id = this.state.at.paper
    if (!manifest) return
    const open = ["waiting", "drawing"].includes(manifest.state)
    this.progressTarget.hidden = !open
    this.progressTarget.textContent = open ? `頁を用意しています ${manifest.ready} ／ ${manifest.count || "…"}` : ""
    if (!open) return
    this.progressing = setTimeout(async () => {
      const before = manifest.count, bad = manifest.bad.length
      const fresh = await this.fetchManifest(id, true)
      if (this.state.at.paper !== id || !fresh || !this.element.isConnected) return
      if (fresh.count !== before || fresh.bad.length !== bad) this.listThumbs()
      for (const image of this.thumbsTarget.querySelectorAll("img:not([src])")) if (Number(image.parentElement.dataset.page) <= fresh.ready) image.src = image.dataset.src
      if (fresh.count !== before || manifest.ready < this.state.at.page) this.show()
      this.progress()
    }, 1000)
  }

  // Zoom

  fit() {
    this.main?.fit()
    if (this.other && !this.besideTarget.hidden) this.other.fit(1)
  }

  zoomIn() { this.zoomTo(ZOOMS.find((zoom) => zoom > this.zoomed + 0.01) ?? ZOOMS.at(-1)) }
  zoomOut() { this.zoomTo(ZOOMS.filter((zoom) => zoom < this.zoomed - 0.01).at(-1) ?? 1) }
  zoomReset() { this.zoomTo(1) }

  zoomTo(zoom) {
    this.main.fit(Math.max(1, Math.min(zoom, 4)))
    this.zoomTarget.textContent = `${Math.round(this.zoomed * 100)}%`
    clearTimeout(this.sharpening)
    this.sharpening = setTimeout(() => this.main.sharpen(), 200)
  }

  wheel(event) {
    if (!event.ctrlKey) return
    event.preventDefault()
    this.zoomTo(this.zoomed * (event.deltaY < 0 ? 1.1 : 1 / 1.1))
  }

  // Two fingers make it larger; one, moved across a page that is whole, turns it.
  fingerDown(event) {
    if (event.pointerType !== "touch" || this.tool) return
    this.pointers.set(event.pointerId, [event.clientX, event.clientY])
    this.spread = this.pointers.size === 2 ? { apart: this.apart(), zoom: this.zoomed } : null
    this.started = this.pointers.size === 1 ? [event.clientX, event.clientY] : null
  }

  fingerMove(event) {
    if (!this.pointers.has(event.pointerId)) return
    this.pointers.set(event.pointerId, [event.clientX, event.clientY])
    if (this.spread && this.pointers.size === 2) this.zoomTo(this.spread.zoom * this.apart() / this.spread.apart)
  }

  fingerUp(event) {
    if (!this.pointers.delete(event.pointerId)) return
    const [x, y] = this.started ?? []
    this.started = null
    if (x === undefined || this.zoomed > 1 || Math.abs(event.clientX - x) < SWIPE || Math.abs(event.clientY - y) > Math.abs(event.clientX - x) / 2) return
    if (event.clientX < x) this.next()
    else this.previous()
  }

  apart() {
    const [[ax, ay], [bx, by]] = this.pointers.values()
    return Math.max(1, Math.hypot(ax - bx, ay - by))
  }

  // Two papers side by side

  async toggleBeside(event) {
    const on = this.besideTarget.hidden
    event?.currentTarget.setAttribute("aria-pressed", String(on))
    this.openBeside(on)
    if (on) await this.showBeside(this.told.papers.find((paper) => paper.id !== this.state.at.paper)?.id ?? this.state.at.paper, 1)
  }

  openBeside(on) {
    this.besideTarget.hidden = !on
    this.stageTarget.classList.toggle("two", on)
    this.besideTarget.classList.remove("earlier")
    this.fit()
  }

  besideChosen() { this.showBeside(Number(this.besidePaperTarget.value), 1) }
  besideNext() { this.showBeside(this.besideAt.paper, this.besideAt.page + 1) }
  besidePrevious() { this.showBeside(this.besideAt.paper, this.besideAt.page - 1) }

  async showBeside(id, page) {
    this.besideWanted = id
    const manifest = await this.fetchManifest(id), paper = this.told.papers.find((each) => each.id === id)
    if (!manifest || !paper || this.besideWanted !== id) return
    const at = Math.max(1, Math.min(page, manifest.count))
    this.besideAt = { paper: id, page: at }
    this.besidePaperTarget.value = id
    this.besidePageTarget.textContent = `${at} ／ ${manifest.count}頁`
    this.oldInk.lay([1, 1], [])
    this.other.show(manifest, at, `並べた ${paper.label} ${paper.title} ${at}頁`)
  }

  // Together

  hear(place) {
    if (place.sitting === this.told.sitting) this.become(following.hear(this.state, place))
  }

  hearFloor(told) {
    if (told.sitting !== this.told.sitting) return
    const presented = following.presents(this.state), was = following.isLive(this.state)
    let state = following.floor(this.state, told)
    if (!was && following.isLive(state) && !following.presents(state)) state = following.setFollow(state, true)
    this.become(state)
    if (told.presenter && told.presenter.id !== this.me) say(`${told.presenter.name}さんが発表しています`)
    if (presented !== following.presents(this.state) && following.presents(this.state)) this.tellPlace()
  }

  // Whoever was here before asks for what is new as well.
  come() {
    if (this.entered) this.changed(this.told)
    else this.enter()
  }

  async enter() {
    this.entered = true             // also when the line breaks before the answer: what was said meanwhile is asked for
    const answer = await live.request("meetings.enter", { sitting: this.told.sitting }).catch(() => null)
    if (!answer?.ok) return
    if (this.paper) live.tell("meetings.look", { paper: this.state.at.paper, page: this.state.at.page })
    this.hear(answer.place)
  }

  async poll() {
    if (live.state === "online" || document.hidden) return
    const answer = await fetch(`/meetings/${this.told.sitting}/place`, { headers: { Accept: "application/json" } }).catch(() => null)
    if (answer?.ok) this.hear((await answer.json()).place)
  }

  // Something of the sitting is new: who sees what is asked anew.
  changed(told) {
    if (told.sitting !== this.told.sitting) return
    clearTimeout(this.renewing)
    this.renewing = setTimeout(async () => { await this.enter(); await this.renew() }, Math.random() * 500)
  }

  async renew() {
    const asked = this.asked = Symbol("asked")
    const answer = await fetch(`/meetings/${this.told.sitting}/stack`, { headers: { Accept: "application/json" } }).catch(() => null)
    const told = answer?.ok ? await answer.json() : null, before = this.paper?.file
    if (!told || asked !== this.asked || !this.element.isConnected) return
    this.told = { ...this.told, ...told }
    this.listPapers()
    if (!this.paper) return this.told.papers[0] && this.become(following.leaf(this.state, { paper: this.told.papers[0].id, page: 1 }))
    if (this.paper.file === before) return
    await this.fetchManifest(this.paper.id, true)
    say(`${this.paper.label}が新しくなりました`)
    this.openNotes()
    this.listThumbs()
    this.to(Math.min(this.state.at.page, this.manifest.count || 1))
    this.show()
    this.progress()
  }

  listPapers() {
    const one = this.papersTarget.querySelector("li")
    if (!one) return location.reload()
    this.papersTarget.replaceChildren(...this.told.papers.map((paper) => {
      const item = one.cloneNode(true), link = item.querySelector("a")
      link.href = `?paper=${paper.id}`
      link.dataset.paper = paper.id
      item.querySelector("b").textContent = paper.label
      item.querySelector("b").nextSibling.textContent = ` ${paper.title}`
      item.querySelector("small").textContent = span(paper)
      return item
    }))
    this.besidePaperTarget.replaceChildren(...this.told.papers.map((paper) => new Option(`${paper.label} ${paper.title}`, paper.id)))
    if (this.besideAt) this.besidePaperTarget.value = this.besideAt.paper
    this.hold()
  }

  toggleFollow() { this.become(following.setFollow(this.state, !this.state.follow)) }
  catchUp() { this.become(following.catchUp(this.state)) }

  showPresenter() {
    const { state } = this, behind = following.isBehind(state), presenting = following.presents(state)
    this.chipTarget.hidden = !behind
    const far = state.place.paper !== state.at.paper ? this.told.papers.find((paper) => paper.id === state.place.paper) : null
    this.chipPageTarget.textContent = `発表者は ${far ? `${far.label} ` : ""}p.${state.place.page}`
    this.followTarget.setAttribute("aria-checked", String(state.follow))
    this.followTarget.hidden = presenting || !following.isLive(state)
    this.presenterTarget.textContent = presenting ? "あなたが発表しています" : state.place.presenter ? `${state.place.presenter.name}さんが発表中` : ""
    for (const each of this.takeTargets) each.hidden = presenting || (following.isLive(state) && !this.told.early)
    for (const each of this.leadTargets) each.hidden = !presenting
    for (const link of this.thumbsTarget.querySelectorAll("a")) {
      const here = following.isLive(state) && state.place.paper === state.at.paper && Number(link.dataset.page) === state.place.page
      if (here === link.classList.contains("pres")) continue
      link.classList.toggle("pres", here)
      link.querySelector("em")?.remove()
      if (here) link.querySelector("span").append(Object.assign(document.createElement("em"), { textContent: "発表者" }))
    }
    if (!presenting && this.tool === "pointer") this.take(null)
  }

  // As presenter

  tellPlace() {
    if (this.telling) { this.tellAgain = true; return }
    this.telling = true
    this.tellAgain = false
    const { paper, page } = this.state.at, place = { sitting: this.told.sitting, paper, page }
    live.request("meetings.present", place).catch(() => post(`/meetings/${this.told.sitting}/turn`, place)).then((answer) => {
      if (answer.ok && answer.place) this.become(following.hear(this.state, answer.place))
      else if (answer.message) { say(answer.message); this.enter() }
    }).finally(() => setTimeout(() => {
      this.telling = false
      if (this.tellAgain) this.tellPlace()
    }, TURN))
  }

  async act(event) {
    event.preventDefault()
    const form = event.currentTarget, answer = await post(form.action, new URLSearchParams(new FormData(form)))
    form.closest("details")?.removeAttribute("open")
    form.closest("dialog")?.close()
    if (!answer.ok) return say(answer.message ?? "つながりません。もう一度お試しください。")
    if (form.dataset.said) say(form.dataset.said)
    this.become(following.hear(this.state, answer.place))
    if (following.presents(this.state)) { await this.enter(); this.tellPlace() }
  }

  pointAt(event) {
    if (this.tool !== "pointer" || !following.presents(this.state)) return
    const now = performance.now()
    if (now - (this.lastPoint ?? 0) < POINT) return
    this.lastPoint = now
    const box = this.main.leaf.getBoundingClientRect()
    const at = { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height }
    live.tell("meetings.point", { sitting: this.told.sitting, ...at })
    this.dot(at)
  }

  pointAway() {
    if (this.tool !== "pointer") return
    live.tell("meetings.point", { sitting: this.told.sitting })
    this.dot(null)
  }

  pointed(at) {
    const here = at.sitting === this.told.sitting && at.paper === this.state.at.paper && at.page === this.state.at.page
    if (!following.presents(this.state)) this.dot(here && "x" in at ? at : null)
  }

  dot(at) {
    const dot = this.main.leaf.querySelector(".dot")
    dot.hidden = !at
    if (at) Object.assign(dot.style, { insetInlineStart: `${at.x * 100}%`, insetBlockStart: `${at.y * 100}%` })
    clearTimeout(this.dotting)
    if (at) this.dotting = setTimeout(() => { dot.hidden = true }, 3000)
  }

  // Private notes

  openNotes() {
    if (!this.paper) return
    const { id } = this.paper
    if (!this.books.has(id)) {
      const notes = new Notes(this.me, id)
      notes.addEventListener("changed", () => notes === this.notes && this.lay())
      this.books.set(id, notes)
    }
    this.notes = this.books.get(id)
    this.notes.load()
  }

  // Where something that is written now belongs, wherever the presenter leads meanwhile.
  get spot() { return { notes: this.notes, file: this.manifest.file, page: this.state.at.page } }

  keep(kind, body, { notes, file, page }) { notes.add(file, page, kind, body) }

  lay() {
    if (!this.main.shape || !this.notes || !this.manifest) return
    const { page } = this.state.at
    this.ink.lay(this.main.shape, this.notes.on(page, this.manifest.file))
    this.undoTarget.disabled = !this.notes.canUndo
    this.markTarget.setAttribute("aria-pressed", String(Boolean(this.notes.bookmark(page))))
    this.savedTarget.textContent = this.notes.refused || (!this.notes.waiting ? "自分だけに見えます" : live.state === "online" ? "自分だけに見えます・保存中" : "この端末に残しました。つながると送ります")
    this.layOld(page)
    this.marks()
  }

  // What was written on a page that has changed lies beside the one in its place.
  layOld(page) {
    const old = this.notes.old.find((each) => each.beside === page && this.notes.onOld(each).length)
    this.oldTarget.hidden = !old
    const shown = this.besideTarget.classList.contains("earlier")
    if (!old && shown) this.openBeside(false)
    if (!old || (shown && this.oldAt === old.address)) return
    this.oldAt = old.address
    this.openBeside(true)
    this.besideTarget.classList.add("earlier")
    this.besidePageTarget.textContent = `前の版（第${old.version}版 ${old.page}頁）`
    this.other.showAt(old.address, this.main.shape, `前の版 ${old.page}頁`)
    this.oldInk.lay(this.main.shape, this.notes.onOld(old))
  }

  marks() {
    const written = new Set([...this.notes?.all.values() ?? []].filter((note) => !note.gone).map((note) => note.on || note.beside))
    for (const link of this.thumbsTarget.querySelectorAll("a")) {
      const page = Number(link.dataset.page), words = link.querySelector("span"), dot = words.querySelector("i")
      if (written.has(page) && !dot) words.append(document.createElement("i"))
      if (!written.has(page)) dot?.remove()
      link.ariaLabel = `${page}頁${written.has(page) ? "、書き込みあり" : ""}${link.classList.contains("pres") ? "、発表者の頁" : ""}`
    }
  }

  pick(event) { this.take(this.tool === event.params.tool ? null : event.params.tool) }

  take(tool) {
    this.tool = tool
    for (const button of this.toolTargets) button.setAttribute("aria-pressed", String(button.dataset.viewerToolParam === tool))
    this.main.leaf.dataset.tool = tool ?? ""
    if (tool !== "pointer") this.dot(null)
  }

  pickColour(event) { this.colour = event.currentTarget.value }

  undo() { if (!this.notes?.undo()) say("戻せる書き込みはありません") }

  bookmark() {
    const there = this.notes.bookmark(this.state.at.page)
    if (there) this.notes.remove(there.key)
    else this.notes.add(this.manifest.file, this.state.at.page, "bookmark", {})
  }

  askText(x, y, spot) {
    this.text = { x, y, spot }
    this.wordsTarget.value = ""
    this.writingTarget.showModal()
  }

  write(event) {
    event.preventDefault()
    const text = this.wordsTarget.value.trim()
    const { x, y, spot } = this.text
    if (text) this.keep("text", { x, y, text, colour: this.colour }, spot)
    this.writingTarget.close()
  }

  // By keyboard

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, dialog, [contenteditable], [role=menu]") || document.querySelector("dialog[open]")) {
      if ((event.ctrlKey || event.metaKey) && event.key === "z" && !event.target.closest("input, textarea, select, [contenteditable]") && this.tool) { event.preventDefault(); this.undo() }
      return
    }
    const act = { ArrowRight: "next", PageDown: "next", ArrowLeft: "previous", PageUp: "previous", Home: "first", End: "last", n: "nextPaper", p: "previousPaper",
      "+": "zoomIn", ";": "zoomIn", "-": "zoomOut", 0: "zoomReset", f: "catchUp" }[event.key]
    if (event.key === "g") { event.preventDefault(); this.pageTarget.focus(); this.pageTarget.select() }
    if (event.key === "Escape" && this.tool) this.take(null)
    if (!act || !this.main || (this.zoomed > 1 && event.key.startsWith("Arrow") && event.target.closest(".stage"))) return
    event.preventDefault()
    this[act]()
  }

  // The clock of the agenda

  tick() {
    const now = new Date(Date.now() + this.drift)
    this.clockTarget.textContent = `${now.getHours()}:${String(now.getMinutes()).padStart(2, "0")}`
    let left = ""
    for (const item of this.element.querySelectorAll(".vw-a .ag")) {
      const begins = new Date(item.dataset.begins), ends = new Date(item.dataset.ends)
      const current = begins <= now && now < ends
      item.classList.toggle("past", ends <= now)
      item.classList.toggle("cur", current)
      if (current) left = `${Math.ceil((ends - now) / 60000)}分`
      item.toggleAttribute("aria-current", current)
    }
    this.leftTarget.textContent = left
    this.leftTarget.parentElement.hidden = !left
  }
}

function span(paper) {
  if (!paper.count) return ""
  return paper.count === 1 ? `${paper.first}` : `${paper.first}–${paper.first + paper.count - 1}`
}

function keepInSight(box, link) {
  const left = link.offsetLeft - box.offsetLeft, middle = left - (box.clientWidth - link.clientWidth) / 2
  box.scrollTo({ left: middle, behavior: "auto" })
}

async function post(url, data) {
  try {
    const json = !(data instanceof URLSearchParams)
    const reply = await fetch(url, { method: "POST", body: json ? JSON.stringify(data) : data, headers: { Accept: "application/json", ...(json && { "Content-Type": "application/json" }) } })
    return { ...await reply.json(), ok: reply.ok, status: reply.status }
  } catch {
    return { ok: false, status: 0 }
  }
}
