package io.nightshift.ingest.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.nightshift.ingest.domain.Refused;
import java.nio.charset.StandardCharsets;

/**
 * What is sent back.
 *
 * @param status HTTP status
 * @param contentType media type of the body
 * @param body the body
 */
public record Answer(int status, String contentType, byte[] body) {

    /** Taken and in Kafka: so many are published, and so many set aside for these reasons. */
    public static Answer accepted(int published, int rejected, String reasons) {
        String body = JsonNodeFactory.instance
                .objectNode()
                .put("published", published)
                .put("rejected", rejected)
                .put("reasons", reasons)
                .toString();
        return json(202, body);
    }

    public static Answer json(int status, String body) {
        return new Answer(status, "application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    /** The refusal as {@code google.rpc.Status} in JSON. */
    static Answer problem(Refused refused) {
        String body = JsonNodeFactory.instance
                .objectNode()
                .put("code", refused.kind().rpcCode())
                .put("message", refused.getMessage())
                .toString();
        return json(refused.kind().httpStatus(), body);
    }
}
