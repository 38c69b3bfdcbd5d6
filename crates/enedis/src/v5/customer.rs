//! `/customers_…/v5`: contracts, addresses, identity, contact.
//!
//! Wire types, read and written. Names and addresses are hidden from `Debug`.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::text;

/// The answer about contracts or addresses.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CustomerAnswer {
    /// The customer.
    pub customer: Option<Customer>,
}

/// A customer with usage points.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Customer {
    /// A number of Enedis', at times negative, always as a text.
    #[serde(deserialize_with = "text::lenient")]
    pub customer_id: Option<String>,
    /// The usage points.
    pub usage_points: Option<Vec<CustomerPoint>>,
}

impl fmt::Debug for Customer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Customer")
            .field("usage_points", &self.usage_points)
            .finish_non_exhaustive()
    }
}

/// A usage point with its contract.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CustomerPoint {
    /// The usage point.
    pub usage_point: Option<PointData>,
    /// Its contract; absent from the answer about addresses.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contracts: Option<Contract>,
}

/// A usage point.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PointData {
    /// 14 digits.
    #[serde(deserialize_with = "text::lenient")]
    pub usage_point_id: Option<String>,
    /// `com`, `no_com` or `no com`.
    #[serde(deserialize_with = "text::lenient")]
    pub usage_point_status: Option<String>,
    /// `AMM` (Linky), `CBE`, `EMC`, `SSCPT`, `PMEI`.
    #[serde(deserialize_with = "text::lenient")]
    pub meter_type: Option<String>,
    /// The address, in the answer about addresses.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub usage_point_addresses: Option<Address>,
}

impl fmt::Debug for PointData {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PointData")
            .field("usage_point_status", &self.usage_point_status)
            .field("meter_type", &self.meter_type)
            .finish_non_exhaustive()
    }
}

/// An address.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Address {
    /// Number and street.
    #[serde(deserialize_with = "text::lenient")]
    pub street: Option<String>,
    /// A place within the town.
    #[serde(deserialize_with = "text::lenient")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locality: Option<String>,
    /// Postal code.
    #[serde(deserialize_with = "text::lenient")]
    pub postal_code: Option<String>,
    /// The commune's INSEE code.
    #[serde(deserialize_with = "text::lenient")]
    pub insee_code: Option<String>,
    /// Town.
    #[serde(deserialize_with = "text::lenient")]
    pub city: Option<String>,
    /// Country.
    #[serde(deserialize_with = "text::lenient")]
    pub country: Option<String>,
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Address").finish_non_exhaustive()
    }
}

/// A contract.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Contract {
    /// `C5`…
    #[serde(deserialize_with = "text::lenient")]
    pub segment: Option<String>,
    /// `6 kVA`.
    #[serde(deserialize_with = "text::lenient")]
    pub subscribed_power: Option<String>,
    /// `2017-07-15+02:00`: the history begins here.
    #[serde(deserialize_with = "text::lenient")]
    pub last_activation_date: Option<String>,
    /// `BTINFMU4`…
    #[serde(deserialize_with = "text::lenient")]
    pub distribution_tariff: Option<String>,
    /// `HC (22H50-6H50)`.
    #[serde(deserialize_with = "text::lenient")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offpeak_hours: Option<String>,
    /// `Contrat GRD-F`.
    #[serde(deserialize_with = "text::lenient")]
    pub contract_type: Option<String>,
    /// `SERVC`, `RESIL`, `ECRES`, `ECRAC`, `INACCE`.
    #[serde(deserialize_with = "text::lenient")]
    pub contract_status: Option<String>,
    /// `2024-05-11+02:00`.
    #[serde(deserialize_with = "text::lenient")]
    pub last_distribution_tariff_change_date: Option<String>,
}

/// The answer about the holder's identity.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct IdentityAnswer {
    /// A number of Enedis'.
    #[serde(deserialize_with = "text::lenient")]
    pub customer_id: Option<String>,
    /// A person, an organisation, or both.
    pub identity: Option<Identity>,
}

/// Who holds the contract.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Identity {
    /// A person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub natural_person: Option<NaturalPerson>,
    /// An organisation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub legal_entity: Option<LegalEntity>,
}

/// A person.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct NaturalPerson {
    /// `M`, `Mme`.
    #[serde(deserialize_with = "text::lenient")]
    pub title: Option<String>,
    /// First name.
    #[serde(deserialize_with = "text::lenient")]
    pub firstname: Option<String>,
    /// Last name.
    #[serde(deserialize_with = "text::lenient")]
    pub lastname: Option<String>,
}

/// An organisation.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LegalEntity {
    /// Its name.
    #[serde(deserialize_with = "text::lenient")]
    pub name: Option<String>,
}

/// The answer about the holder's contact data.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ContactAnswer {
    /// A number of Enedis'.
    #[serde(deserialize_with = "text::lenient")]
    pub customer_id: Option<String>,
    /// Telephone and e-mail.
    pub contact_data: Option<ContactData>,
}

/// Telephone and e-mail.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ContactData {
    /// Telephone.
    #[serde(deserialize_with = "text::lenient")]
    pub phone: Option<String>,
    /// E-mail.
    #[serde(deserialize_with = "text::lenient")]
    pub email: Option<String>,
}
