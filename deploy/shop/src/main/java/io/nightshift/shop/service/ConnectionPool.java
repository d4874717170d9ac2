package io.nightshift.shop.service;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.Meter;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A caller's bounded set of connections to one service, measured by the conventions for connection pools. */
final class ConnectionPool {
    static final long PATIENCE_MILLIS = 1000;
    private static final AttributeKey<String> NAME = AttributeKey.stringKey("db.client.connection.pool.name");
    private static final AttributeKey<String> STATE = AttributeKey.stringKey("db.client.connection.state");

    private final String name;
    private final int size;
    private final Semaphore places;

    ConnectionPool(String name, int size, Meter meter) {
        this.name = name;
        this.size = size;
        this.places = new Semaphore(size, true);
        Attributes pool = Attributes.of(NAME, name);
        Attributes used = pool.toBuilder().put(STATE, "used").build();
        Attributes idle = pool.toBuilder().put(STATE, "idle").build();
        meter.upDownCounterBuilder("db.client.connection.count")
                .setUnit("{connection}")
                .setDescription("Connections in the state that the attribute tells.")
                .buildWithCallback(m -> {
                    m.record(used(), used);
                    m.record(size - used(), idle);
                });
        meter.upDownCounterBuilder("db.client.connection.max")
                .setUnit("{connection}")
                .setDescription("The most open connections allowed.")
                .buildWithCallback(m -> m.record(size, pool));
        meter.upDownCounterBuilder("db.client.connection.pending_requests")
                .setUnit("{request}")
                .setDescription("Requests that wait for a connection.")
                .buildWithCallback(m -> m.record(places.getQueueLength(), pool));
    }

    /** Takes a connection, which the caller must give back; false when none was free for so long. */
    boolean take() throws InterruptedException {
        return places.tryAcquire(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    }

    void giveBack() {
        places.release();
    }

    String name() {
        return name;
    }

    int used() {
        return size - places.availablePermits();
    }

    int size() {
        return size;
    }

    /** What a caller who got none says of it. */
    String shortage() {
        return "No connection to " + name + " within " + PATIENCE_MILLIS + " ms: " + used() + " of " + size
                + " in use, " + places.getQueueLength() + " waiting";
    }
}
