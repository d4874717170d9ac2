package io.nightshift.schemas.points;

/** The bytes are not what their schema says. */
final class MalformedPointsException extends RuntimeException {

    private static final long serialVersionUID = 1;

    MalformedPointsException(String what) {
        super(what);
    }
}
