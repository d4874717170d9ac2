package io.nightshift.deploy.cli;

import io.nightshift.events.ActionEvent;
import io.nightshift.oversee.tail.RecordTail;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/** What happens next to an action: how a command learns what became of a decision. */
final class NextEvent implements AutoCloseable {

    private final CompletableFuture<ActionEvent> next = new CompletableFuture<>();
    private final RecordTail tail;

    private NextEvent(Client client, ActionEvent last) {
        AtomicBoolean passed = new AtomicBoolean(); // earlier events may be of the same millisecond
        tail = new RecordTail(
                "cli-next", client.kafka(), List.of(client.topics().actions()), last.getAt(), record -> {
                    ActionEvent event = (ActionEvent) record;
                    if (event.getId().equals(last.getId())) {
                        passed.set(true);
                    } else if (passed.get() && event.getActionId().equals(last.getActionId())) {
                        next.complete(event);
                    }
                });
    }

    /** Listens from now on for what follows this event. */
    static NextEvent after(Client client, ActionEvent last) {
        NextEvent listening = new NextEvent(client, last);
        listening.tail.start();
        return listening;
    }

    /** Empty when nothing happened in time. */
    Optional<ActionEvent> await(Duration limit) throws InterruptedException {
        try {
            return Optional.of(next.get(limit.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e); // nothing completes it with a fault
        }
    }

    @Override
    public void close() {
        tail.close();
    }
}
