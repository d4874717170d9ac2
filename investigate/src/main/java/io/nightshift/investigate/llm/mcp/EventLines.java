package io.nightshift.investigate.llm.mcp;

import java.util.concurrent.Flow;
import java.util.function.Consumer;

/** Server-sent events: hands on the data of each event, its lines joined. Other fields don't matter here. */
final class EventLines implements Flow.Subscriber<String> {

    private final Consumer<String> events;
    private final StringBuilder data = new StringBuilder();

    EventLines(Consumer<String> events) {
        this.events = events;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String line) {
        if (line.startsWith("data:")) {
            data.append(line, "data:".length(), line.length()).append('\n');
        } else if (line.isEmpty()) {
            flush();
        }
    }

    private void flush() {
        if (!data.isEmpty()) {
            events.accept(data.toString());
            data.setLength(0);
        }
    }

    @Override
    public void onError(Throwable fault) {
        // The exchange itself tells.
    }

    @Override
    public void onComplete() {
        flush();
    }
}
