package io.nightshift.remediate.domain;

/** No plan is made of a proposal; the objection says why. */
final class RefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Objection objection;

    private RefusedException(Objection objection) {
        super(objection.reason());
        this.objection = objection;
    }

    /** @param guard id of the rule that refuses */
    static RefusedException by(String guard, String reason) {
        return new RefusedException(Objection.deny(guard, reason).orElseThrow());
    }

    Objection objection() {
        return objection;
    }
}
