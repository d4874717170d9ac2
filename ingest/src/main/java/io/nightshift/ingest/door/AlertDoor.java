package io.nightshift.ingest.door;

import io.nightshift.events.ExternalAlert;
import io.nightshift.ingest.domain.AlertMapping;
import io.nightshift.ingest.domain.Reception;
import io.nightshift.ingest.domain.Refused;
import io.nightshift.ingest.http.Answer;
import io.nightshift.ingest.http.Head;
import io.nightshift.ingest.http.JsonBody;
import io.nightshift.ingest.http.Route;
import io.nightshift.ingest.publish.Gate;
import io.nightshift.ingest.publish.Mailroom;
import io.nightshift.schemas.Topic;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;

/** Alerts of other systems: {@code POST /v1/alerts} takes what Alertmanager's webhook sends. */
public final class AlertDoor implements Route {
    private final AlertMapping mapping;
    private final Topic<String, ExternalAlert> topic;
    private final Gate gate;
    private final Mailroom mailroom;
    private final Clock clock;

    public AlertDoor(
            AlertMapping mapping, Topic<String, ExternalAlert> topic, Gate gate, Mailroom mailroom, Clock clock) {
        this.mapping = mapping;
        this.topic = topic;
        this.gate = gate;
        this.mailroom = mailroom;
        this.clock = clock;
    }

    @Override
    public String path() {
        return "/v1/alerts";
    }

    @Override
    public String signal() {
        return "alerts";
    }

    @Override
    public String source() {
        return "alertmanager";
    }

    @Override
    public CompletableFuture<Answer> take(Head head, byte[] body) {
        if (!head.mediaType().equals("application/json")) {
            throw Refused.unsupported("alerts are taken as application/json, as Alertmanager's webhook sends them");
        }
        Reception reception = new Reception(ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()), source());
        var alerts = gate.decode(() -> mapping.map(JsonBody.read(body), reception));
        return mailroom.post(signal(), topic, alerts, reception)
                .thenApply(receipt -> Answer.accepted(receipt.published(), receipt.rejected(), receipt.reasons()));
    }
}
