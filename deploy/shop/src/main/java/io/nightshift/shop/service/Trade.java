package io.nightshift.shop.service;

import io.nightshift.shop.Home;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** What each role does for a living. */
final class Trade {
    private static final Duration PATIENCE_INSIDE = Duration.ofSeconds(2);
    private static final Duration PATIENCE_AT_THE_GATE = Duration.ofMillis(3500);

    private final Home home;
    private final Door door;
    private final Telemetry telemetry;
    private final Journal journal;

    Trade(Home home, Door door, Telemetry telemetry, Journal journal) {
        this.home = home;
        this.door = door;
        this.telemetry = telemetry;
        this.journal = journal;
    }

    private Peer peer(String service, Duration timeout, int width) {
        return new Peer(service, new Endpoints(home.endpoints(), service), timeout, width, telemetry);
    }

    void gateway() {
        Peer orders = peer("orders", PATIENCE_AT_THE_GATE, 120);
        door.serve(
                "GET",
                "/api/offers/",
                "/api/offers/{sku}",
                sku -> passOn(orders.call("GET", "/offers/" + sku, "/offers/{sku}")));
        door.serve(
                "POST",
                "/api/orders/",
                "/api/orders/{sku}",
                sku -> passOn(orders.call("POST", "/orders/" + sku, "/orders/{sku}")));
    }

    void orders() {
        Peer inventory = peer("inventory", PATIENCE_INSIDE, 16);
        Peer payments = peer("payments", PATIENCE_INSIDE, 16);
        door.serve("GET", "/offers/", "/offers/{sku}", sku -> stockOf(inventory, sku));
        door.serve("POST", "/orders/", "/orders/{sku}", sku -> {
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

    void inventory(Optional<AuditTrail> trail) {
        Peer store = peer("store", PATIENCE_INSIDE, 16);
        door.serve("GET", "/stock/", "/stock/{sku}", sku -> {
            Reply count = store.call("GET", "/values/" + sku, "/values/{key}");
            trail.ifPresent(t -> t.keep(sku));
            return passOn(count);
        });
    }

    void store(Path file) throws IOException {
        Shelf shelf = new Shelf(file);
        door.serve("GET", "/values/", "/values/{key}", shelf::get);
    }

    void payments() {
        door.serve("POST", "/payments/", "/payments/{sku}", sku -> {
            long receipt = ThreadLocalRandom.current().nextLong(1_000_000_000L);
            journal.info("Payment " + receipt + " accepted for " + sku);
            return Reply.ok("{\"receipt\":" + receipt + "}");
        });
    }

    /** A callee's failure becomes this service's own; a bad gateway says whose fault it was. */
    private static Reply passOn(Reply reply) {
        return reply.status() == 500 ? new Reply(502, reply.body()) : reply;
    }
}
