package io.nightshift.shop.service;

import io.nightshift.shop.Home;
import io.nightshift.shop.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** What each role does for a living. */
final class Trade {
    static final String RECOUNT = "stock-recount";
    private static final long RECOUNT_MILLIS = 250;
    private static final Duration PATIENCE_OUTSIDE = Duration.ofMillis(1500);
    private static final Duration PATIENCE_INSIDE = Duration.ofSeconds(2);
    private static final Duration PATIENCE_AT_THE_GATE = Duration.ofMillis(3500);

    private final Home home;
    private final Door door;
    private final Telemetry telemetry;
    private final Journal journal;
    private final Release release;
    private final IndexLock index;

    Trade(Home home, Door door, Telemetry telemetry, Journal journal, Release release, IndexLock index) {
        this.home = home;
        this.door = door;
        this.telemetry = telemetry;
        this.journal = journal;
        this.release = release;
        this.index = index;
    }

    private Peer peer(String service, Duration timeout, int width) {
        ConnectionPool pool = new ConnectionPool(service, width, telemetry.meter());
        door.vitals().watch(pool);
        Endpoints endpoints = new Endpoints(home.endpoints(), service);
        return new Peer(service, endpoints, timeout, pool, telemetry, door.vitals(), journal);
    }

    /** Serves a route as the running release does. */
    private void serve(String method, String fixed, String route, Door.Handler handler) {
        door.serve(method, fixed, route, release.of(handler));
    }

    void gateway() {
        Peer orders = peer("orders", PATIENCE_AT_THE_GATE, 120);
        serve(
                "GET",
                "/api/offers/",
                "/api/offers/{sku}",
                sku -> passOn(orders.call("GET", "/offers/" + sku, "/offers/{sku}")));
        serve(
                "POST",
                "/api/orders/",
                "/api/orders/{sku}",
                sku -> passOn(orders.call("POST", "/orders/" + sku, "/orders/{sku}")));
    }

    void orders() {
        Peer inventory = peer("inventory", PATIENCE_INSIDE, 16);
        Peer payments = peer("payments", PATIENCE_INSIDE, 16);
        PricingRules rules = new PricingRules(home.pricingRules(Role.ORDERS.service()));
        serve("GET", "/offers/", "/offers/{sku}", sku -> {
            rules.concerning(sku);
            return stockOf(inventory, sku);
        });
        serve("POST", "/orders/", "/orders/{sku}", sku -> {
            rules.concerning(sku);
            Reply stock = stockOf(inventory, sku);
            if (!stock.isSuccess()) {
                return stock;
            }
            Reply paid = payments.call("POST", "/payments/" + sku, "/payments/{sku}");
            if (paid.isSuccess()) {
                journal.info("Order placed for " + sku);
            } else {
                journal.error("Payment for " + sku + " failed with " + paid.status(), null);
            }
            return passOn(paid);
        });
    }

    private Reply stockOf(Peer inventory, String sku) throws InterruptedException {
        Reply stock = inventory.call("GET", "/stock/" + sku, "/stock/{sku}");
        if (!stock.isSuccess()) {
            journal.error("Stock of " + sku + " unknown: inventory answered " + stock.status(), null);
        }
        return passOn(stock);
    }

    void inventory(Volume volume) {
        Peer store = peer("store", PATIENCE_INSIDE, 16);
        Flags flags = new Flags(home.flags(Role.INVENTORY.service()));
        serve("GET", "/stock/", "/stock/{sku}", sku -> {
            if (flags.isOn(RECOUNT)) {
                recount(sku);
            }
            index.look();
            Reply count = store.call("GET", "/values/" + sku, "/values/{key}");
            volume.write("asked for " + sku);
            return passOn(count);
        });
    }

    /** Counts an article anew from its shelf: what the flag turns on. */
    private void recount(String article) throws InterruptedException {
        Thread.sleep(RECOUNT_MILLIS); // the shelf's own time
        journal.warn("Recount of " + article + " took " + RECOUNT_MILLIS + " ms");
    }

    void store(Path file) throws IOException {
        Shelf shelf = new Shelf(file);
        serve("GET", "/values/", "/values/{key}", shelf::get);
    }

    void payments(Volume volume) throws IOException {
        Peer acquirer = peer("acquirer", PATIENCE_OUTSIDE, 16);
        PricingRules rules = new PricingRules(home.pricingRules(Role.PAYMENTS.service()));
        ReceiptSeal seal = new ReceiptSeal(home.certificate("receipts"), "receipts", telemetry.meter());
        serve("POST", "/payments/", "/payments/{sku}", sku -> {
            index.look();
            rules.concerning(sku);
            Reply charged = acquirer.call("POST", "/charges", "/charges");
            if (!charged.isSuccess()) {
                journal.error("The acquirer answered " + charged.status() + ": charge refused", null);
                return new Reply(502, charged.body());
            }
            long receipt = ThreadLocalRandom.current().nextLong(1_000_000_000L);
            String sealed = seal.sign(receipt + " for " + sku);
            volume.write(sealed);
            journal.info("Payment " + receipt + " accepted for " + sku);
            return Reply.ok("{\"receipt\":" + receipt + ",\"seal\":\"" + sealed + "\"}");
        });
    }

    /** A callee's failure becomes this service's own; a bad gateway says whose fault it was. */
    private static Reply passOn(Reply reply) {
        return reply.status() == 500 ? new Reply(502, reply.body()) : reply;
    }
}
