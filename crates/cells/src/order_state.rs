//! What the state of an order says of it, in the words of the usual shop systems: WooCommerce,
//! Shopify, Magento, Shopware, PrestaShop, Taobao and JD, Rakuten. An order that was never paid, or
//! was called off, is no sale; one that was given back is a return. A word that is in no list leaves
//! the order what it looks like, and is told.

/// What became of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderState {
    /// Bought.
    Sale,
    /// Bought and given back.
    Return,
    /// Not bought: the cause, for a report.
    NoSale(&'static str),
}

/// Bought, as far as the shop knows. Partly refunded orders are sales.
const SALE: &str = "completed complete processing paid fulfilled partiallyfulfilled unfulfilled shipped dispatched delivered \
     picked pickedup packed readyforpickup readytoship invoiced partiallypaid partiallyrefunded partialrefund authorized authorised \
     captured settled success successful done confirmed accepted open inprogress sent received \
     abgeschlossen inbearbeitung inbearbeitungwartend bezahlt versendet versandt geliefert zugestellt teilweiseerstattet offen erledigt \
     terminée terminee terminé encours encoursdepréparation encoursdetraitement expédiée expediee livrée livree payée payee \
     paiementaccepté payé completado completada procesando enviado enviada entregado entregada pagado pagada pagoaceptado \
     completato inlavorazione spedito consegnato pagato afgerond verwerking verzonden betaald zrealizowane wtrakcierealizacji \
     交易成功 已完成 完成 已付款 已支付 买家已付款 等待卖家发货 待发货 待出库 等待发货 已发货 卖家已发货 等待买家确认收货 待收货 已收货 已签收 \
     待评价 已评价 部分退款 部分发货 出库中 配送中 \
     完了 処理済み 発送済み 発送待ち 発送準備中 出荷済み 入金済み 支払い済み 配達完了 注文確定";

/// Bought and given back.
const RETURN: &str = "refunded refund fullyrefunded returned return chargeback chargedback reversed \
     erstattet rückerstattet rueckerstattet zurückerstattet zurueckerstattet retourniert retoure \
     remboursée remboursee remboursé rembourse retournée reembolsado reembolsada devuelto devuelta rimborsato rimborsata \
     terugbetaald zwrócone zwrocone 已退款 退款成功 全额退款 退款完成 已退货 退货完成 返金済み 返品済み 返品";

/// Waits for money.
const PENDING: &str = "pending pendingpayment paymentpending awaitingpayment awaitingbankwirepayment awaitingcheckpayment unpaid notpaid \
     onhold hold holded paymentreview draft checkoutdraft abandoned new quote \
     ausstehend wartend zahlungausstehend wartetaufzahlung inwartestellung unbezahlt nichtbezahlt \
     enattente enattentedepaiement attentedepaiement impayée nonpayée enespera pendiente pendientedepago sinpagar inattesa \
     inattesadipagamento nonpagato indewacht wachtend openstaand wstrzymane oczekujące oczekujenapłatność \
     等待买家付款 待付款 未付款 待支付 未支付 等待付款 入金待ち 未入金 未払い 支払い待ち 保留中 保留";

/// Called off.
const CANCELLED: &str = "cancelled canceled cancel cancelledbycustomer cancelledbymerchant void voided trash trashed expired \
     storniert abgebrochen annulliert annulée annulee annulé cancelado cancelada anulado anulada annullato annullata \
     geannuleerd anulowane anulowano avbruten annulleret kansellert peruttu zrušeno отменен отменён \
     交易关闭 已关闭 交易取消 已取消 取消 订单取消 卖家取消 买家取消 キャンセル キャンセル済み 取り消し";

/// Went wrong.
const FAILED: &str = "failed failure declined denied rejected error fraud suspectedfraud paymenterror paymentfailed \
     fehlgeschlagen abgelehnt échouée echouee échec erreurdepaiement refusée fallido fallida rechazado errorenpago fallito \
     rifiutato mislukt nieudane 付款失败 支付失败 交易失败 决済エラー 決済失敗 失敗";

impl OrderState {
    /// Reads the word of an order list; `None` where it is not known.
    pub fn of(raw: &str) -> Option<Self> {
        let letters = raw.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
        let word: String = letters.collect();
        let word = word.strip_prefix("wc").filter(|_| raw.starts_with("wc-")).unwrap_or(&word);
        let is_in = |list: &str| list.split_ascii_whitespace().any(|known| known == word);
        Some(match () {
            () if is_in(SALE) => Self::Sale,
            () if is_in(RETURN) => Self::Return,
            () if is_in(PENDING) => {
                Self::NoSale("is an order that waits for its payment, and no sale")
            }
            () if is_in(CANCELLED) => Self::NoSale("is an order that was called off, and no sale"),
            () if is_in(FAILED) => Self::NoSale("is an order whose payment failed, and no sale"),
            () => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_of_many_shops_are_known_and_no_word_is_in_two_lists() {
        for sale in [
            "wc-completed",
            "Processing",
            "paid",
            "partially_refunded",
            "交易成功",
            "Versandt",
            "発送済み",
        ] {
            assert_eq!(OrderState::of(sale), Some(OrderState::Sale), "{sale}");
        }
        for back in ["Refunded", "wc-refunded", "已退款", "Remboursée", "devuelto"] {
            assert_eq!(OrderState::of(back), Some(OrderState::Return), "{back}");
        }
        for none in [
            "on-hold",
            "Pending payment",
            "wc-failed",
            "Cancelled",
            "voided",
            "交易关闭",
            "待付款",
            "キャンセル",
            "Storniert",
        ] {
            assert!(matches!(OrderState::of(none), Some(OrderState::NoSale(_))), "{none}");
        }
        assert_eq!(OrderState::of("gift wrapped"), None);
        let lists = [SALE, RETURN, PENDING, CANCELLED, FAILED];
        let mut all: Vec<&str> =
            lists.iter().flat_map(|list| list.split_ascii_whitespace()).collect();
        let n = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), n);
    }
}
