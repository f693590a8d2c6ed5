"""Documents written as letters inside a text: base64, hex, quoted-printable and their like."""
