package io.nightshift.schemas;

import io.nightshift.events.Plan;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;

/**
 * Tells Avro that our generated classes may be made from records. Since 1.12 Avro makes only classes that it was told to
 * trust, also when a builder copies an enum. Tests that touch no serde get the same from a system property in the
 * parent pom.
 */
public final class EventClasses {

    private static final ClassSecurityPredicate OURS =
            type -> type.getPackageName().equals(Plan.class.getPackageName());

    static {
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(ClassSecurityValidator.getGlobal(), OURS));
    }

    private EventClasses() {}

    /** Makes sure that it was told, once in the life of the process. */
    public static void trust() {
        // Loading this class did it.
    }
}
