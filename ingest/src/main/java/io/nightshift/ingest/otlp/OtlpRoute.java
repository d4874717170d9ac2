package io.nightshift.ingest.otlp;

import com.google.rpc.Status;
import io.nightshift.ingest.domain.Reception;
import io.nightshift.ingest.domain.Refused;
import io.nightshift.ingest.http.Answer;
import io.nightshift.ingest.http.Head;
import io.nightshift.ingest.http.Route;
import io.nightshift.ingest.publish.Gate;
import io.nightshift.ingest.publish.Mailroom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;

/** OTLP over HTTP for one signal (OTLP specification 1.8, "OTLP/HTTP"): answered in the encoding of the request. */
public final class OtlpRoute implements Route {
    private static final String SOURCE = "otlp-http";

    private final OtlpSignal<?, ?> signal;
    private final Gate gate;
    private final Mailroom mailroom;
    private final Clock clock;

    public OtlpRoute(OtlpSignal<?, ?> signal, Gate gate, Mailroom mailroom, Clock clock) {
        this.signal = signal;
        this.gate = gate;
        this.mailroom = mailroom;
        this.clock = clock;
    }

    @Override
    public String path() {
        return "/v1/" + signal.name();
    }

    @Override
    public String signal() {
        return signal.name();
    }

    @Override
    public String source() {
        return SOURCE;
    }

    @Override
    public CompletableFuture<Answer> take(Head head, byte[] body) {
        OtlpEncoding encoding = encoding(head);
        Reception reception = new Reception(ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()), SOURCE);
        return signal.accept(body, encoding, reception, gate, mailroom)
                .thenApply(message -> new Answer(200, encoding.contentType(), encoding.write(message)));
    }

    @Override
    public Answer refusal(Head head, Refused refused) {
        if (!head.mediaType().equals(OtlpEncoding.PROTOBUF.contentType())) {
            return Route.super.refusal(head, refused);
        }
        Status status = Status.newBuilder()
                .setCode(refused.kind().rpcCode())
                .setMessage(refused.getMessage())
                .build();
        return new Answer(refused.kind().httpStatus(), OtlpEncoding.PROTOBUF.contentType(), status.toByteArray());
    }

    private static OtlpEncoding encoding(Head head) {
        for (OtlpEncoding encoding : OtlpEncoding.values()) {
            if (encoding.contentType().equals(head.mediaType())) {
                return encoding;
            }
        }
        throw Refused.unsupported("Content-Type '" + head.header("content-type") + "' is not taken; send OTLP as "
                + OtlpEncoding.PROTOBUF.contentType() + " or " + OtlpEncoding.JSON.contentType());
    }
}
