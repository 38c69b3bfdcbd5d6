//! Who may read which meter, and when? Consents, tokens, quota and proxy of the
//! public gateway.
