package io.nightshift.remediate.domain;

import io.nightshift.events.ControlRecord;

/** Who signed: key and name. One key is one person whatever the name, and one name is one person whatever the key. */
public final class Signer {

    private Signer() {}

    static String of(ControlRecord control) {
        return control.getKeyId() + "|" + control.getActor().replace('\n', ' ');
    }

    /** The name alone, for people to read. */
    public static String name(String signer) {
        return signer.substring(signer.indexOf('|') + 1);
    }

    static boolean isSame(String one, String other) {
        return key(one).equals(key(other)) || name(one).equals(name(other));
    }

    private static String key(String signer) {
        return signer.substring(0, signer.indexOf('|'));
    }
}
