package io.nightshift.ingest.http;

import io.nightshift.ingest.domain.Refused;
import java.util.concurrent.CompletableFuture;

/** What one path of the HTTP door does with what is posted to it. Knows no web server. */
public interface Route {

    /** Such as {@code /v1/metrics}. */
    String path();

    /** For the accounts: what comes in here. */
    String signal();

    /** For the accounts: the name of this door. */
    String source();

    /**
     * Takes a body in; completes when it is in Kafka.
     *
     * @throws Refused when it is not taken
     */
    CompletableFuture<Answer> take(Head head, byte[] body);

    /** How this path says no. */
    default Answer refusal(Head head, Refused refused) {
        return Answer.problem(refused);
    }
}
