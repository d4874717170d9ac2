package io.nightshift.ingest.otlp;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.nightshift.ingest.domain.Refused;
import io.nightshift.ingest.http.JsonBody;
import java.nio.charset.StandardCharsets;

/** How an OTLP body is written: protobuf, or OTLP's own JSON, whose ids are hex digits and whose enums are numbers. */
enum OtlpEncoding {
    PROTOBUF("application/x-protobuf") {
        @Override
        <Q extends Message> Q read(Q prototype, byte[] body) {
            try {
                return cast(prototype, prototype.getParserForType().parseFrom(body));
            } catch (InvalidProtocolBufferException e) {
                return repaired(prototype, body, e);
            }
        }

        @Override
        byte[] write(Message message) {
            return message.toByteArray();
        }
    },

    JSON("application/json") {
        @Override
        <Q extends Message> Q read(Q prototype, byte[] body) {
            JsonBody.check(body);
            Message.Builder builder = prototype.newBuilderForType();
            try {
                JsonFormat.parser().ignoringUnknownFields().merge(new String(body, StandardCharsets.UTF_8), builder);
            } catch (InvalidProtocolBufferException e) {
                throw malformed(prototype, "OTLP JSON", e);
            }
            return cast(prototype, HexIds.restore(builder).build());
        }

        @Override
        byte[] write(Message message) {
            try {
                return JsonFormat.printer()
                        .omittingInsignificantWhitespace()
                        .print(message)
                        .getBytes(StandardCharsets.UTF_8);
            } catch (InvalidProtocolBufferException e) {
                throw new IllegalStateException("an answer of ours is valid", e);
            }
        }
    };

    private final String contentType;

    OtlpEncoding(String contentType) {
        this.contentType = contentType;
    }

    String contentType() {
        return contentType;
    }

    /**
     * Reads a request.
     *
     * @throws Refused when the body is something else
     */
    abstract <Q extends Message> Q read(Q prototype, byte[] body);

    abstract byte[] write(Message message);

    /** Protobuf refuses a whole message for one string that is not UTF-8; its neighbours should not suffer for that. */
    private static <Q extends Message> Q repaired(Q prototype, byte[] body, InvalidProtocolBufferException problem) {
        try {
            ByteString clean = Utf8Repair.of(prototype.getDescriptorForType()).repair(body);
            return cast(prototype, prototype.getParserForType().parseFrom(clean));
        } catch (InvalidProtocolBufferException e) {
            throw malformed(prototype, "protobuf", problem);
        }
    }

    private static Refused malformed(Message prototype, String what, InvalidProtocolBufferException problem) {
        return Refused.malformed("the body is not an "
                + prototype.getDescriptorForType().getName() + " in " + what
                + ": " + problem.getMessage() + " Send protobuf as " + PROTOBUF.contentType() + " or OTLP JSON as "
                + JSON.contentType() + ", gzip only with Content-Encoding: gzip.");
    }

    @SuppressWarnings("unchecked")
    private static <Q extends Message> Q cast(Q prototype, Message message) {
        return (Q) prototype.getClass().cast(message);
    }
}
