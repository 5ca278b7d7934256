"""Names that lead elsewhere, turn the writing round, or are longer than any disk takes. The bytes are harmless."""
from tests.files.hostile.specimen import PDF, Specimen, given
from tests.files.office import PDF as PLAIN

NAMES = {
    "turned round": "請求書\u202excod.exe", "turned round by isolates": "\u2067fdp.書求請\u2069.exe", "two dots": "..", "one dot": ".",
    "upward": "../../../../etc/passwd", "upward for Windows": "..\\..\\windows\\system32\\x.dll", "a disk": "C:\\x.pdf",
    "another machine": "\\\\127.0.0.1\\c$\\x", "from the root": "/etc/cron.d/x", "upward in full width": "．．／．．／etc／passwd",
    "dots that become dots": "‥／‥／x", "a letter that becomes two": "ﬁle℀.pdf", "upward encoded": "%2e%2e%2f%2e%2e%2fx",
    "encoded twice": "%252e%252e%252fx", "300 bytes": "予" * 100 + ".pdf", "5,000 letters": "a" * 5_000 + ".pdf",
    "a long ending": "a." + "b" * 300, "nothing in it": "a\0.pdf", "another line": "a\r\nSet-Cookie: x=1\r\n\r\n<script>.pdf",
    "line of Unicode": "a\u2028b\u2029.pdf", "a mark of quotation": 'a"; filename="x.exe', "a page": "<script>alert(1)</script>.pdf",
    "a template": "{{7*7}}${7*7}.pdf", "a formula": "=cmd|' /C calc'!A0.pdf", "a device": "CON", "a device with an ending": "aux.pdf",
    "dots behind": "x.pdf . . .", "only room": "   ", "full-width room": "　", "unseen": "a\u200b\u200d\ufeff.pdf",
    "many marks": "か" + "\u3099" * 200 + ".pdf", "half a letter": "\ud800.pdf", "looks like it": "раурal.pdf", "hidden": ".htaccess",
    "a stream of Windows": "a.txt:x.exe", "two endings": "請求書.pdf.exe", "a preview": "preview", "a part": "arriving",
    "faces": "👨‍👩‍👧.pdf", "controls": "\x1b[2J\x07.pdf",
}
SPECIMENS = [Specimen(f"name: {title}", name, given(PLAIN), PDF) for title, name in NAMES.items()]
