"""Documents that leave on paper: a Typst template and plain data in, a tagged PDF (PDF/UA-1) out."""

import json
from pathlib import Path
from typing import Any

import font_source_sans_pro
import typst

FONTS = Path(font_source_sans_pro.__file__).parent / "files"


def pdf(template: Path, data: dict[str, Any]) -> bytes:
    """Draw `template` with `data` (JSON values; read as `json(bytes(sys.inputs.data))`); the bytes of the PDF.

    Data never becomes markup. Nothing outside the template's folder, no system font and no clock is read: the same data
    gives the same bytes. Source: ISO 14289-1 (PDF/UA-1); Typst refuses a document without title or language.
    """
    return typst.compile(
        str(template),
        root=str(template.parent),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False, sort_keys=True)},
        pdf_standards="ua-1",
        timestamp=0,
    )
