"""Files of every kind, made for the tests: invented documents only."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

NOTE = (
    "The Embassy of Sylvania presents its compliments to the Ministry of Foreign Affairs of Freedonia and has the honour to "
    "protest against the seizure of two fishing boats off Port Esker on Monday last."
)
SPEECH = "My delegation opposes the draft before us, because it rewards those who closed the strait and punishes those who kept it open."
BODY = (
    "The two governments condemn the raid on the harbour of Esker in the strongest terms. They call on the Free Companies to hand "
    "over the hostages, and they support the mediation of the League of River States without conditions."
)


def zip_bytes(members: Mapping[str, bytes | str], *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def write(folder: Path, files: Mapping[str, bytes | str]) -> Path:
    """Write files and return the folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def pdf_bytes(pages: list[list[tuple[float, float, str]]]) -> bytes:
    """Return a PDF whose pages hold lines of text at (x, y) points from the lower left corner, in 11 point Helvetica."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    kids = []
    for lines in pages:
        body = (
            "BT /F1 11 Tf "
            + " ".join(f"1 0 0 1 {x} {y} Tm ({_escaped(text)}) Tj" for x, y, text in lines)
            + " ET"
        )
        objects.append(f"<< /Length {len(body.encode('cp1252'))} >>\nstream\n{body}\nendstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects)} 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    return _pdf_file(objects)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _pdf_file(objects: list[str]) -> bytes:
    out, offsets = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{each}\nendobj\n".encode("cp1252")
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{each:010d} 00000 n \n".encode() for each in offsets)
    return out + f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()


def picture(lines: list[str], *, size: tuple[int, int] = (1700, 900)):  # type: ignore[no-untyped-def]
    """Return a white PIL picture with printed lines, as a scanner at 200 dpi would give."""
    from matplotlib import font_manager
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("L", size, 255)
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(font_manager.findfont("DejaVu Serif"), 40)
    for number, line in enumerate(lines):
        draw.text((100, 100 + number * 70), line, fill=0, font=font)
    return image
