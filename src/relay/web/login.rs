//! `/console/login`: a plain form. Errors come back as `?error=bad` (wrong name or password) or `?error=slow` (too many
//! tries).

use axum::Form;
use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use tracing::{error, info};

use crate::relay::secret;
use crate::relay::store::StoreError;
use crate::relay::switchboard::now;
use crate::relay::web::{Web, files, session};

#[derive(Deserialize)]
pub struct Credentials {
    login: String,
    password: String,
}

#[derive(Debug, thiserror::Error)]
pub enum LoginError {
    #[error("the form was not sent by this relay's own page")]
    Foreign,
    #[error("wrong name or password")]
    Bad,
    #[error("too many tries; wait half a minute")]
    Slow,
    #[error("the store does not answer")]
    Store(#[from] StoreError),
}

impl IntoResponse for LoginError {
    fn into_response(self) -> Response {
        match self {
            LoginError::Foreign => StatusCode::FORBIDDEN.into_response(),
            LoginError::Bad => Redirect::to("/console/login?error=bad").into_response(),
            LoginError::Slow => Redirect::to("/console/login?error=slow").into_response(),
            LoginError::Store(error) => {
                error!(%error, "login");
                StatusCode::SERVICE_UNAVAILABLE.into_response()
            }
        }
    }
}

pub async fn get(State(web): State<Web>, headers: HeaderMap) -> Result<Response, LoginError> {
    if session::find(&web, &headers).await?.is_some() {
        return Ok(Redirect::to("/console/").into_response());
    }
    Ok(files::page(&web.pages, "login.html", &headers))
}

pub async fn post(
    State(web): State<Web>,
    headers: HeaderMap,
    Form(Credentials { login, password }): Form<Credentials>,
) -> Result<Response, LoginError> {
    if !session::same_origin(&headers) {
        return Err(LoginError::Foreign);
    }
    let login = login.trim().to_lowercase();
    if login.len() > 64 || password.len() > 256 {
        return Err(LoginError::Bad);
    }
    if !web.guard.may(&login).await {
        return Err(LoginError::Slow);
    }
    let account = web.store.account(login.clone()).await?;
    // A name that does not exist takes as long as one that does.
    let (interpreter, hash) = match account {
        Some((interpreter, hash)) => (Some(interpreter), hash),
        None => (None, NOBODY.to_owned()),
    };
    let look = move || secret::verify_password(&password, &hash);
    let (Some(interpreter), Some(true)) = (interpreter, web.guard.in_turn(look).await) else {
        return Err(LoginError::Bad);
    };
    web.guard.was_right(&login).await;
    let token = secret::token();
    let at = now();
    web.store.forget_sessions_before(at).await?;
    web.store
        .open_session(
            secret::digest(&token),
            interpreter,
            at.plus(session::LIFE_S * 1000),
        )
        .await?;
    info!(%interpreter, "logged in");
    let cookie = session::opened(&token, web.secure);
    Ok(([(SET_COOKIE, cookie)], Redirect::to("/console/")).into_response())
}

/// The hash of a password nobody has, of the same cost as real ones.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$\
                      AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobodys_hash_is_well_formed_and_as_costly_as_real_ones() {
        let cost = |hash: &str| hash.split('$').nth(3).unwrap().to_owned();
        assert_eq!(cost(NOBODY), cost(&secret::hash_password("x")));
        assert!(argon2::password_hash::phc::PasswordHash::new(NOBODY).is_ok());
        assert!(!secret::verify_password("", NOBODY));
    }
}
