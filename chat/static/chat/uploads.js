// A file goes up before its message; until the message names it, only its uploader sees it.
export async function upload(file) {
  const body = new FormData()
  body.append("file", file, file.name)
  try {
    const reply = await fetch("/files", { method: "POST", headers: { Accept: "application/json" }, body })
    const answer = await reply.json().catch(() => ({}))
    return { message: "送れませんでした。大きさを確かめて、もう一度付けてください。", ...answer, ok: reply.ok }
  } catch {
    return { ok: false, message: "接続が切れました。つながってから、もう一度付けてください。" }
  }
}
