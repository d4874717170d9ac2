package io.nightshift.ingest.door;

import io.nightshift.events.ChangeEvent;
import io.nightshift.ingest.domain.ChangeMapping;
import io.nightshift.ingest.domain.CloudEvent;
import io.nightshift.ingest.domain.Reception;
import io.nightshift.ingest.http.Answer;
import io.nightshift.ingest.http.Head;
import io.nightshift.ingest.http.Route;
import io.nightshift.ingest.publish.Gate;
import io.nightshift.ingest.publish.Mailroom;
import io.nightshift.schemas.Topic;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Changes as CloudEvents 1.0: {@code POST /v1/changes}, structured, batched or binary. All events of a post or none. */
public final class ChangeDoor implements Route {
    private final ChangeMapping mapping;
    private final Topic<String, ChangeEvent> topic;
    private final Gate gate;
    private final Mailroom mailroom;
    private final Clock clock;

    public ChangeDoor(
            ChangeMapping mapping, Topic<String, ChangeEvent> topic, Gate gate, Mailroom mailroom, Clock clock) {
        this.mapping = mapping;
        this.topic = topic;
        this.gate = gate;
        this.mailroom = mailroom;
        this.clock = clock;
    }

    @Override
    public String path() {
        return "/v1/changes";
    }

    @Override
    public String signal() {
        return "changes";
    }

    @Override
    public String source() {
        return "cloudevents";
    }

    @Override
    public CompletableFuture<Answer> take(Head head, byte[] body) {
        Reception reception = new Reception(ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()), source());
        var changes = gate.decode(() -> {
            List<CloudEvent> events = CloudEventBodies.read(head, body);
            return mapping.map(events, reception);
        });
        return mailroom.post(signal(), topic, changes, reception)
                .thenApply(receipt -> Answer.accepted(receipt.published(), receipt.rejected(), receipt.reasons()));
    }
}
