"""The readers under a fuzzer: whatever bytes come in, parts and unread parts come out."""
