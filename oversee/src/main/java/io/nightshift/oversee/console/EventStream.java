package io.nightshift.oversee.console;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.sse.SseClient;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells open pages that something changed, at most twice a second; they fetch what they show. So a burst of records costs a
 * page two requests a second at most.
 */
final class EventStream implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
    private static final long LOOK_MILLIS = 500;
    private static final int LOOKS_PER_HEARTBEAT = 30;
    private static final int MOST_CLIENTS = 32;

    private final Gate gate;
    private final LiveView view;
    private final Set<SseClient> clients = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "console-events");
        thread.setDaemon(true);
        return thread;
    });
    private long told = -1;
    private int quietLooks;

    EventStream(Gate gate, LiveView view) {
        this.gate = gate;
        this.view = view;
    }

    void register(RoutesConfig routes) {
        routes.before("/api/events", this::mayJoin); // once the stream is open its status is sent
        routes.sse("/api/events", this::join);
    }

    private void mayJoin(Context request) {
        gate.mayRead(request);
        if (clients.size() >= MOST_CLIENTS) {
            throw new Refusal(503, "the console has " + MOST_CLIENTS + " live pages open already; close one");
        }
    }

    void start() {
        timer.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void join(SseClient client) {
        client.keepAlive();
        client.onClose(() -> clients.remove(client));
        clients.add(client);
        client.sendEvent("changed", String.valueOf(view.version()));
    }

    private void look() {
        try {
            long version = view.version();
            quietLooks++;
            if (version != told) {
                told = version;
                quietLooks = 0;
                clients.forEach(client -> client.sendEvent("changed", String.valueOf(version)));
            } else if (quietLooks % LOOKS_PER_HEARTBEAT == 0) {
                clients.forEach(client -> client.sendEvent("alive", String.valueOf(version)));
            }
            clients.removeIf(SseClient::terminated);
        } catch (RuntimeException e) {
            LOG.warn("open pages could not be told: {}", e.toString()); // a timer that threw would never run again
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        clients.forEach(SseClient::close);
        clients.clear();
    }
}
