package io.nightshift.ingest.domain;

import java.util.concurrent.CompletionException;

/** A whole request is not taken. The message says what was expected and what to do; the kind says which code the door answers with. */
public final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why, with the HTTP status and the canonical gRPC code that say so. */
    public enum Kind {
        /** The body can't be read or lacks something; sending it again can't help. */
        MALFORMED(400, 3),
        /** A content type or encoding that we don't speak. */
        UNSUPPORTED(415, 12),
        /** More bytes than allowed, counted after decompression. */
        TOO_LARGE(413, 8),
        /** Too much is in flight: try again later. */
        OVERLOADED(429, 8),
        /** Kafka or the registry did not answer: try again later. */
        UNAVAILABLE(503, 14),
        /** A fault of ours. Not to be tried again: the same data would meet it again. */
        FAILED(500, 13);

        private final int httpStatus;
        private final int rpcCode;

        Kind(int httpStatus, int rpcCode) {
            this.httpStatus = httpStatus;
            this.rpcCode = rpcCode;
        }

        public int httpStatus() {
            return httpStatus;
        }

        /** As in {@code google.rpc.Code}. */
        public int rpcCode() {
            return rpcCode;
        }
    }

    private final Kind kind;

    private Refused(Kind kind, String message, Throwable cause) {
        super(message, cause, false, false);
        this.kind = kind;
    }

    public static Refused malformed(String message) {
        return new Refused(Kind.MALFORMED, message, null);
    }

    public static Refused unsupported(String message) {
        return new Refused(Kind.UNSUPPORTED, message, null);
    }

    public static Refused tooLarge(int limitBytes) {
        return new Refused(
                Kind.TOO_LARGE,
                "the body is larger than " + limitBytes
                        + " bytes after decompression; send smaller batches or raise ingest.maxBodyBytes",
                null);
    }

    /** What any failure means for the sender: itself when it is a refusal, otherwise a fault of ours. */
    public static Refused of(Throwable failure) {
        if (failure instanceof Refused refused) {
            return refused;
        }
        return failure instanceof CompletionException && failure.getCause() != null
                ? of(failure.getCause())
                : new Refused(Kind.FAILED, "the receiver failed; its log says why", failure);
    }

    public static Refused overloaded(String message) {
        return new Refused(Kind.OVERLOADED, message, null);
    }

    public static Refused unavailable(String message, Throwable cause) {
        return new Refused(Kind.UNAVAILABLE, message, cause);
    }

    public Kind kind() {
        return kind;
    }

    public boolean mayRetry() {
        return kind == Kind.OVERLOADED || kind == Kind.UNAVAILABLE;
    }
}
