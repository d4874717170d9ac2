package io.nightshift.remediate.domain.catalogue;

/** What must be true before an action, by name. Every action has all that the guards ask for; these are its own. */
public enum Precheck {
    /** A probe of the target speaks for the cause: asked at admission, and looked at before the first effect. */
    PROBE_SUPPORTS_CAUSE,
    /** As many instances as declared stay healthy while one is acted on: looked at before each effect. */
    ENOUGH_STAY_HEALTHY,
    /** Its arguments say where it began and the target declares its undo: else it counts as irreversible. */
    UNDO_IS_KNOWN,
    /** It ends elsewhere than it began: else there is nothing to do, and nothing to undo. */
    SOMETHING_CHANGES
}
