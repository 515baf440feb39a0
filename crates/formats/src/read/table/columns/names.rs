//! Header names that are understood without a mapping, in the languages of the usual shop systems:
//! English, Chinese, German, French, Spanish, Japanese.

use crate::Field;

/// Header names that mean a field, best first, as `plain` in `text::header` writes them.
pub(super) fn known_names(field: Field) -> impl Iterator<Item = &'static str> + Clone {
    listed(field).split_ascii_whitespace()
}

fn listed(field: Field) -> &'static str {
    match field {
        Field::Shopper => {
            "shopper shopperid customerid customer userid user visitorid clientid memberid \
             buyerid reviewerid 用户id 用户 用户编号 用户名 会员id 会员编号 会员名 会员账号 会员昵称 买家id 买家会员名 买家账号 买家昵称 买家 \
             客户编号 客户id 客户名称 顾客id 顾客 kundennummer kundennr kundenid kunde käufer numéroclient \
             numeroclient idclient codeclient client acheteur idcliente numerocliente \
             códigocliente codigocliente cliente comprador 顧客id 顧客番号 顧客コード 会員id 会員番号 ユーザーid ユーザー \
             お客様番号 購入者 customeremail email emailaddress billingemail useremail kundenemail \
             courriel correoelectrónico correoelectronico メールアドレス 邮箱"
        }
        Field::Item => {
            "item itemid stockcode productid sku skuid goodsid asin product lineitemsku \
             productsku itemsku productcode itemcode 商品id 宝贝id 商品编号 商品编码 商品代码 产品编号 产品id 货品编号 货号 \
             商家编码 卖家编码 sku编码 artikelnummer artikelnr artnr artikelid produktid produktnummer \
             produktnr référenceproduit referenceproduit refproduit idproduit codeproduit \
             codearticle référence reference idproducto códigoproducto codigoproducto \
             códigodeproducto referencia codproducto 商品番号 商品コード 商品管理番号 品番"
        }
        Field::Kind => "kind eventtype eventname event action behavior behaviortype 行为 行为类型",
        Field::Time => {
            "time timestamp eventtime invoicedate orderdate datetime createdat purchasedate \
             ordercreatedat datecreated paidat date 时间 下单时间 订单创建时间 创建时间 付款时间 支付时间 订单付款时间 购买时间 \
             成交时间 下单日期 购买日期 日期 bestelldatum bestelltam auftragsdatum kaufdatum erstelltam datum \
             datedecommande datecommande datedachat dateachat fechadelpedido fechapedido \
             fechadecompra fechacompra fecha 注文日時 注文日 受注日時 受注日 購入日時 購入日 日時 日付"
        }
        Field::Quantity => {
            "quantity qty lineitemquantity itemquantity orderquantity qtyordered 数量 购买数量 商品数量 \
             宝贝数量 件数 menge bestellmenge anzahl stückzahl stueckzahl quantité quantite qté qte \
             cantidad unidades 個数 注文数 注文数量 購入数"
        }
        Field::Price => {
            "price unitprice itemprice lineitemprice productprice sellingprice currentprice 单价 价格 \
             售价 现价 销售价 销售价格 商品价格 商品单价 宝贝价格 一口价 preis einzelpreis stückpreis stueckpreis \
             verkaufspreis vkpreis bruttopreis prixunitaire prixdevente prixttc prix \
             preciounitario precioventa preciodeventa pvp precio 価格 販売価格 税込価格 単価"
        }
        Field::Currency => {
            "currency currencycode 币种 货币 币别 währung waehrung devise monnaie moneda divisa 通貨"
        }
        Field::Order => {
            "order orderid orderno ordernumber orderreference invoiceno invoice transactionid \
             purchaseid 订单号 订单编号 订单id 主订单编号 子订单编号 交易号 bestellnummer bestellnr bestellid \
             auftragsnummer auftragsnr rechnungsnummer numérodecommande numerodecommande \
             numérocommande numerocommande idcommande commande númerodepedido numerodepedido \
             númeropedido numeropedido idpedido pedido 注文番号 受注番号 注文id 注文no"
        }
        Field::Status => {
            "orderstatus financialstatus paymentstatus status 订单状态 交易状态 支付状态 付款状态 状态 \
             bestellstatus auftragsstatus zahlungsstatus statutdelacommande statutcommande \
             statutpaiement statut étatdelacommande etatcommande estadodelpedido estadopedido \
             estadodepago estado 注文ステータス 注文状況 受注ステータス 受注状態 支払い状況 ステータス"
        }
        Field::Session => "session sessionid usersession",
        Field::Region => {
            "region country countrycode 地区 国家 省份 省 land lieferland pays país pais 国 都道府県"
        }
        Field::Device => "device devicecategory devicetype 设备 设备类型 gerät デバイス",
        Field::Zone => "zone zoneminutes",
        Field::Id => "id eventid messageid",
        Field::Request => "requestid",
        Field::InStock => {
            "instock availability stockstatus available stockquantity inventoryquantity inventory \
             stock 有货 是否有货 库存状态 上架状态 库存数量 库存 verfügbarkeit verfuegbarkeit lagerstatus auflager \
             lagerbestand bestand disponibilité disponibilite enstock disponibilidad existencias \
             在庫状況 在庫数 在庫"
        }
        Field::Since => {
            "availablesince releasedate launchdate 上架时间 上市时间 上市日期 erscheinungsdatum datedesortie \
             fechadelanzamiento 発売日"
        }
        Field::Url => {
            "url link producturl productlink itemurl 链接 商品链接 商品网址 网址 produkturl artikelurl \
             urlproduit lien enlace urlproducto 商品url"
        }
        Field::Image => {
            "image imageurl imagelink imagesrc mainimage productimage picture photo bild 图片 主图 \
             主图链接 图片链接 图片地址 商品图片 bildurl bildlink imageprincipale imagen foto 画像 画像url 商品画像url \
             商品画像"
        }
        Field::Images => {
            "images additionalimagelink imageurls pictures photos bilder weiterebilder imágenes \
             imagenes fotos 附图 商品图片列表"
        }
        Field::Gtin => {
            "gtin ean ean13 upc isbn isbn13 barcode eancode gtin13 条码 条形码 商品条码 strichcode \
             codebarres codebarre códigodebarras codigodebarras jan janコード jancode"
        }
        Field::Shipping => "shipping",
        Field::Attributes => "attributes",
        Field::Title => {
            "title lineitemname itemname productname producttitle itemtitle name 商品名称 商品标题 宝贝标题 \
             宝贝名称 产品名称 货品名称 品名 标题 名称 artikelname artikelbezeichnung produktname \
             produktbezeichnung bezeichnung titel artikel produkt nomduproduit nomproduit \
             désignation designation libellé libelle titre produit nombredelproducto \
             nombreproducto título titulo denominación producto 商品名 商品タイトル 製品名 タイトル description"
        }
        Field::Brand => {
            "brand vendor manufacturer 品牌 商品品牌 品牌名称 marke hersteller marque fabricant marca \
             fabricante ブランド ブランド名 メーカー"
        }
        Field::Category => {
            "category categories categorycode categorypath producttype productcategory \
             itemcategory cat 类目 分类 商品类目 商品分类 类目名称 分类名称 所属类目 品类 kategorie kategorien \
             produktkategorie warengruppe catégorie catégories categorie rayon categoría \
             categorías categoria familia カテゴリ カテゴリー 商品カテゴリ ジャンル"
        }
        Field::Description => {
            "description productdescription longdescription 详情 描述 商品描述 商品详情 商品介绍 beschreibung \
             artikelbeschreibung produktbeschreibung langtext kurzbeschreibung descriptif \
             descripción descripcion 商品説明 説明文 説明"
        }
        Field::Rating => {
            "rating stars overall score 评分 星级 bewertung sterne évaluation valoración valoracion \
             puntuación puntuacion estrellas 評価"
        }
        Field::ReviewTitle => "reviewtitle summary headline",
        Field::Review => {
            "review reviewtext comment 评论 评价 评论内容 评价内容 rezension bewertungstext avis commentaire \
             reseña comentario opinión レビュー レビュー本文 口コミ"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::header::plain;

    #[test]
    fn names_are_written_as_headers_are_looked_up() {
        for field in Field::ALL {
            for name in known_names(field) {
                assert_eq!(plain(name), name, "{}", field.name());
            }
        }
    }
}
