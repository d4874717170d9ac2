package io.nightshift.investigate.worker;

import io.nightshift.events.Incident;
import io.nightshift.events.Lesson;
import java.util.List;

/** Lessons of incidents that read like this one, whatever service they were about. Never throws and never waits. */
public interface Recall {

    /** Best first, without what says nothing any more; empty when nothing comes near. */
    List<Lesson> byMeaning(Incident incident);

    /** For an installation that recalls by fingerprint alone. */
    static Recall none() {
        return incident -> List.of();
    }
}
