<?php
/**
 * Plugin Name: Candor for WooCommerce (example)
 * Description: Recommendations with reasons on product pages; views, carts and purchases to Candor.
 * Requires Plugins: woocommerce
 *
 * Replace nothing here. Put into wp-config.php:
 *   define( 'CANDOR_URL', 'https://candor.shop.example' );   // your Candor server
 *   define( 'CANDOR_SERVER_KEY', '…' );                      // serve.server_key: stays on this server
 *   define( 'CANDOR_PAGE_KEY', '…' );                        // serve.publishable_key
 * Copy dist/candor.iife.js of clients/typescript beside this file, put the shop's origin into
 * serve.cors_origins, and import the products (`candor import woocommerce products.csv`): items are
 * named by the product's ID, as there; variations count for their product. Customers are named by their
 * number; name them as your export of orders does, if you import one.
 */

defined( 'ABSPATH' ) || exit;

/** Sends JSON to Candor; null where that failed. A shop without recommendations still sells. */
function candor_post( $path, $body, $headers = array(), $blocking = true ) {
	$headers += array(
		'Content-Type'  => 'application/json',
		'Authorization' => 'Bearer ' . CANDOR_SERVER_KEY,
	);
	$answer = wp_remote_post(
		CANDOR_URL . $path,
		array( 'headers' => $headers, 'body' => wp_json_encode( $body ), 'timeout' => 3, 'blocking' => $blocking )
	);
	if ( is_wp_error( $answer ) || 200 !== wp_remote_retrieve_response_code( $answer ) ) {
		return null;
	}
	return json_decode( wp_remote_retrieve_body( $answer ), true );
}

/** Who is here: the customer, or a visit that a cookie names. */
function candor_who() {
	if ( is_user_logged_in() ) {
		return array( 'shopper' => (string) get_current_user_id() );
	}
	return array( 'session' => sanitize_key( $_COOKIE['candor_visit'] ?? '' ) );
}

add_action(
	'init',
	function () {
		// Ask for consent first where the law says so.
		if ( empty( $_COOKIE['candor_visit'] ) && ! headers_sent() && ! is_admin() ) {
			$visit = wp_generate_uuid4();
			setcookie( 'candor_visit', $visit, time() + MONTH_IN_SECONDS, COOKIEPATH, COOKIE_DOMAIN, is_ssl(), true );
			$_COOKIE['candor_visit'] = $visit;
		}
	}
);

// A page that a cache keeps must hold nobody's token: the page asks for its own.
add_action(
	'rest_api_init',
	function () {
		$answer = function () {
			$token = candor_post( '/v1/tokens', candor_who() );
			$response = new WP_REST_Response( $token ?? array( 'error' => 'candor' ), $token ? 200 : 503 );
			$response->header( 'Cache-Control', 'no-store' );
			return $response;
		};
		$route = array( 'methods' => 'GET', 'callback' => $answer, 'permission_callback' => '__return_true' );
		register_rest_route( 'candor/v1', '/token', $route );
	}
);

add_action(
	'wp_enqueue_scripts',
	function () {
		wp_enqueue_script( 'candor', plugins_url( 'candor.iife.js', __FILE__ ), array(), '0.1.0', true );
		wp_enqueue_script( 'candor-widget', CANDOR_URL . '/widget.js', array(), null, true );
		$page = array(
			'url'   => CANDOR_URL,
			'key'   => CANDOR_PAGE_KEY,
			'token' => rest_url( 'candor/v1/token' ),
			'nonce' => wp_create_nonce( 'wp_rest' ),
			'item'  => is_product() ? (string) get_queried_object_id() : null,
			// Reasons are written in these languages.
			'lang'  => in_array( substr( get_locale(), 0, 2 ), array( 'zh', 'ja' ), true ) ? substr( get_locale(), 0, 2 ) : 'en',
		);
		wp_add_inline_script( 'candor', 'const candorPage = ' . wp_json_encode( $page ) . ';', 'before' );
		wp_add_inline_script(
			'candor',
			<<<'JS'
( async () => {
	const { url, key, item, lang, nonce } = candorPage;
	// The nonce says who is logged in; without it the REST API knows nobody.
	const token = async () =>
		( await ( await fetch( candorPage.token, { headers: { 'X-WP-Nonce': nonce } } ) ).json() ).token;
	const shop = new candor.Candor( { url, key, token } );
	if ( item ) shop.track( { kind: 'view', item_id: item } );
	// The theme's own event of buttons on lists of products.
	window.jQuery?.( document.body ).on( 'added_to_cart', ( _event, _fragments, _hash, button ) => {
		const id = button?.data( 'product_id' );
		if ( id ) shop.track( { kind: 'cart', item_id: String( id ) } );
	} );
	document.querySelector( 'form.cart' )?.addEventListener( 'submit', () => {
		if ( item ) shop.track( { kind: 'cart', item_id: item } );
	} );
	const place = document.getElementById( 'candor-list' );
	if ( ! place ) return;
	const list = document.createElement( 'candor-recommendations' );
	const set = { key, token: await token(), surface: 'product', seeds: item, lang, link: '/?p={id}' };
	for ( const [ name, value ] of Object.entries( set ) ) list.setAttribute( name, value );
	place.append( list );
} )();
JS
		);
	}
);

add_action( 'woocommerce_after_single_product_summary', function () { echo '<div id="candor-list"></div>'; }, 15 );

// The visit is kept with the order: the payment is reported by another machine.
add_action(
	'woocommerce_checkout_create_order',
	function ( $order ) {
		$order->update_meta_data( '_candor_visit', sanitize_key( $_COOKIE['candor_visit'] ?? '' ) );
	}
);

add_action(
	'woocommerce_payment_complete',
	function ( $order_id ) {
		$order = wc_get_order( $order_id );
		$visit = $order->get_meta( '_candor_visit' );
		$who   = $order->get_customer_id()
			? array( 'shopper' => (string) $order->get_customer_id() )
			: ( $visit ? array( 'session' => $visit ) : null );
		if ( ! $who ) {
			return;
		}
		$events = array();
		foreach ( $order->get_items() as $item ) {
			$events[] = $who + array(
				'kind'     => 'purchase',
				'item_id'  => (string) $item->get_product_id(),
				'quantity' => $item->get_quantity(),
				'price'    => (float) $order->get_item_total( $item, true ),
				'currency' => $order->get_currency(),
				'order'    => (string) $order->get_order_number(),
			);
		}
		if ( $events ) {
			// Not waited for, and told again with the same key it counts once.
			candor_post( '/v1/events', array( 'events' => $events ), array( 'Idempotency-Key' => "order-$order_id" ), false );
		}
	}
);
