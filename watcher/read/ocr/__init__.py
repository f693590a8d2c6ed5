"""OCR: words that stand in pixels, where the operator switched it on."""
