//! Who else wants it, in what shape? One folder per destination. Every one of
//! them reads the ledger and sends only what differs from what it sent.
