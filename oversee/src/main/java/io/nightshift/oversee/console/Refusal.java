package io.nightshift.oversee.console;

/** A request that is not answered, with the HTTP status and what to do about it. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    Refusal(int status, String problemAndRemedy) {
        super(problemAndRemedy);
        this.status = status;
    }

    int status() {
        return status;
    }
}
