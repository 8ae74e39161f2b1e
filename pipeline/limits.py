"""Finite limits for every input, and the threat model they answer; docs/SECURITY.md says the same to users.

Who attacks: whoever can put a file into the folder that is read. The file's name, its kind, its bytes and what they
claim of themselves are not trusted; the folder's owner, the machine and its programs are. What must hold whatever the
file:

- the run ends, and every other document is in the warehouse as if the file were not there;
- memory, time and disk stay within the limits below, counted while bytes are unpacked and not as a header promises;
- nothing is fetched, no macro, script or external entity runs, nothing outside the folder is read through a link in it;
- the file is a row of `documents` or of `quarantine`, with an error that tells what to do.

How: kinds are told from bytes (sources/registry.py); links, pipes and devices are told apart before anything is opened
(raw_files.py); XML is parsed without DTD, entities and network (sources/word_xml.py); readers run in worker processes
whose memory the kernel limits, which are killed when a document takes too long, and whose death costs that document
alone (parallel_documents.py).

What remains: pdfium, libxml2, Pillow, Tesseract and LibreOffice are large programs in C and C++ that read untrusted
bytes with the user's rights; a flaw in one of them that runs code is not contained. Run vanban in a container without
network for files from strangers. A file that changes between being hashed and being read is read as it then is.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost; each is set in params.yaml under `ingest.limits`. Sizes in bytes, times in seconds."""

    file_bytes: int = 200_000_000
    """Size of the file itself."""
    unpacked_bytes: int = 400_000_000
    """All that a package (.docx, .xlsx) or a container (.zip, mail) unpacks to; a compressed picture in a PDF."""
    content_bytes: int = 32_000_000
    """What any other compressed stream of a PDF unpacks to; drawing instructions cost many times their size."""
    xml_tags: int = 1_500_000
    """XML tags of one paragraph or table of a .docx, which is held in memory whole."""
    members: int = 5_000
    """Files in one container."""
    pages: int = 2_000
    page_bytes: int = 150_000_000
    """Memory that reading the structure and text of one PDF page may take: drawings within drawings multiply."""
    page_pixels: int = 80_000_000
    """Pixels of one page image."""
    characters: int = 20_000_000
    """Length of the text."""
    file_seconds: float = 900.0
    """All work on one document in one stage; its worker is killed then."""
    ocr_page_seconds: float = 120.0
    convert_seconds: float = 120.0
    """One conversion by LibreOffice."""
    worker_bytes: int = 1_500_000_000
    """Memory of one worker process, and of each program that it starts."""
