//! The fields of webhook bodies that are read.

use cells::values::Values;
use domain::{Currency, ItemId};
use serde::Deserialize;

use crate::read::commerce::Product;
use crate::text::json::{Part, Scalar};

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct ProductBody<'a> {
    #[serde(borrow)]
    pub(super) id: Scalar<'a>,
    #[serde(borrow)]
    pub(super) handle: Scalar<'a>,
    #[serde(borrow)]
    pub(super) title: Scalar<'a>,
    #[serde(borrow)]
    pub(super) body_html: Scalar<'a>,
    #[serde(borrow)]
    pub(super) vendor: Scalar<'a>,
    #[serde(borrow)]
    pub(super) product_type: Scalar<'a>,
    #[serde(borrow)]
    pub(super) category: Part<Category<'a>>,
    #[serde(borrow)]
    pub(super) tags: Scalar<'a>,
    #[serde(borrow)]
    pub(super) status: Scalar<'a>,
    #[serde(borrow)]
    pub(super) published_at: Scalar<'a>,
    #[serde(borrow)]
    pub(super) variants: Part<Vec<Variant<'a>>>,
    #[serde(borrow)]
    pub(super) options: Part<Vec<OptionBody<'a>>>,
    #[serde(borrow)]
    pub(super) image: Part<Image<'a>>,
    #[serde(borrow)]
    pub(super) images: Part<Vec<Image<'a>>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Category<'a> {
    #[serde(borrow)]
    pub(super) full_name: Scalar<'a>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Image<'a> {
    #[serde(borrow)]
    pub(super) src: Scalar<'a>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct OptionBody<'a> {
    #[serde(borrow)]
    pub(super) name: Scalar<'a>,
    #[serde(borrow)]
    pub(super) values: Part<Vec<Scalar<'a>>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Variant<'a> {
    #[serde(borrow)]
    pub(super) id: Scalar<'a>,
    #[serde(borrow)]
    pub(super) sku: Scalar<'a>,
    #[serde(borrow)]
    pub(super) price: Scalar<'a>,
    #[serde(borrow)]
    pub(super) inventory_management: Scalar<'a>,
    #[serde(borrow)]
    pub(super) inventory_policy: Scalar<'a>,
    #[serde(borrow)]
    pub(super) inventory_quantity: Scalar<'a>,
    #[serde(borrow)]
    pub(super) barcode: Scalar<'a>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct OrderBody<'a> {
    #[serde(borrow)]
    pub(super) id: Scalar<'a>,
    #[serde(borrow)]
    pub(super) name: Scalar<'a>,
    #[serde(borrow)]
    pub(super) created_at: Scalar<'a>,
    #[serde(borrow)]
    pub(super) cancelled_at: Scalar<'a>,
    #[serde(borrow)]
    pub(super) currency: Scalar<'a>,
    #[serde(borrow)]
    pub(super) test: Scalar<'a>,
    #[serde(borrow)]
    pub(super) customer: Part<Customer<'a>>,
    #[serde(borrow)]
    pub(super) shipping_address: Part<Address<'a>>,
    #[serde(borrow)]
    pub(super) line_items: Part<Vec<LineItem<'a>>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Customer<'a> {
    #[serde(borrow)]
    pub(super) id: Scalar<'a>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Address<'a> {
    #[serde(borrow)]
    pub(super) country_code: Scalar<'a>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct LineItem<'a> {
    #[serde(borrow)]
    pub(super) product_id: Scalar<'a>,
    #[serde(borrow)]
    pub(super) variant_id: Scalar<'a>,
    #[serde(borrow)]
    pub(super) sku: Scalar<'a>,
    #[serde(borrow)]
    pub(super) title: Scalar<'a>,
    #[serde(borrow)]
    pub(super) quantity: Scalar<'a>,
    #[serde(borrow)]
    pub(super) price: Scalar<'a>,
}

impl LineItem<'_> {
    /// `None` for a line that is no product of the shop: a tip, or something since deleted.
    pub(super) fn product(
        &self,
        currency: Currency,
        is_known: &dyn Fn(&ItemId) -> bool,
        values: &Values,
    ) -> Result<Option<Product>, String> {
        let names = [
            self.product_id.owned("product_id")?,
            self.sku.owned("sku")?,
            self.variant_id.owned("variant_id")?,
        ];
        let ids: Vec<ItemId> = names
            .into_iter()
            .flatten()
            .map(|name| ItemId::new(name).map_err(|e| e.to_string()))
            .collect::<Result<_, _>>()?;
        let Some(id) = ids.iter().find(|id| is_known(id)).or(ids.first()) else {
            return Ok(None);
        };
        Ok(Some(Product {
            title: values.or_none(self.title.owned("title")).flatten(),
            quantity: values
                .or_none(self.quantity.quantity("quantity", values))
                .flatten()
                .unwrap_or(1),
            price: values.or_none(self.price.money("price", values, Some(currency))).flatten(),
            ..Product::bare(id.clone())
        }))
    }
}
