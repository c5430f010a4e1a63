//! The services, what they cost and need.
