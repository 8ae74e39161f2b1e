"""Signed PDFs for the tests: real signatures by invented people, made on the spot."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pikepdf
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from cryptography.x509.oid import NameOID

_ROOM = 8_000
_DAY = datetime(2021, 3, 6, tzinfo=UTC)


def signed(path: Path, *, name: str, unit: str, email: str, field: str = "Signature1") -> Path:
    """Sign a PDF whose form has a signature field called `field` (see pdf_files.with_number_field)."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for widget in pdf.Root.AcroForm.Fields:
            if str(widget.T) == field:
                widget.V = pdf.make_indirect(
                    pikepdf.Dictionary(
                        Type=pikepdf.Name.Sig,
                        Filter=pikepdf.Name("/Adobe.PPKLite"),
                        SubFilter=pikepdf.Name("/adbe.pkcs7.detached"),
                        ByteRange=pikepdf.Array([0, 1_000_000_001, 1_000_000_002, 1_000_000_003]),
                        Contents=pikepdf.String(b"\xaa" * _ROOM),
                        M=pikepdf.String("D:20210306080910+07'00'"),
                        Reason=pikepdf.String("Phát hành văn bản"),
                        Location=pikepdf.String("An Bình"),
                    )
                )
        pdf.save(path, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    data = bytearray(path.read_bytes())
    start = data.index(b"<" + b"aa" * 20)
    end = data.index(b">", start) + 1
    numbers = (b"1000000001", b"1000000002", b"1000000003")
    for held, number in zip(numbers, (start, end, len(data) - end), strict=True):
        at = data.index(held)
        data[at : at + len(held)] = str(number).encode().ljust(len(held))
    content = bytes(data[:start] + data[end:])
    signature = _cms(content, name, unit, email).hex().encode().ljust(2 * _ROOM, b"0")
    data[start + 1 : end - 1] = signature
    path.write_bytes(data)
    return path


def _cms(content: bytes, name: str, unit: str, email: str) -> bytes:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    subject = _name((NameOID.COMMON_NAME, name), (NameOID.ORGANIZATION_NAME, unit), (NameOID.EMAIL_ADDRESS, email))
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(_name((NameOID.COMMON_NAME, "CA thử nghiệm")))
        .public_key(key.public_key())
        .serial_number(77)
        .not_valid_before(_DAY)
        .not_valid_after(_DAY + timedelta(days=365))
        .sign(key, hashes.SHA256())
    )
    builder = pkcs7.PKCS7SignatureBuilder().set_data(content).add_signer(certificate, key, hashes.SHA256())
    return builder.sign(Encoding.DER, [pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary])


def _name(*attributes: tuple[x509.ObjectIdentifier, str]) -> x509.Name:
    return x509.Name([x509.NameAttribute(kind, value) for kind, value in attributes])
