package io.nightshift.remediate.domain;

import java.util.Optional;

/** Short notes by key, such as a level, a lock or the policy in force. */
public interface NoteBook {

    /** Empty when there is none. */
    Optional<String> note(String key);

    void note(String key, String value);

    void forgetNote(String key);
}
