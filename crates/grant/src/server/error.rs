//! The errors of RFC 6749 section 5.2, RFC 8628 section 3.5, RFC 6750 section
//! 3.1 and RFC 7009 section 2.2.1, with the status that goes with each.

/// An error word of the protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OAuthError {
    /// A parameter is missing, repeated or malformed.
    InvalidRequest,
    /// The client is not known, or did not prove who it is.
    InvalidClient,
    /// The code or token is not valid, or is another client's.
    InvalidGrant,
    /// The client may not use this grant.
    UnauthorizedClient,
    /// Another grant type than ours.
    UnsupportedGrantType,
    /// More than was granted.
    InvalidScope,
    /// Nobody has decided yet.
    AuthorizationPending,
    /// The same, and asked too often.
    SlowDown,
    /// The person refused, or the flow failed.
    AccessDenied,
    /// The code ran out.
    ExpiredToken,
    /// The access token is unknown, has expired or was revoked.
    InvalidToken,
    /// The access token does not cover this.
    InsufficientScope,
    /// Out of order for the moment; what the client holds is still valid.
    TemporarilyUnavailable,
    /// Too many requests.
    TooManyRequests,
}

impl OAuthError {
    /// The word in the member `error`.
    pub fn code(self) -> &'static str {
        match self {
            Self::InvalidRequest => "invalid_request",
            Self::InvalidClient => "invalid_client",
            Self::InvalidGrant => "invalid_grant",
            Self::UnauthorizedClient => "unauthorized_client",
            Self::UnsupportedGrantType => "unsupported_grant_type",
            Self::InvalidScope => "invalid_scope",
            Self::AuthorizationPending => "authorization_pending",
            Self::SlowDown | Self::TooManyRequests => "slow_down",
            Self::AccessDenied => "access_denied",
            Self::ExpiredToken => "expired_token",
            Self::InvalidToken => "invalid_token",
            Self::InsufficientScope => "insufficient_scope",
            Self::TemporarilyUnavailable => "temporarily_unavailable",
        }
    }

    /// The HTTP status. `invalid_client` is 401 (RFC 6749 allows it always and
    /// demands it where the client used the `Authorization` header).
    pub fn status(self) -> u16 {
        match self {
            Self::InvalidClient | Self::InvalidToken => 401,
            Self::InsufficientScope => 403,
            Self::TooManyRequests => 429,
            Self::TemporarilyUnavailable => 503,
            _ => 400,
        }
    }
}
