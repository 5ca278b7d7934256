// The reader's eyes: date lines, the unread line, "mine", 既読 counts, who was addressed. The partial itself knows nobody.
const WEEKDAYS = "日月火水木金土"

export function dress(stream, { me, unreadFrom, reads }) {
  const articles = [...stream.querySelectorAll("article[data-seq]")]
  for (const article of articles) {
    article.classList.toggle("mine", Number(article.dataset.author) === me)
    article.classList.toggle("to-me", Boolean(article.querySelector(`.at[data-user="${me}"]`)))
    for (const button of article.querySelectorAll(".stamps [data-people]")) pressed(button, me)
    showCount(article, reads[article.dataset.id])
  }
  dateLines(stream, articles)
  unreadLine(stream, articles, me, unreadFrom)
}

function pressed(button, me) {
  button.setAttribute("aria-pressed", String(button.dataset.people.split(",").includes(String(me))))
}

function showCount(article, count) {
  const link = article.querySelector("[data-reads]")
  if (!link || !count) return
  const [read, unread] = count
  link.hidden = false
  link.replaceChildren(`既読 ${read}`, unread ? "・" : "（全員）", ...(unread ? [bold(`未読 ${unread}`)] : []))
  if (!read && !unread) link.hidden = true
}

function dateLines(stream, articles) {
  let day = null
  for (const article of articles) {
    const above = article.previousElementSibling, unread = above?.matches(".unreadline") ? above : null
    const before = unread ? unread.previousElementSibling : above
    const has = before?.classList.contains("dateline")
    if (article.dataset.day !== day && !has) (unread ?? article).before(dateLine(article.dataset.day))
    else if (article.dataset.day === day && has) before.remove()
    day = article.dataset.day
  }
  for (const line of stream.querySelectorAll(".dateline")) if (!line.nextElementSibling?.matches("article, .unreadline")) line.remove()
}

function dateLine(day) {
  const [year, month, date] = day.split("-").map(Number)
  const line = document.createElement("h2")
  line.className = "dateline"
  const text = document.createElement("span")
  text.textContent = `令和${year - 2018}年${month}月${date}日（${WEEKDAYS[new Date(year, month - 1, date).getDay()]}）`
  line.append(text)
  return line
}

function unreadLine(stream, articles, me, unreadFrom) {
  if (stream.querySelector(".unreadline")) return
  const unread = articles.filter((article) => Number(article.dataset.seq) > unreadFrom && Number(article.dataset.author) !== me)
  if (!unread.length || stream.lineDrawn) return
  stream.lineDrawn = true
  const line = document.createElement("p")
  line.className = "unreadline"
  const text = document.createElement("span")
  text.textContent = `ここから未読 ${unread.length}件`
  line.append(text)
  unread[0].before(line)
}

function bold(text) {
  const b = document.createElement("b")
  b.textContent = text
  return b
}
