//! A person with a browser: opens the link that a box shows, agrees on the
//! gateway's page and at Enedis, and comes back.

use anyhow::{Context, bail, ensure};
use bytes::Bytes;
use http::header::{CONTENT_TYPE, COOKIE, LOCATION, ORIGIN, SET_COOKIE};
use http::{HeaderValue, Request, Response};
use meter::UsagePoint;
use service::SharedHttp;
use simulator::Simulator;
use url::Url;
use url::form_urlencoded::Serializer;

use crate::gate::Gate;

/// Everything that a box of ours asks for.
const SCOPES: [&str; 4] = ["daily", "curve", "max_power", "production"];

/// Browsers follow a few.
const REDIRECTIONS: u32 = 5;

/// A person, their browser's cookie, and the two sites that they visit.
pub struct Person {
    gate: Gate,
    enedis: SharedHttp,
    /// Who they are at Enedis.
    customer: &'static str,
    cookie: Option<HeaderValue>,
}

impl Person {
    /// A person whom Enedis knows as that customer, with a fresh browser.
    pub fn new(gate: Gate, enedis: &Simulator, customer: &'static str) -> Self {
        Self {
            gate,
            enedis: enedis.http(),
            customer,
            cookie: None,
        }
    }

    /// Follows the link of a box and agrees to everything, there and at Enedis.
    pub async fn agrees(&mut self, link: &str, point: UsagePoint) -> anyhow::Result<()> {
        let left = self.leaves(link).await?;
        let back = self.at_enedis(&left, point, "accept").await?;
        self.opens(&back).await?;
        self.gate.a_minute_passes().await
    }

    /// Follows the link of a box, agrees on the gateway's page, and refuses at
    /// Enedis.
    pub async fn changes_their_mind(
        &mut self,
        link: &str,
        point: UsagePoint,
    ) -> anyhow::Result<()> {
        let left = self.leaves(link).await?;
        let back = self.at_enedis(&left, point, "refuse").await?;
        self.opens(&back).await.map(|_| ())
    }

    /// Withdraws every consent that this browser gave.
    pub async fn withdraws(&mut self) -> anyhow::Result<()> {
        loop {
            let page = self.opens("/manage").await?;
            let path = "/manage/withdraw";
            let Some(fields) = hidden_fields(&page, path) else {
                return Ok(());
            };
            self.sends(path, fields).await?;
        }
    }

    /// Agrees on the gateway's page; the address at Enedis to which that leads.
    async fn leaves(&mut self, link: &str) -> anyhow::Result<String> {
        let page = self.opens(link).await?;
        let path = "/device/consent";
        let mut fields = hidden_fields(&page, path).context("the page asks for no consent")?;
        let ticks = [("seen", "1"), ("decision", "accept")];
        let scopes = SCOPES.map(|scope| ("scope", scope));
        let ticked = ticks.into_iter().chain(scopes);
        fields.extend(ticked.map(|(name, value)| (name.to_owned(), value.to_owned())));
        let answer = self.sends(path, fields).await?;
        leads_to(&answer)
    }

    /// Decides on the page of Enedis; the address back.
    async fn at_enedis(
        &self,
        page: &str,
        point: UsagePoint,
        decision: &str,
    ) -> anyhow::Result<String> {
        let body = Serializer::new(String::new())
            .append_pair("customer", self.customer)
            .append_pair("usage_point", &point.to_string())
            .append_pair("decision", decision)
            .finish();
        let request = Request::post(page)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Bytes::from(body))?;
        leads_to(&self.enedis.send(request).await?)
    }

    /// Opens a page of the gateway, wherever it leads; what it shows.
    async fn opens(&mut self, address: &str) -> anyhow::Result<String> {
        let mut address = address.to_owned();
        for _ in 0..REDIRECTIONS {
            let request = Request::get(path_of(&address)?).body(Bytes::new())?;
            let answer = self.visits(request).await?;
            if answer.status().is_redirection() {
                address = leads_to(&answer)?;
                continue;
            }
            ensure!(answer.status().is_success(), "{}", answer.status());
            return Ok(String::from_utf8_lossy(answer.body()).into_owned());
        }
        bail!("led from page to page")
    }

    async fn sends(
        &mut self,
        path: &str,
        fields: Vec<(String, String)>,
    ) -> anyhow::Result<Response<Bytes>> {
        let body = Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = Request::post(path)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(ORIGIN, "null")
            .header("sec-fetch-site", "same-origin")
            .body(Bytes::from(body))?;
        self.visits(request).await
    }

    async fn visits(&mut self, mut request: Request<Bytes>) -> anyhow::Result<Response<Bytes>> {
        if let Some(cookie) = &self.cookie {
            request.headers_mut().insert(COOKIE, cookie.clone());
        }
        let answer = self.gate.answer(request).await?;
        if let Some(set) = answer.headers().get(SET_COOKIE) {
            let pair = set.to_str()?.split(';').next().unwrap_or_default();
            self.cookie = Some(pair.parse()?);
        }
        Ok(answer)
    }
}

fn leads_to(answer: &Response<Bytes>) -> anyhow::Result<String> {
    let to = answer.headers().get(LOCATION);
    let to = to.with_context(|| format!("led nowhere ({})", answer.status()))?;
    Ok(to.to_str()?.to_owned())
}

/// The gateway is reached without a host.
fn path_of(address: &str) -> anyhow::Result<String> {
    let address = Url::options()
        .base_url(Some(&Url::parse(crate::PUBLIC_URL)?))
        .parse(address)?;
    let query = address.query().map(|query| format!("?{query}"));
    Ok(format!("{}{}", address.path(), query.unwrap_or_default()))
}

/// What the first form with that target carries unseen.
fn hidden_fields(page: &str, target: &str) -> Option<Vec<(String, String)>> {
    let (_, form) = page.split_once(&format!("action=\"{target}\""))?;
    let form = form.split("</form>").next()?;
    let inputs = form.split("<input type=\"hidden\" name=\"").skip(1);
    let field = |input: &str| {
        let (name, rest) = input.split_once("\" value=\"")?;
        let (value, _) = rest.split_once('"')?;
        Some((name.to_owned(), value.to_owned()))
    };
    Some(inputs.filter_map(field).collect())
}
